import { AliasTable, type KeyedRandom } from '@datagen/core/random';
import type { Arena } from '@datagen/core/generator';
import { COUNTRIES, PAYMENT_METHODS } from '../geography/countries.ts';
import { ORDER_DRAWS } from '../draws.ts';
import { weekdayOf } from '../demand/seasonality.ts';

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
  // Seconds since 1970; NaN where it has not happened, or not yet.
  readonly paid: Float64Array;
  readonly shipped: Float64Array;
  readonly delivered: Float64Array;
  readonly returned: Float64Array;
  readonly cancelled: Float64Array;
}

export interface PlacedOrders {
  readonly keys: Int32Array;
  /** Seconds since 1970. */
  readonly placed: Float64Array;
  /** Positions in `COUNTRIES`. */
  readonly countries: Uint8Array;
  readonly isCancelled: Uint8Array;
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
  readonly #random: KeyedRandom;
  readonly #observedUntil: number;

  /** `random`: of orders; `observedUntil`: seconds since 1970 from which nothing is known, or infinite. */
  constructor(random: KeyedRandom, observedUntil: number) {
    this.#paymentTables = COUNTRIES.map(
      ({ payments }) => new AliasTable(PAYMENT_METHODS.map((method) => payments[method] ?? 0)),
    );
    this.#random = random;
    this.#observedUntil = observedUntil;
  }

  /** Sets `isCancelled` to 1 where one of the orders `from` to `to - 1` is called off before it is shipped. */
  cancel(keys: Int32Array, isCancelled: Uint8Array, from: number, to: number): void {
    for (let i = from; i < to; i++)
      if (this.#random.uniformOf(keys[i] as number, ORDER_DRAWS.isCancelled) < CANCEL_SHARE)
        isCancelled[i] = 1;
  }

  /** The stages of some orders, in arrays of `memory`. */
  trace(orders: PlacedOrders, memory: Arena): OrderStages {
    const { keys, placed, countries } = orders;
    const count = placed.length;
    const take = () => memory.float64s(count);
    const stages: OrderStages = {
      paymentMethods: this.#paymentMethods(keys, countries, memory),
      paid: this.#random.exponentials(keys, take(), ORDER_DRAWS.payment),
      shipped: this.#random.uniforms(keys, take(), ORDER_DRAWS.shipping),
      delivered: this.#random.uniforms(keys, take(), ORDER_DRAWS.delivery),
      returned: take().fill(NaN),
      cancelled: take().fill(NaN),
    };
    const { paid, shipped, delivered, returned, cancelled } = stages;
    // Each function turns the draws of a stage into its times.
    this.#pay(orders, stages);
    delayOrders(paid, HANDLING_DAYS, shipped);
    delayOrders(shipped, TRANSIT_DAYS, delivered);
    this.#callOff(orders, stages);
    this.#sendBack(orders, stages);
    if (this.#observedUntil < Infinity)
      for (const times of [paid, shipped, delivered, returned, cancelled])
        observe(times, this.#observedUntil);
    return stages;
  }

  /** At once, but for bank transfers. */
  #pay({ keys, placed }: PlacedOrders, { paymentMethods, paid }: OrderStages): void {
    for (let i = 0; i < paid.length; i++) {
      paid[i] =
        paymentMethods[i] === BANK_TRANSFER
          ? transferTime(placed[i] as number, this.#random.uniformOf(keys[i] as number, ORDER_DRAWS.payment))
          : (placed[i] as number) + Math.min(3_600, 8 + 75 * (paid[i] as number));
    }
  }

  #callOff({ keys, isCancelled }: PlacedOrders, { paid, shipped, delivered, cancelled }: OrderStages): void {
    for (let i = 0; i < isCancelled.length; i++) {
      if (isCancelled[i] === 0) continue;
      const share = 0.05 + 0.9 * this.#random.uniformOf(keys[i] as number, ORDER_DRAWS.cancellation);
      cancelled[i] = (paid[i] as number) + ((shipped[i] as number) - (paid[i] as number)) * share;
      shipped[i] = delivered[i] = NaN;
    }
  }

  #sendBack({ keys, isCancelled, returnCounts }: PlacedOrders, { delivered, returned }: OrderStages): void {
    for (let i = 0; i < isCancelled.length; i++) {
      if (returnCounts[i] === 0 || isCancelled[i] === 1) continue;
      const u = this.#random.uniformOf(keys[i] as number, ORDER_DRAWS.return);
      returned[i] = delayed(delivered[i] as number, RETURN_DAYS, u);
    }
  }

  #paymentMethods(keys: Int32Array, countries: Uint8Array, memory: Arena): Uint8Array {
    const methods = memory.bytes(keys.length);
    for (let i = 0; i < methods.length; i++) {
      const key = keys[i] as number;
      const table = this.#paymentTables[countries[i] as number] as AliasTable;
      const u = this.#random.uniformOf(key, ORDER_DRAWS.paymentMethod);
      methods[i] = table.pick(u, this.#random.uniformOf(key, ORDER_DRAWS.paymentMethod + 1));
    }
    return methods;
  }
}

/** Makes NaN of what happens later than is known. */
function observe(times: Float64Array, observedUntil: number): void {
  for (let i = 0; i < times.length; i++) if ((times[i] as number) >= observedUntil) times[i] = NaN;
}

function delayOrders(from: Float64Array, daysByThousandth: Uint8Array, times: Float64Array): void {
  for (let i = 0; i < times.length; i++)
    times[i] = delayed(from[i] as number, daysByThousandth, times[i] as number);
}

/** When the money of a bank transfer comes, by a uniform `u`. */
function transferTime(placed: number, u: number): number {
  return workingTime(placed, 1 + ((u * 3) | 0), u * 3 - ((u * 3) | 0));
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
