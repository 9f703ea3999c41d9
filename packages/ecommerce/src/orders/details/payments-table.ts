import {
  type BatchBuilder,
  category,
  column,
  countBelow,
  date,
  DAY_MS,
  decimal,
  defineTable,
  instant,
  int32,
  int64,
  type TableSource,
  textDictionary,
} from '@datagen/core/generator';
import { KeyedRandom, RandomStream, samplePoisson } from '@datagen/core/random';
import {
  CURRENCIES,
  type Currency,
  CURRENCY_OF_COUNTRY,
  PAYMENT_METHODS,
} from '../../geography/countries.ts';
import { RETURNS, WRITE_OFF_DAYS } from '../lives/lifecycle.ts';
import { dayOfBlock, orderBlocks, readDay } from '../order-blocks.ts';
import type { OrderDay } from '../order-day.ts';
import { traceOrders, type TracedOrders, type TracingModel } from './traced-orders.ts';

const paymentsTable = defineTable({
  name: 'payments',
  description: 'An attempt to pay an order: those that were declined, and the last one.',
  primaryKey: ['payment_id'],
  foreignKeys: [{ columns: ['order_id'], table: 'orders', references: ['order_id'] }],
  timeColumn: 'order_date',
  sortedBy: ['payment_id'],
  columns: [
    column('payment_id', int64(), 'Number of the attempt, rising with orders and attempts, with gaps', {
      distinct: true,
    }),
    column('order_id', int64(), 'The order'),
    column('order_date', date(), 'UTC day of the order'),
    column('attempt', int32(), 'Number of the attempt in the order, from 1'),
    column('payment_method', category(), "The order's method of payment"),
    column('status', category(), 'declined, pending, captured, voided or written_off, at `asOf`'),
    column('decline_reason', category(), 'Why it was declined; null if it was not', { nullable: true }),
    column('currency', category(), "The order's currency, ISO 4217 code"),
    column('amount', decimal(12, 2), 'What was to be paid: the amount of the order'),
    column('created_at', instant(), 'When the attempt was made, UTC'),
    column('captured_at', instant(), 'When the money came, UTC; null where it has not', { nullable: true }),
  ],
});

const STATUSES = ['declined', 'pending', 'captured', 'voided', 'written_off'] as const;
const [DECLINED, PENDING, CAPTURED, VOIDED, WRITTEN_OFF] = [0, 1, 2, 3, 4];
/** Equally likely each, by their number in the list; an estimate. */
const DECLINE_REASONS = [
  'insufficient_funds',
  'insufficient_funds',
  'insufficient_funds',
  'authentication_failed',
  'authentication_failed',
  'card_expired',
  'incorrect_details',
  'limit_exceeded',
  'do_not_honor',
  'do_not_honor',
] as const;
/** Declined attempts for each order; an estimate. */
const DECLINED_PER_ORDER = 0.06;
const MAX_ATTEMPTS = 4;
/** Methods that can be declined while the customer waits. */
const LATER = new Set(
  ['invoice', 'bank_transfer', 'direct_debit'].map((method) => PAYMENT_METHODS.indexOf(method as 'invoice')),
);
const MAX_TRIES = 32;

const statuses = textDictionary(STATUSES);
const reasonTexts = textDictionary([...new Set(DECLINE_REASONS)]);
const REASON_INDEXES = DECLINE_REASONS.map((reason) => [...new Set<string>(DECLINE_REASONS)].indexOf(reason));
const methods = textDictionary(PAYMENT_METHODS);
const currencyCodes = textDictionary(CURRENCIES.map(({ code }) => code));

/** The table `payments`, a block for each day of orders. */
export function paymentsSource(shop: () => TracingModel): TableSource {
  return {
    table: paymentsTable,
    *blocks(window, wanted) {
      const model = shop();
      for (const block of orderBlocks(model, window, wanted, 'orderCount')) {
        const index = ((block.time?.startMs ?? 0) - model.launchMs) / DAY_MS;
        yield { ...block, rowCount: block.rowCount + declinedOn(model.seed, index, block.rowCount) };
      }
    },
    open(block) {
      const model = shop();
      const day = dayOfBlock(model, block);
      const firstAttempts = spreadAttempts(model.seed, day);
      const random = new KeyedRandom(model.seed, 'payments', 'decline_reason');
      return readDay(day, firstAttempts[day.orderCount] as number, (builder, start) => {
        fillPayments(model, random, day, firstAttempts, builder, start);
      });
    },
  };
}

/** Declined attempts of the orders of a day. */
function declinedOn(seed: number, index: number, orderCount: number): number {
  const stream = new RandomStream(seed, 'payments', 'row_count', index);
  return Math.min(samplePoisson(stream, DECLINED_PER_ORDER * orderCount), (MAX_ATTEMPTS - 1) * orderCount);
}

/** The first attempt of each order of a day; one more entry for the end. */
function spreadAttempts(
  seed: number,
  { index, orderCount, paymentMethods, isCancelled }: OrderDay,
): Int32Array {
  const stream = new RandomStream(seed, 'payments', 'order_id', index);
  const attempts = new Uint8Array(orderCount).fill(1);
  for (let left = declinedOn(seed, index, orderCount); left > 0; left--) {
    let order = stream.below(orderCount);
    const fits = () => !LATER.has(paymentMethods[order] as number) && isCancelled[order] === 0;
    for (let attempt = 0; attempt < MAX_TRIES && !fits(); attempt++) order = stream.below(orderCount);
    while (attempts[order] === MAX_ATTEMPTS) order = order + 1 === orderCount ? 0 : order + 1;
    attempts[order] = (attempts[order] as number) + 1;
  }
  const firsts = new Int32Array(orderCount + 1);
  for (let order = 0; order < orderCount; order++)
    firsts[order + 1] = (firsts[order] as number) + (attempts[order] as number);
  return firsts;
}

/** Fills the attempts of a day from attempt `start` on. */
function fillPayments(
  { lifecycle, scratch, observedUntil }: TracingModel,
  random: KeyedRandom,
  day: OrderDay,
  firstAttempts: Int32Array,
  builder: BatchBuilder,
  start: number,
): void {
  const paymentId = builder.int64('payment_id');
  const orderId = builder.int64('order_id');
  const attempt = builder.int32('attempt').values;
  const method = builder.dictionary('payment_method', methods).indexes;
  const status = builder.dictionary('status', statuses).indexes;
  const reason = builder.dictionary('decline_reason', reasonTexts);
  const currency = builder.dictionary('currency', currencyCodes).indexes;
  const amount = builder.decimal('amount');
  const createdAt = builder.int64('created_at');
  const capturedAt = builder.int64('captured_at');
  builder.date('order_date').values.fill(day.startMs / DAY_MS);
  if (builder.length === 0) return;
  const firstOrder = countBelow(firstAttempts, start + 1) - 1;
  const lastOrder = countBelow(firstAttempts, start + builder.length) - 1;
  scratch.reset();
  const traced = traceOrders(lifecycle, day, firstOrder, lastOrder + 1, scratch);
  let order = firstOrder;
  for (let row = 0; row < builder.length; row++) {
    while ((firstAttempts[order + 1] as number) <= start + row) order++;
    const i = order - firstOrder;
    const first = firstAttempts[order] as number;
    const number = start + row - first;
    const count = (firstAttempts[order + 1] as number) - first;
    const id = day.firstOrderId + order;
    paymentId.set(row, MAX_ATTEMPTS * id + number);
    orderId.set(row, id);
    attempt[row] = number + 1;
    method[row] = day.paymentMethods[order] as number;
    const currencyIndex = CURRENCY_OF_COUNTRY[day.countries[order] as number] as number;
    currency[row] = currencyIndex;
    const { freeShippingFrom, shippingFee } = CURRENCIES[currencyIndex] as Currency;
    const total = day.lines.totals[order] as number;
    amount.set(row, total >= freeShippingFrom ? total : total + shippingFee);
    const placed = traced.placed[i] as number;
    const paid = traced.paid[i] as number;
    // The customer tries again until the payment is captured, and whoever pays later has done so within some minutes.
    const waiting = paid - placed < 3_601 ? paid - placed : 240;
    const created = placed + (waiting * number) / count;
    createdAt.set(row, Math.floor((created < observedUntil ? created : placed) * 1e6 + 0.5));
    const isLast = number === count - 1;
    if (isLast) reason.setNull(row);
    else reason.indexes[row] = REASON_INDEXES[random.uint32(id, number) % REASON_INDEXES.length] as number;
    status[row] = isLast
      ? lastStatusOf(traced, i, day.lines.returnKinds[order] === RETURNS.whole, observedUntil)
      : DECLINED;
    if (isLast && !Number.isNaN(paid)) capturedAt.set(row, Math.floor(paid * 1e6 + 0.5));
    else capturedAt.setNull(row);
  }
}

function lastStatusOf(
  { paid, cancelled, delivered, returned }: TracedOrders,
  i: number,
  isWhole: boolean,
  observedUntil: number,
): number {
  if (!Number.isNaN(paid[i])) return CAPTURED;
  const isBack = isWhole && !Number.isNaN(returned[i]);
  if (isBack || !Number.isNaN(cancelled[i])) return VOIDED;
  return (observedUntil - (delivered[i] as number)) / 86_400 > WRITE_OFF_DAYS ? WRITTEN_OFF : PENDING;
}
