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
  const count = builder.length;
  scratch.reset();
  const placed = scratch.float64s(count);
  fillHeads(day, builder, start, placed);
  const totals = fillAmounts(day, builder, start, scratch);
  const end = start + count;
  const stages = lifecycle.trace(
    {
      firstId: day.firstOrderId + start,
      placed,
      countries: day.countries.subarray(start, end),
      returnCounts: day.lines.returnCounts.subarray(start, end),
    },
    scratch,
  );
  fillStages(stages, totals, builder);
}

/** Who ordered and when; sets `placed` to seconds since 1970. */
function fillHeads(day: OrderDay, builder: BatchBuilder, start: number, placed: Float64Array): void {
  const orderId = builder.int64('order_id');
  const customerId = builder.int64('customer_id');
  const orderTs = builder.int64('order_ts');
  builder.date('order_date').values.fill(day.startMs / DAY_MS);
  const country = builder.dictionary('country', countryCodes).indexes;
  const currency = builder.dictionary('currency', currencyCodes).indexes;
  const { customers, countries, times, firstOrderId } = day;
  const startUs = day.startMs * 1000;
  for (let i = 0; i < builder.length; i++) {
    const order = start + i;
    const placedUs = startUs + (times[order] as number);
    const countryIndex = countries[order] as number;
    orderId.set(i, firstOrderId + order);
    customerId.set(i, (customers[order] as number) + 1);
    orderTs.set(i, placedUs);
    placed[i] = placedUs / 1e6;
    country[i] = countryIndex;
    currency[i] = CURRENCY_OF_COUNTRY[countryIndex] as number;
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

function fillAmounts(day: OrderDay, builder: BatchBuilder, start: number, memory: Arena): OrderTotals {
  const itemCount = builder.int32('item_count').values;
  const shippingFee = builder.decimal('shipping_fee');
  const amount = builder.decimal('amount');
  const amountEur = builder.decimal('amount_eur');
  const { countries, lines } = day;
  const { firstLines, quantities, unitPrices, discounts, returns, returnCounts } = lines;
  const amounts = memory.float64s(builder.length);
  const returnedAmounts = memory.float64s(builder.length);
  const comesBackWhole = memory.bytes(builder.length);
  for (let i = 0; i < builder.length; i++) {
    const order = start + i;
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
    const currency = CURRENCY_OF_COUNTRY[countries[order] as number] as number;
    const { shippingFee: fee, freeShippingFrom, perEuro } = CURRENCIES[currency] as Currency;
    const shipping = sum >= freeShippingFrom ? 0 : fee;
    itemCount[i] = end - first;
    shippingFee.set(i, shipping);
    amount.set(i, sum + shipping);
    amountEur.set(i, Math.round((sum + shipping) / perEuro));
    amounts[i] = sum + shipping;
    returnedAmounts[i] = returnedSum;
    if (returnCounts[order] === end - first) comesBackWhole[i] = 1;
  }
  return { amounts, returnedAmounts, comesBackWhole };
}

function fillStages(stages: OrderStages, totals: OrderTotals, builder: BatchBuilder): void {
  const { paymentMethods, paid, shipped, delivered, returned, cancelled } = stages;
  builder.dictionary('payment_method', paymentMethodNames).indexes.set(paymentMethods);
  builder.int64('paid_ts').fill(paid);
  builder.int64('shipped_ts').fill(shipped);
  builder.int64('delivered_ts').fill(delivered);
  builder.int64('returned_ts').fill(returned);
  builder.int64('cancelled_ts').fill(cancelled);
  const status = builder.dictionary('status', statuses).indexes;
  const refundedAmount = builder.decimal('refunded_amount');
  const { amounts, returnedAmounts, comesBackWhole } = totals;
  for (let i = 0; i < builder.length; i++) {
    const isReturned = isKnown(returned[i] as number);
    const isCancelled = isKnown(cancelled[i] as number);
    if (isCancelled) refundedAmount.set(i, amounts[i] as number);
    else if (isReturned) refundedAmount.set(i, returnedAmounts[i] as number);
    if (isCancelled) status[i] = CANCELLED;
    else if (isReturned && comesBackWhole[i] === 1) status[i] = RETURNED;
    else if (isKnown(delivered[i] as number)) status[i] = DELIVERED;
    else if (isKnown(shipped[i] as number)) status[i] = SHIPPED;
    else status[i] = isKnown(paid[i] as number) ? PAID : PLACED;
  }
}

/** Whether a time is not NaN. */
function isKnown(time: number): boolean {
  return time === time;
}
