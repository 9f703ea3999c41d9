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
  textDictionary,
} from '@datagen/core';
import { COUNTRIES, CURRENCIES, type Currency, CURRENCY_OF_COUNTRY, PAYMENT_METHODS } from '../countries.ts';
import type { OrderStages } from '../lifecycle.ts';
import type { OrderDay } from '../order-day.ts';
import type { Shop } from '../shop.ts';
import { inStretches } from '../stretches.ts';

const ORDER_STATUSES = ['placed', 'paid', 'shipped', 'delivered', 'returned', 'cancelled'] as const;

export const ordersTable = defineTable({
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
      'placed, paid, shipped, delivered, returned (all its items) or cancelled, at `asOf`',
    ),
    column('country', category(), "The customer's country, ISO 3166 code"),
    column('currency', category(), 'Currency of all amounts of the order, ISO 4217 code'),
    column('payment_method', category(), 'How the order is paid'),
    column('item_count', int32(), 'Number of the rows of `order_items` that belong to the order, 1 or more'),
    column('shipping_fee', decimal(10, 2), 'Fee for shipping, 0 for larger orders'),
    column('amount', decimal(12, 2), 'What the order costs: the amounts of its items and the shipping fee'),
    column('amount_eur', decimal(12, 2), '`amount` in EUR at the fixed rate of the generator'),
    column('paid_ts', instant(), 'When the payment came, UTC; null while it has not', { nullable: true }),
    column('shipped_ts', instant(), 'When the parcel left, UTC; null before', { nullable: true }),
    column('delivered_ts', instant(), 'When the parcel arrived, UTC; null before', { nullable: true }),
    column('returned_ts', instant(), 'When items came back, UTC; null if none did', { nullable: true }),
    column('cancelled_ts', instant(), 'When the order was called off, UTC; null if it was not', {
      nullable: true,
    }),
    column(
      'refunded_amount',
      decimal(12, 2),
      'Sum of the amounts of returned items, or `amount` if cancelled; else 0',
    ),
  ],
});

const statuses = textDictionary(ORDER_STATUSES);
const countryCodes = textDictionary(COUNTRIES.map(({ code }) => code));
const currencyCodes = textDictionary(CURRENCIES.map(({ code }) => code));
const paymentMethodNames = textDictionary(PAYMENT_METHODS);
const [PLACED, PAID, SHIPPED, DELIVERED, RETURNED, CANCELLED] = [0, 1, 2, 3, 4, 5];

/** Fills the orders of a day from its order `start` on. */
export function fillOrders(shop: Shop, day: OrderDay, builder: BatchBuilder, start: number): void {
  const { lifecycle, scratch } = shop;
  const columns = openColumns(builder);
  builder.date('order_date').values.fill(day.startMs / DAY_MS);
  inStretches(builder.length, (from, to) => {
    scratch.reset();
    const placed = scratch.float64s(to - from);
    fillHeads(day, columns, start, from, placed);
    const totals = fillAmounts(day, columns, start, from, to, scratch);
    const stages = lifecycle.trace(
      {
        firstId: day.firstOrderId + start + from,
        placed,
        countries: day.countries.subarray(start + from, start + to),
        returnCounts: day.lines.returnCounts.subarray(start + from, start + to),
      },
      scratch,
    );
    fillStages(stages, columns, from);
    fillOutcomes(stages, totals, columns, from);
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
  for (let i = 0; i < placed.length; i++) {
    const row = from + i;
    const order = start + row;
    const placedUs = startUs + (times[order] as number);
    const countryIndex = countries[order] as number;
    orderId.set(row, firstOrderId + order);
    customerId.set(row, (customers[order] as number) + 1);
    orderTs.set(row, placedUs);
    placed[i] = placedUs / 1e6;
    country[row] = countryIndex;
    currency[row] = CURRENCY_OF_COUNTRY[countryIndex] as number;
  }
}

/** What orders cost, by row, in hundredths of their currency. */
interface OrderTotals {
  readonly amounts: Float64Array;
  /** Of the items that come back. */
  readonly returnedAmounts: Float64Array;
  /** 1 where all items come back. */
  readonly comesBackWhole: Uint8Array;
}

function fillAmounts(
  { countries, lines }: OrderDay,
  { itemCount, shippingFee, amount, amountEur }: OrderColumns,
  start: number,
  from: number,
  to: number,
  memory: Arena,
): OrderTotals {
  const { firstLines, quantities, unitPrices, discounts, returns, returnCounts } = lines;
  const amounts = memory.float64s(to - from);
  const returnedAmounts = memory.float64s(to - from);
  const comesBackWhole = memory.bytes(to - from);
  for (let row = from; row < to; row++) {
    const order = start + row;
    const first = firstLines[order] as number;
    const end = firstLines[order + 1] as number;
    let sum = 0;
    let returnedSum = 0;
    for (let line = first; line < end; line++) {
      const lineAmount =
        (quantities[line] as number) * (unitPrices[line] as number) - (discounts[line] as number);
      sum += lineAmount;
      if (returns[line] === 1) returnedSum += lineAmount;
    }
    const {
      shippingFee: fee,
      freeShippingFrom,
      perEuro,
    } = CURRENCIES[CURRENCY_OF_COUNTRY[countries[order] as number] as number] as Currency;
    const shipping = sum >= freeShippingFrom ? 0 : fee;
    itemCount[row] = end - first;
    shippingFee.set(row, shipping);
    amount.set(row, sum + shipping);
    amountEur.set(row, Math.round((sum + shipping) / perEuro));
    amounts[row - from] = sum + shipping;
    returnedAmounts[row - from] = returnedSum;
    if (returnCounts[order] === end - first) comesBackWhole[row - from] = 1;
  }
  return { amounts, returnedAmounts, comesBackWhole };
}

function fillStages(stages: OrderStages, columns: OrderColumns, from: number): void {
  columns.paymentMethod.set(stages.paymentMethods, from);
  columns.paid.fill(stages.paid, from);
  columns.shipped.fill(stages.shipped, from);
  columns.delivered.fill(stages.delivered, from);
  columns.returned.fill(stages.returned, from);
  columns.cancelled.fill(stages.cancelled, from);
}

/** How far orders have come, and what is paid back. */
function fillOutcomes(
  { paid, shipped, delivered, returned, cancelled }: OrderStages,
  { amounts, returnedAmounts, comesBackWhole }: OrderTotals,
  { status, refundedAmount }: OrderColumns,
  from: number,
): void {
  for (let i = 0; i < paid.length; i++) {
    const row = from + i;
    const isReturned = isKnown(returned[i] as number);
    const isCancelled = isKnown(cancelled[i] as number);
    if (isCancelled) refundedAmount.set(row, amounts[i] as number);
    else if (isReturned) refundedAmount.set(row, returnedAmounts[i] as number);
    if (isCancelled) status[row] = CANCELLED;
    else if (isReturned && comesBackWhole[i] === 1) status[row] = RETURNED;
    else if (isKnown(delivered[i] as number)) status[row] = DELIVERED;
    else if (isKnown(shipped[i] as number)) status[row] = SHIPPED;
    else status[row] = isKnown(paid[i] as number) ? PAID : PLACED;
  }
}

/** Whether a time is not NaN. */
function isKnown(time: number): boolean {
  return time === time;
}
