import { type Arena, DAY_MS } from '@datagen/core/generator';
import { RandomStream } from '@datagen/core/random';
import { ORDER_DRAWS } from '../draws.ts';
import { drawLines, type OrderLines } from './order-lines.ts';
import { hourWeights } from '../demand/seasonality.ts';
import type { Shop } from '../shop.ts';
import { inStretches } from './stretches.ts';

/** The orders of one day with their lines: what `orders` and `order_items` share. Rows count from 0 in the day. */
export class OrderDay {
  readonly #shop: Shop;
  /** What the arrays of the day lie in. */
  readonly memory: Arena;
  /** How many blocks are being filled from the day: until they are done, its memory is not for another one. */
  readers = 0;
  /** Days after launch. */
  readonly index: number;
  readonly startMs: number;
  /** Of the day's first order and line. */
  readonly firstOrderId: number;
  readonly firstLineId: number;
  readonly orderCount: number;
  readonly lineCount: number;
  /** Of the orders, for draws of `Shop.random.orders`. */
  readonly keys: Int32Array;
  /** Row of the customer. */
  readonly customers: Int32Array;
  /** Position of the customer's country in `COUNTRIES`. */
  readonly countries: Uint8Array;
  /** 1 where the order is called off before it is shipped, whenever that is. */
  readonly isCancelled: Uint8Array;
  readonly lines: OrderLines;
  #times: Float64Array | undefined;

  /** Makes the orders of day `index` after launch in `memory`, which is reset. */
  constructor(shop: Shop, index: number, memory: Arena) {
    const { firstOrder, firstLine, orderCount, lineCount } = shop.calendar.dayAt(index);
    this.#shop = shop;
    this.memory = memory;
    this.index = index;
    this.startMs = (shop.demand.launchDay + index) * DAY_MS;
    this.firstOrderId = firstOrder + 1;
    this.firstLineId = firstLine + 1;
    this.orderCount = orderCount;
    this.lineCount = lineCount;
    this.keys = memory.int32s(orderCount);
    this.customers = memory.int32s(orderCount);
    this.countries = memory.bytes(orderCount);
    this.isCancelled = memory.bytes(orderCount);
    inStretches(orderCount, (from, to) => {
      shop.random.orders.keys(this.firstOrderId + from, this.keys.subarray(from, to));
    });
    drawCustomers(shop, this);
    inStretches(orderCount, (from, to) => {
      pick(shop.customers.countries, this.customers, this.countries, from, to);
      shop.lifecycle.cancel(this.keys, this.isCancelled, from, to);
    });
    this.lines = drawLines(shop, this, memory);
  }

  /** Microseconds after midnight UTC of the orders, in rising order. */
  get times(): Float64Array {
    if (this.#times === undefined) {
      this.#times = this.memory.float64s(this.orderCount);
      drawTimes(this.#shop, this, this.#times);
    }
    return this.#times;
  }
}

/** Normalised sums of exponentials are sorted uniforms, which the hours' shares then stretch. */
function drawTimes({ config, demand, random }: Shop, { keys, index }: OrderDay, times: Float64Array): void {
  let sum = 0;
  inStretches(times.length, (from, to) => {
    random.orders.exponentials(keys.subarray(from, to), times.subarray(from, to), ORDER_DRAWS.time);
    sum = addUp(times, sum, from, to);
  });
  // From the last order to midnight.
  sum += new RandomStream(config.seed, 'orders', 'order_ts', index).exponential();
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

/** First orders of the day's new customers in random places, repeat orders of active ones in all others. */
function drawCustomers(
  { config, calendar, customers, random }: Shop,
  { index, orderCount, keys, customers: rows }: Pick<OrderDay, 'index' | 'orderCount' | 'keys' | 'customers'>,
): void {
  const newCount = customers.firstBuyers(index, calendar.firstOrderShare(index), orderCount, rows);
  inStretches(orderCount, (from, to) => {
    if (to > newCount) customers.chooseBuyers(random.orders, keys, index, rows, Math.max(from, newCount), to);
  });
  const stream = new RandomStream(config.seed, 'orders', 'customer_id', index);
  for (let order = 0; order < newCount; order++) {
    const other = order + stream.below(orderCount - order);
    const row = rows[order] as number;
    rows[order] = rows[other] as number;
    rows[other] = row;
  }
}

/** `values` at the positions `from` to `to - 1` of `rows`. */
function pick(values: Uint8Array, rows: Int32Array, target: Uint8Array, from: number, to: number): void {
  for (let i = from; i < to; i++) target[i] = values[rows[i] as number] as number;
}
