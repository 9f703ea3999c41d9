import { AliasTable, KeyedRandom } from '@datagen/core';
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
  // Seconds since 1970 of the order traced last: fields, so that no object is made per order.
  paid = 0;
  shipped = 0;
  delivered = 0;

  constructor(seed: number) {
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
  }

  /** Position in `PAYMENT_METHODS` of how an order from a country is paid. */
  paymentMethodOf(orderId: number, country: number): number {
    const table = this.#paymentTables[country] as AliasTable;
    return table.pick(this.#method.uniform(orderId), this.#method.uniform(orderId, 1));
  }

  /** Whether an order is called off before it is shipped. */
  isCancelled(orderId: number): boolean {
    return this.#cancelled.uniform(orderId) < CANCEL_SHARE;
  }

  /** Sets the stages of an order placed at `placed` seconds since 1970. */
  trace(orderId: number, placed: number, paymentMethod: number): void {
    const u = this.#payment.uniform(orderId);
    this.paid =
      paymentMethod === BANK_TRANSFER
        ? workingTime(placed, 1 + ((u * 3) | 0), u * 3 - ((u * 3) | 0))
        : placed + Math.min(3_600, 8 - 75 * Math.log(u));
    this.shipped = delayed(this.paid, HANDLING_DAYS, this.#shipping.uniform(orderId));
    this.delivered = delayed(this.shipped, TRANSIT_DAYS, this.#delivery.uniform(orderId));
  }

  /** When the order traced last is called off, if it is. */
  cancelTime(orderId: number): number {
    return this.paid + (this.shipped - this.paid) * (0.05 + 0.9 * this.#cancellation.uniform(orderId));
  }

  /** When the returned items of the order traced last are back. */
  returnTime(orderId: number): number {
    return delayed(this.delivered, RETURN_DAYS, this.#return.uniform(orderId));
  }
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
