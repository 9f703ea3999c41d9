import { AliasTable, type Arena, KeyedRandom } from '@datagen/core';
import { COUNTRIES, PAYMENT_METHODS } from './countries.ts';
import { weekdayOf } from './seasonality.ts';

const DAY_SECONDS = 86_400;
const CANCEL_SHARE = 0.015;
const SUNDAY = 6;
const BANK_TRANSFER = PAYMENT_METHODS.indexOf('bank_transfer');

/** Thousandths of orders by whole days of delay, as one entry per thousandth: rounded log-normals, cut at their ends. */
const HANDLING_DAYS = perThousand([300, 420, 160, 70, 35, 15]);
const TRANSIT_DAYS = perThousand([0, 400, 320, 150, 70, 30, 20, 10]);
const RETURN_DAYS = perThousand([
  0, 0, 0, 30, 50, 70, 80, 80, 80, 80, 80, 80, 80, 80, 80, 50, 30, 20, 10, 10, 10,
]);

/** No stage of an order comes later than this many days after it was placed. */
export const MAX_LIFECYCLE_DAYS = 50;

/** What became of some orders, by row. */
export interface OrderStages {
  /** Positions in `PAYMENT_METHODS`. */
  readonly paymentMethods: Uint8Array;
  // Microseconds since 1970; NaN where it has not happened, or not yet.
  readonly paid: Float64Array;
  readonly shipped: Float64Array;
  readonly delivered: Float64Array;
  readonly returned: Float64Array;
  readonly cancelled: Float64Array;
}

/** Orders to trace, which have consecutive ids. */
export interface PlacedOrders {
  readonly firstId: number;
  /** Seconds since 1970. */
  readonly placed: Float64Array;
  /** Positions in `COUNTRIES`. */
  readonly countries: Uint8Array;
  /** How many of its lines come back. */
  readonly returnCounts: Int32Array;
}

/**
 * How an order is paid and what happens to it after it is placed: paid, then shipped and delivered, or cancelled before it is shipped;
 * then perhaps returned. A function of the order's id, time and country, so both tables agree on it.
 * Warehouse and carriers work by day, not on Sundays; all stages are in strictly rising order.
 */
export class Lifecycle {
  readonly #paymentTables: readonly AliasTable[];
  readonly #method: KeyedRandom;
  readonly #cancelled: KeyedRandom;
  readonly #payment: KeyedRandom;
  readonly #shipping: KeyedRandom;
  readonly #delivery: KeyedRandom;
  readonly #cancellation: KeyedRandom;
  readonly #return: KeyedRandom;
  readonly #observedUntil: number;

  /** `observedUntil`: seconds since 1970 from which nothing is known, or infinite. */
  constructor(seed: number, observedUntil: number) {
    this.#paymentTables = COUNTRIES.map(
      ({ payments }) => new AliasTable(PAYMENT_METHODS.map((method) => payments[method] ?? 0)),
    );
    this.#method = new KeyedRandom(seed, 'orders', 'payment_method');
    this.#cancelled = new KeyedRandom(seed, 'orders', 'is_cancelled');
    this.#payment = new KeyedRandom(seed, 'orders', 'paid_ts');
    this.#shipping = new KeyedRandom(seed, 'orders', 'shipped_ts');
    this.#delivery = new KeyedRandom(seed, 'orders', 'delivered_ts');
    this.#cancellation = new KeyedRandom(seed, 'orders', 'cancelled_ts');
    this.#return = new KeyedRandom(seed, 'orders', 'returned_ts');
    this.#observedUntil = observedUntil;
  }

  /** For each of `count` orders from an id on, 1 if it is called off before it is shipped, else 0. */
  cancellations(firstId: number, count: number, memory: Arena): Uint8Array {
    const draws = this.#cancelled.uniforms(firstId, memory.float64s(count));
    const isCancelled = memory.bytes(count);
    for (let i = 0; i < count; i++) isCancelled[i] = (draws[i] as number) < CANCEL_SHARE ? 1 : 0;
    return isCancelled;
  }

  /** The stages of some orders, in arrays of `memory`. */
  trace(orders: PlacedOrders, memory: Arena): OrderStages {
    const { firstId, placed, countries, returnCounts } = orders;
    const count = placed.length;
    const take = () => memory.float64s(count);
    const stages: OrderStages = {
      paymentMethods: this.#paymentMethods(firstId, countries, memory),
      paid: this.#payment.uniforms(firstId, take()),
      shipped: this.#shipping.uniforms(firstId, take()),
      delivered: this.#delivery.uniforms(firstId, take()),
      returned: take().fill(NaN),
      cancelled: take().fill(NaN),
    };
    const { paymentMethods, paid, shipped, delivered, returned, cancelled } = stages;
    const isCancelled = this.cancellations(firstId, count, memory);
    // Each function turns the uniforms of a stage into its times, seconds for now.
    payOrders(placed, paymentMethods, paid);
    delayOrders(paid, HANDLING_DAYS, shipped);
    delayOrders(shipped, TRANSIT_DAYS, delivered);
    this.#callOff(firstId, isCancelled, stages);
    this.#sendBack(firstId, isCancelled, returnCounts, stages);
    for (const times of [paid, shipped, delivered, returned, cancelled]) observe(times, this.#observedUntil);
    return stages;
  }

  #callOff(firstId: number, isCancelled: Uint8Array, stages: OrderStages): void {
    const { paid, shipped, delivered, cancelled } = stages;
    for (let i = 0; i < isCancelled.length; i++) {
      if (isCancelled[i] === 0) continue;
      const share = 0.05 + 0.9 * this.#cancellation.uniform(firstId + i);
      cancelled[i] = (paid[i] as number) + ((shipped[i] as number) - (paid[i] as number)) * share;
      shipped[i] = delivered[i] = NaN;
    }
  }

  #sendBack(
    firstId: number,
    isCancelled: Uint8Array,
    returnCounts: Int32Array,
    { delivered, returned }: OrderStages,
  ): void {
    for (let i = 0; i < isCancelled.length; i++) {
      if (returnCounts[i] === 0 || isCancelled[i] === 1) continue;
      returned[i] = delayed(delivered[i] as number, RETURN_DAYS, this.#return.uniform(firstId + i));
    }
  }

  #paymentMethods(firstId: number, countries: Uint8Array, memory: Arena): Uint8Array {
    const count = countries.length;
    const first = this.#method.uniforms(firstId, memory.float64s(count));
    const second = this.#method.uniforms(firstId, memory.float64s(count), 1);
    const methods = memory.bytes(count);
    for (let i = 0; i < count; i++) {
      const table = this.#paymentTables[countries[i] as number] as AliasTable;
      methods[i] = table.pick(first[i] as number, second[i] as number);
    }
    return methods;
  }
}

/** Turns seconds into whole microseconds; what happens later than is known is NaN. */
function observe(times: Float64Array, observedUntil: number): void {
  for (let i = 0; i < times.length; i++) {
    const seconds = times[i] as number;
    times[i] = seconds < observedUntil ? Math.round(seconds * 1e6) : NaN;
  }
}

function payOrders(placed: Float64Array, paymentMethods: Uint8Array, paid: Float64Array): void {
  for (let i = 0; i < paid.length; i++)
    paid[i] = paymentTime(placed[i] as number, paymentMethods[i] as number, paid[i] as number);
}

function delayOrders(from: Float64Array, daysByThousandth: Uint8Array, times: Float64Array): void {
  for (let i = 0; i < times.length; i++)
    times[i] = delayed(from[i] as number, daysByThousandth, times[i] as number);
}

/** When an order is paid, by a uniform `u`. */
function paymentTime(placed: number, paymentMethod: number, u: number): number {
  return paymentMethod === BANK_TRANSFER
    ? workingTime(placed, 1 + ((u * 3) | 0), u * 3 - ((u * 3) | 0))
    : placed + Math.min(3_600, 8 - 75 * Math.log(u));
}

/** The working time whose day and time of day a uniform `u` gives. */
function delayed(from: number, daysByThousandth: Uint8Array, u: number): number {
  const thousandth = (u * 1_000) | 0;
  return workingTime(from, daysByThousandth[thousandth] as number, u * 1_000 - thousandth);
}

/** `days` after the day of `from`, between 7 and 17 h UTC, later than `from` and never on a Sunday. */
function workingTime(from: number, days: number, share: number): number {
  // `| 0` keeps the remainder below one of integers: of doubles it costs more than all the rest.
  let day = ((from / DAY_SECONDS) | 0) + days;
  const time = (7 + 10 * share) * 3_600;
  if (day * DAY_SECONDS + time < from + 900) day++;
  if (weekdayOf(day) === SUNDAY) day++;
  return day * DAY_SECONDS + time;
}

function perThousand(counts: readonly number[]): Uint8Array {
  return Uint8Array.from(counts.flatMap((count, days) => new Array<number>(count).fill(days)));
}
