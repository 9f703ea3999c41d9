import { type Arena, DAY_MS } from '@datagen/core/generator';
import { type KeyedRandom, RandomStream } from '@datagen/core/random';
import { CUSTOMER_DRAWS, DAY_PARTS, hourHabitOf, ORDER_DRAWS } from '../draws.ts';
import { choosePayments } from './lives/payment-choice.ts';
import { drawLines, type OrderLines } from './order-lines.ts';
import type { OrderHeads, OrderModel } from './order-model.ts';
import { hourWeights } from '../demand/seasonality.ts';
import { inStretches } from './stretches.ts';

/** The orders of one day with their lines: what `orders` and `order_items` share. Rows count from 0 in the day. */
export class OrderDay implements OrderHeads {
  readonly #model: OrderModel;
  /** What the arrays of the day lie in. */
  readonly memory: Arena;
  /** How many blocks are being filled from the day: until they are done, its memory is not for another one. */
  readers = 0;
  readonly index: number;
  readonly startMs: number;
  readonly firstOrderId: number;
  readonly firstLineId: number;
  readonly orderCount: number;
  readonly lineCount: number;
  readonly keys: Int32Array;
  readonly customers: Int32Array;
  readonly countries: Uint8Array;
  readonly customerKeys: Int32Array;
  readonly habits: Int32Array;
  readonly paymentMethods: Uint8Array;
  readonly isCancelled: Uint8Array;
  readonly lines: OrderLines;
  #times: Float64Array | undefined;

  constructor(model: OrderModel, heads: OrderHeads, lines: OrderLines, memory: Arena) {
    this.#model = model;
    this.memory = memory;
    this.index = heads.index;
    this.startMs = heads.startMs;
    this.firstOrderId = heads.firstOrderId;
    this.firstLineId = heads.firstLineId;
    this.orderCount = heads.orderCount;
    this.lineCount = heads.lineCount;
    this.keys = heads.keys;
    this.customers = heads.customers;
    this.countries = heads.countries;
    this.customerKeys = heads.customerKeys;
    this.habits = heads.habits;
    this.paymentMethods = heads.paymentMethods;
    this.isCancelled = heads.isCancelled;
    this.lines = lines;
  }

  /** Microseconds after midnight UTC of the orders, in rising order. */
  get times(): Float64Array {
    if (this.#times === undefined) {
      this.#times = this.memory.float64s(this.orderCount, false);
      drawTimes(this.#model, this, this.#times);
    }
    return this.#times;
  }
}

/** Makes the orders of day `index` after launch in `memory`, which is used from its beginning. */
export function drawOrderDay(model: OrderModel, index: number, memory: Arena): OrderDay {
  const heads = drawHeads(model, index, memory);
  return new OrderDay(model, heads, drawLines(model, heads, memory), memory);
}

function drawHeads(model: OrderModel, index: number, memory: Arena): OrderHeads {
  const { demand, calendar, customers, random } = model;
  const { firstOrder, firstLine, orderCount, lineCount } = calendar.dayAt(index);
  const heads: OrderHeads = {
    index,
    startMs: (demand.launchDay + index) * DAY_MS,
    firstOrderId: firstOrder + 1,
    firstLineId: firstLine + 1,
    orderCount,
    lineCount,
    keys: memory.int32s(orderCount, false),
    customers: memory.int32s(orderCount, false),
    countries: memory.bytes(orderCount, false),
    customerKeys: memory.int32s(orderCount, false),
    habits: memory.int32s(orderCount, false),
    paymentMethods: memory.bytes(orderCount, false),
    isCancelled: memory.bytes(orderCount),
  };
  inStretches(orderCount, (from, to) => {
    random.orders.keys(heads.firstOrderId + from, heads.keys.subarray(from, to));
  });
  drawCustomers(model, heads);
  inStretches(orderCount, (from, to) => {
    pick(customers.countries, heads.customers, heads.countries, from, to);
    choosePayments(random, heads, from, to);
  });
  return heads;
}

/** Normalised sums of exponentials are sorted uniforms, which the hours' shares then stretch. */
function drawTimes(
  { seed, demand, random }: OrderModel,
  { keys, index }: OrderHeads,
  times: Float64Array,
): void {
  let sum = 0;
  inStretches(times.length, (from, to) => {
    random.orders.exponentials(keys.subarray(from, to), times.subarray(from, to), ORDER_DRAWS.time);
    sum = addUp(times, sum, from, to);
  });
  // From the last order to midnight.
  sum += new RandomStream(seed, 'orders', 'order_ts', index).exponential();
  const weights = hourWeights(demand.launchDay + index);
  inStretches(times.length, (from, to) => {
    stretchByHour(times, sum, weights, from, to);
  });
}

/** Makes each value the sum of itself and all before; `sum` is that of the values before `from`. */
function addUp(values: Float64Array, sum: number, from: number, to: number): number {
  for (let i = from; i < to; i++) values[i] = sum += values[i] as number;
  return sum;
}

/** Turns sums, which rise up to `sum`, into microseconds of a day whose hours have these weights. */
function stretchByHour(
  times: Float64Array,
  sum: number,
  weights: Float64Array,
  from: number,
  to: number,
): void {
  let total = 0;
  for (let hour = 0; hour < 24; hour++) total += weights[hour] as number;
  let hour = 0;
  let before = 0;
  let weight = weights[0] as number;
  for (let i = from; i < to; i++) {
    const x = ((times[i] as number) / sum) * total;
    while (x >= before + weight && hour < 23) {
      before += weight;
      weight = weights[++hour] as number;
    }
    times[i] = Math.floor((hour + Math.min((x - before) / weight, 0.999_999)) * 3.6e9);
  }
}

/**
 * First orders of the day's new customers and repeat orders of active ones, mostly at the time of day that each likes;
 * with the keys and habits of the customers.
 */
function drawCustomers({ seed, calendar, customers, random, scratch }: OrderModel, heads: OrderHeads): void {
  const { index, orderCount, keys } = heads;
  scratch.reset();
  const rows = scratch.int32s(orderCount, false);
  const newCount = customers.firstBuyers(index, calendar.firstOrderShare(index), orderCount, rows);
  inStretches(orderCount, (from, to) => {
    if (to > newCount) customers.chooseBuyers(random.orders, keys, index, rows, Math.max(from, newCount), to);
  });
  const stream = new RandomStream(seed, 'orders', 'customer_id', index);
  for (let order = 0; order < newCount; order++) {
    const other = order + stream.below(orderCount - order);
    const row = rows[order] as number;
    rows[order] = rows[other] as number;
    rows[other] = row;
  }
  const drawn = {
    rows,
    keys: scratch.int32s(orderCount, false),
    habits: scratch.int32s(orderCount, false),
    parts: scratch.bytes(orderCount, false),
  };
  const counts = new Int32Array(DAY_PARTS + 1);
  inStretches(orderCount, (from, to) => {
    pickKeys(random.customers, rows, drawn.keys, from, to);
    random.customers.bits(
      drawn.keys.subarray(from, to),
      drawn.habits.subarray(from, to),
      CUSTOMER_DRAWS.habits,
    );
    chooseParts(random.orders, keys, drawn, counts, from, to);
  });
  for (let part = 0; part < DAY_PARTS; part++)
    counts[part + 1] = (counts[part + 1] as number) + (counts[part] as number);
  inStretches(orderCount, (from, to) => {
    sortByPart(drawn, counts, heads, from, to);
  });
}

/** Customers in the order in which they were drawn. */
interface DrawnCustomers {
  readonly rows: Int32Array;
  readonly keys: Int32Array;
  readonly habits: Int32Array;
  /** In which part of the day each orders. */
  readonly parts: Uint8Array;
}

/** Of 16 orders, so many are placed at about the time of day that the customer likes. */
const HOUR_HABIT = 9;

/** In which parts of the day the customers `from` to `to - 1` order; adds to `counts[part + 1]`. */
function chooseParts(
  random: KeyedRandom,
  orderKeys: Int32Array,
  { habits, parts }: DrawnCustomers,
  counts: Int32Array,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) {
    const bits = random.bitsOf(orderKeys[i] as number, ORDER_DRAWS.hour);
    // Half an hour or so before or after.
    const liked = hourHabitOf(habits[i] as number) + ((bits >>> 4) & 3) - 1;
    // All bits where the difference is negative: what cannot be foreseen costs less without a branch.
    const isLiked = ((bits & 15) - HOUR_HABIT) >> 31;
    const part = ((liked & isLiked) | ((bits >>> 16) & ~isLiked)) & (DAY_PARTS - 1);
    parts[i] = part;
    counts[part + 1] = (counts[part + 1] as number) + 1;
  }
}

/** Puts the customers `from` to `to - 1` where the next of their part of the day belongs, which `nexts` says. */
function sortByPart(
  { rows, keys, habits, parts }: DrawnCustomers,
  nexts: Int32Array,
  heads: OrderHeads,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) {
    const part = parts[i] as number;
    const order = nexts[part] as number;
    nexts[part] = order + 1;
    heads.customers[order] = rows[i] as number;
    heads.customerKeys[order] = keys[i] as number;
    heads.habits[order] = habits[i] as number;
  }
}

/** `values` at the positions `from` to `to - 1` of `rows`. */
function pick(values: Uint8Array, rows: Int32Array, target: Uint8Array, from: number, to: number): void {
  for (let i = from; i < to; i++) target[i] = values[rows[i] as number] as number;
}

/** The keys of the rows `rows[from]` to `rows[to - 1]`. */
function pickKeys(random: KeyedRandom, rows: Int32Array, target: Int32Array, from: number, to: number): void {
  for (let i = from; i < to; i++) target[i] = random.key(rows[i] as number);
}
