import {
  type Arena,
  type BatchBuilder,
  category,
  column,
  date,
  DAY_MS,
  decimal,
  defineTable,
  instant,
  int32,
  int64,
  once,
  type TableSource,
  textDictionary,
} from '@datagen/core/generator';
import {
  COUNTRIES,
  CURRENCIES,
  type Currency,
  CURRENCY_OF_COUNTRY,
  PAYMENT_METHODS,
} from '../geography/countries.ts';
import { type CouponCodes, couponCodesOf, placesOf } from '../products/promotions/coupon-codes.ts';
import type { Lifecycle, OrderStages } from './lives/lifecycle.ts';
import { fillOutcomes, ORDER_STATUSES, PAYMENT_STATUSES } from './lives/outcomes.ts';
import { dayOfBlock, orderBlocks, type OrderDays, readDay } from './order-blocks.ts';
import type { OrderDay } from './order-day.ts';
import { inStretches } from './stretches.ts';
import type { Promotions } from '../products/promotions/promotions.ts';

const ordersTable = defineTable({
  name: 'orders',
  description: 'An order: what one customer bought at one time.',
  primaryKey: ['order_id'],
  foreignKeys: [{ columns: ['customer_id'], table: 'customers', references: ['customer_id'] }],
  timeColumn: 'order_ts',
  sortedBy: ['order_id'],
  columns: [
    column('order_id', int64(), 'Number of the order in the order of time, from 1 at the launch', {
      distinct: true,
    }),
    column('customer_id', int64(), 'Who ordered; signed up on or before that day'),
    column('order_ts', instant(), 'When the order was placed, UTC', { distinct: true }),
    column('order_date', date(), 'UTC day of `order_ts`'),
    column(
      'status',
      category(),
      'placed, paid (in advance), shipped, delivered, returned (all its items) or cancelled, at `asOf`',
    ),
    column('country', category(), "The customer's country, ISO 3166 code"),
    column('currency', category(), 'Currency of all amounts of the order, ISO 4217 code'),
    column('payment_method', category(), 'How the order is paid'),
    column(
      'payment_status',
      category(),
      'pending, overdue, paid, partially_refunded, refunded, voided (nothing is owed and nothing was paid) or written_off, at `asOf`',
    ),
    column('item_count', int32(), 'Number of the rows of `order_items` that belong to the order, 1 or more'),
    column('coupon_code', category(), 'Coupon that takes something off lines at full price; null for most', {
      nullable: true,
    }),
    column('shipping_fee', decimal(10, 2), 'Fee for shipping, 0 for larger orders'),
    column('amount', decimal(12, 2), 'What the order costs: the amounts of its items and the shipping fee'),
    column('amount_eur', decimal(12, 2), '`amount` in EUR at the fixed rate of the generator'),
    column(
      'paid_ts',
      instant(),
      'When the payment came, UTC: invoices after the delivery, others before; null while it has not',
      { nullable: true },
    ),
    column('shipped_ts', instant(), 'When the parcel left, UTC; null before', { nullable: true }),
    column('delivered_ts', instant(), 'When the parcel arrived, UTC; null before', { nullable: true }),
    column('returned_ts', instant(), 'When items came back, UTC; null if none did', { nullable: true }),
    column('cancelled_ts', instant(), 'When the order was called off, UTC; null if it was not', {
      nullable: true,
    }),
    column(
      'refunded_amount',
      decimal(12, 2),
      'Paid back, or credited before it was paid: amounts of returned items, `amount` if all come back or it is cancelled once paid',
    ),
    column('updated_at', instant(), 'When the last of all this happened, UTC'),
  ],
});

const statuses = textDictionary(ORDER_STATUSES);
const paymentStatuses = textDictionary(PAYMENT_STATUSES);
const countryCodes = textDictionary(COUNTRIES.map(({ code }) => code));
const currencyCodes = textDictionary(CURRENCIES.map(({ code }) => code));
const paymentMethodNames = textDictionary(PAYMENT_METHODS);

/** Of the currency of each country: the fee for shipping, from which total on there is none, and the rate. */
const FEES = ofCurrencies(({ shippingFee }) => shippingFee);
const FREE_FROM = ofCurrencies(({ freeShippingFrom }) => freeShippingFrom);
const PER_EURO = ofCurrencies(({ perEuro }) => perEuro);

function ofCurrencies(valueOf: (currency: Currency) => number): Float64Array {
  return Float64Array.from(CURRENCY_OF_COUNTRY, (index) => valueOf(CURRENCIES[index] as Currency));
}

/** The table `orders`, a block a day; `scratch` is for what is drawn on the way. */
export function ordersSource(days: () => OrderDays & StageModel & CouponModel): TableSource {
  const codes = once(() => couponCodesOf(days().promotions));
  return {
    table: ordersTable,
    *blocks(window, wanted) {
      yield* orderBlocks(days(), window, wanted, 'orderCount');
    },
    open(block) {
      const model = days();
      const day = dayOfBlock(model, block);
      return readDay(day, day.orderCount, (builder, start) => {
        fillOrders(model, codes(), day, builder, start);
      });
    },
  };
}

/** Which coupons there are. */
interface CouponModel {
  readonly promotions: Promotions;
}

/** What becomes of orders, and what is known of it. */
interface StageModel {
  readonly lifecycle: Lifecycle;
  /** Seconds since 1970 from which nothing is known. */
  readonly observedUntil: number;
  readonly scratch: Arena;
}

/** Fills the orders of a day from its order `start` on. */
function fillOrders(
  { lifecycle, observedUntil, scratch }: StageModel,
  codes: CouponCodes,
  day: OrderDay,
  builder: BatchBuilder,
  start: number,
): void {
  const columns = openColumns(builder);
  builder.date('order_date').values.fill(day.startMs / DAY_MS);
  const couponCode = builder.dictionary('coupon_code', codes.texts);
  const places = placesOf(day.lines.promotionIds, codes);
  inStretches(builder.length, (from, to) => {
    scratch.reset();
    const placed = scratch.float64s(to - from, false);
    fillHeads(day, columns, start, from, placed);
    couponCode.setCodes(from, day.lines.coupons, places, start + from, start + to);
    const amounts = fillAmounts(day, columns, start, from, scratch.float64s(to - from, false));
    const stages = lifecycle.trace(
      {
        keys: day.keys.subarray(start + from, start + to),
        placed,
        countries: day.countries.subarray(start + from, start + to),
        paymentMethods: day.paymentMethods.subarray(start + from, start + to),
        isCancelled: day.isCancelled.subarray(start + from, start + to),
        returnKinds: day.lines.returnKinds.subarray(start + from, start + to),
      },
      scratch,
    );
    columns.paymentMethod.set(day.paymentMethods.subarray(start + from, start + to), from);
    fillStages(stages, columns, from);
    fillOutcomes(columns, day.lines, stages, placed, amounts, observedUntil, start, from);
    columns.updated.setSeconds(from, placed);
  });
}

type OrderColumns = ReturnType<typeof openColumns>;

function openColumns(builder: BatchBuilder) {
  return {
    orderId: builder.int64('order_id'),
    customerId: builder.int64('customer_id'),
    orderTs: builder.int64('order_ts'),
    country: builder.dictionary('country', countryCodes).indexes,
    currency: builder.dictionary('currency', currencyCodes).indexes,
    itemCount: builder.int32('item_count').values,
    shippingFee: builder.decimal('shipping_fee'),
    amount: builder.decimal('amount'),
    amountEur: builder.decimal('amount_eur'),
    paymentMethod: builder.dictionary('payment_method', paymentMethodNames).indexes,
    paid: builder.int64('paid_ts'),
    shipped: builder.int64('shipped_ts'),
    delivered: builder.int64('delivered_ts'),
    returned: builder.int64('returned_ts'),
    cancelled: builder.int64('cancelled_ts'),
    status: builder.dictionary('status', statuses).indexes,
    refundedAmount: builder.decimal('refunded_amount'),
    paymentStatus: builder.dictionary('payment_status', paymentStatuses).indexes,
    updated: builder.int64('updated_at'),
  };
}

// Below, `from` is the place in the batch of the first row of a stretch, and `start + from` that in the day.

/** Who ordered and when; sets `placed` to seconds since 1970. */
function fillHeads(
  { customers, countries, times, firstOrderId, startMs }: OrderDay,
  { orderId, customerId, orderTs, country, currency }: OrderColumns,
  start: number,
  from: number,
  placed: Float64Array,
): void {
  const startUs = startMs * 1000;
  const to = from + placed.length;
  orderId.setSequence(from, to, firstOrderId + start + from);
  customerId.setIntegers(from, customers, start + from, start + to, 1);
  for (let i = 0; i < placed.length; i++) {
    const row = from + i;
    const order = start + row;
    const placedUs = startUs + (times[order] as number);
    const countryIndex = countries[order] as number;
    orderTs.set(row, placedUs);
    placed[i] = placedUs / 1e6;
    country[row] = countryIndex;
    currency[row] = CURRENCY_OF_COUNTRY[countryIndex] as number;
  }
}

/** What orders cost: returns the amounts, in hundredths of their currency. */
function fillAmounts(
  { countries, lines }: OrderDay,
  { itemCount, shippingFee, amount, amountEur }: OrderColumns,
  start: number,
  from: number,
  amounts: Float64Array,
): Float64Array {
  const { firstLines, totals } = lines;
  for (let i = 0; i < amounts.length; i++) {
    const row = from + i;
    const order = start + row;
    const country = countries[order] as number;
    const total = totals[order] as number;
    // A number and no branch: about every other order is large enough.
    const shipping = (FEES[country] as number) * Number(total < (FREE_FROM[country] as number));
    itemCount[row] = (firstLines[order + 1] as number) - (firstLines[order] as number);
    shippingFee.set(row, shipping);
    amount.set(row, total + shipping);
    amountEur.set(row, Math.round((total + shipping) / (PER_EURO[country] as number)));
    amounts[i] = total + shipping;
  }
  return amounts;
}

function fillStages(stages: OrderStages, columns: OrderColumns, from: number): void {
  columns.paid.setSeconds(from, stages.paid);
  columns.shipped.setSeconds(from, stages.shipped);
  columns.delivered.setSeconds(from, stages.delivered);
  columns.returned.setSeconds(from, stages.returned);
  columns.cancelled.setSeconds(from, stages.cancelled);
}
