import { countBelow } from '@datagen/core/generator';
import type { KeyedRandom } from '@datagen/core/random';
import type { CustomerTraits } from './customer-traits.ts';
import { CUSTOMER_DRAWS, ORDER_DRAWS } from '../draws.ts';
import type { SignupCurve } from '../demand/signups.ts';

/** Share of customers whose sign-up ends in an order on the same day. */
export const FIRST_ORDER_SHARE = 0.75;
/** Days that share one list of active customers. */
const EPOCH_DAYS = 128;
/** After so many tries a customer is taken who has just left. */
const MAX_TRIES = 64;

/** The customers who are active at some time of an epoch, in the order of rows. */
interface ActiveCustomers {
  readonly epoch: number;
  readonly rows: Int32Array;
  /** Days after launch. */
  readonly lastDays: Uint16Array;
  /** Rates of all before a position; one more entry for the total. */
  readonly cumulative: Float64Array;
  /** First candidate position for each of as many equal parts of the total rate as there are positions. */
  readonly guide: Int32Array;
}

/** The traits of all customers, by row, and the choice of a buyer. About 15 bytes a customer. */
export class CustomerBase {
  /** Positions in `COUNTRIES`. */
  readonly countries: Uint8Array;
  /** How often each buys while active. */
  readonly rates: Float32Array;
  readonly #random: KeyedRandom;
  readonly #signups: SignupCurve;
  /** Days after launch, at most 65,535. */
  readonly #lastDays: Uint16Array;
  #active: ActiveCustomers | undefined;

  constructor(nCustomers: number, traits: CustomerTraits, signups: SignupCurve) {
    this.#random = traits.random;
    this.#signups = signups;
    this.countries = new Uint8Array(nCustomers);
    this.rates = new Float32Array(nCustomers);
    this.#lastDays = new Uint16Array(nCustomers);
    for (let row = 0, day = 0; row < nCustomers; row++) {
      while (signups.through(day) <= row) day++;
      const key = this.#random.key(row);
      this.countries[row] = traits.countryOf(key);
      this.rates[row] = traits.rateOf(key);
      this.#lastDays[row] = Math.min(65_535, day + traits.lifetimeDaysOf(key));
    }
  }

  /** Who orders on their sign-up day `index`, with probability `share` each: appends rows to `rows`, at most `limit`. */
  firstBuyers(index: number, share: number, limit: number, rows: Int32Array): number {
    const end = this.#signups.through(index);
    let count = 0;
    for (let row = this.#signups.through(index - 1); row < end && count < limit; row++) {
      if (this.#random.uniform(row, CUSTOMER_DRAWS.firstOrder) < share) rows[count++] = row;
    }
    return count;
  }

  /**
   * Fills `rows` from `from` to `to - 1` with buyers of day `index`: customers who are active, by their rates. `keys`
   * are those of the orders, for draws of `random`.
   */
  chooseBuyers(
    random: KeyedRandom,
    keys: Int32Array,
    index: number,
    rows: Int32Array,
    from: number,
    to: number,
  ): void {
    const { rows: active, lastDays, cumulative, guide } = this.#activeIn(Math.floor(index / EPOCH_DAYS));
    const signedUp = this.#signups.through(index);
    const end = countBelow(active, signedUp);
    const total = cumulative[end] as number;
    const guideScale = active.length / (cumulative[active.length] as number);
    for (let at = from; at < to; at++) {
      const key = keys[at] as number;
      // Where all have left somebody has to order nevertheless.
      let row = end === 0 ? (random.uniformOf(key, ORDER_DRAWS.customer) * signedUp) | 0 : 0;
      for (let attempt = 0; end > 0 && attempt < MAX_TRIES; attempt++) {
        const x = random.uniformOf(key, ORDER_DRAWS.customer + attempt) * total;
        let position = guide[(x * guideScale) | 0] as number;
        while (position < end - 1 && (cumulative[position + 1] as number) <= x) position++;
        row = active[position] as number;
        if ((lastDays[position] as number) >= index) break;
      }
      rows[at] = row;
    }
  }

  #activeIn(epoch: number): ActiveCustomers {
    if (this.#active?.epoch === epoch) return this.#active;
    const signedUp = this.#signups.through((epoch + 1) * EPOCH_DAYS - 1);
    const rows = new Int32Array(signedUp);
    let count = 0;
    for (let row = 0; row < signedUp; row++) {
      if ((this.#lastDays[row] as number) >= epoch * EPOCH_DAYS) rows[count++] = row;
    }
    const cumulative = new Float64Array(count + 1);
    for (let at = 0; at < count; at++) {
      cumulative[at + 1] = (cumulative[at] as number) + (this.rates[rows[at] as number] as number);
    }
    const scale = count / (cumulative[count] as number);
    const guide = new Int32Array(count);
    for (let part = 0, at = 0; part < count; part++) {
      while (at < count - 1 && (cumulative[at + 1] as number) * scale <= part) at++;
      guide[part] = at;
    }
    const active = rows.subarray(0, count);
    const lastDays = Uint16Array.from(active, (row) => this.#lastDays[row] as number);
    this.#active = { epoch, rows: active, lastDays, cumulative, guide };
    return this.#active;
  }
}
