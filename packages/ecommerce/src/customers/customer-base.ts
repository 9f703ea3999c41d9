import { countBelow } from '@datagen/core/generator';
import type { KeyedRandom } from '@datagen/core/random';
import type { CustomerTraits } from './customer-traits.ts';
import { CUSTOMER_DRAWS, ORDER_DRAWS } from '../draws.ts';
import type { SignupCurve } from '../demand/signups.ts';

/** Share of customers whose sign-up ends in an order on the same day. */
export const FIRST_ORDER_SHARE = 0.75;
/** Days that share one list of active customers. */
const EPOCH_DAYS = 64;
/** After so many tries a customer is taken who has just left. */
const MAX_TRIES = 64;

/** Share of repeat orders that go to customers who like the weekday: that of their sign-up. */
const WEEKDAY_HABIT = 0.36;
const WEEKDAYS = 7;
/** Rows are below. */
const LAST_DAY = 0x2000000;

/** The customers who are active at some time of an epoch, by the weekday they like and then in the order of rows. */
interface ActiveCustomers {
  readonly epoch: number;
  readonly rows: Int32Array;
  /** First position of each weekday; one more entry for the end. */
  readonly firsts: Int32Array;
  /**
   * Two numbers for each position, side by side in memory since they are drawn at random: the rates of all up to and with
   * it, infinite for the last one, and the row with the last day (after launch) in units of `LAST_DAY`.
   */
  readonly records: Float64Array;
  /** Of all. */
  readonly totalRate: number;
  /** First candidate position for each of as many equal parts of the total rate as there are positions. */
  readonly guide: Int32Array;
}

/** The traits of all customers, by row, and the choice of a buyer. About 16 bytes a customer. */
export class CustomerBase {
  /** Positions in `COUNTRIES`. */
  readonly countries: Uint8Array;
  /** How often each buys while active. */
  readonly rates: Float32Array;
  readonly #random: KeyedRandom;
  readonly #signups: SignupCurve;
  /** Days after launch, at most 65,535. */
  readonly #lastDays: Uint16Array;
  /** Remainders of the days of sign-up, by which weekdays are told apart. */
  readonly #weekdays: Uint8Array;
  #active: ActiveCustomers | undefined;

  constructor(nCustomers: number, traits: CustomerTraits, signups: SignupCurve) {
    this.#random = traits.random;
    this.#signups = signups;
    this.countries = new Uint8Array(nCustomers);
    this.rates = new Float32Array(nCustomers);
    this.#lastDays = new Uint16Array(nCustomers);
    this.#weekdays = new Uint8Array(nCustomers);
    for (let row = 0, day = 0; row < nCustomers; row++) {
      while (signups.through(day) <= row) day++;
      const key = this.#random.key(row);
      this.countries[row] = traits.countryOf(key);
      this.rates[row] = traits.rateOf(key);
      this.#lastDays[row] = Math.min(65_535, day + traits.lifetimeDaysOf(key, this.rates[row] as number));
      this.#weekdays[row] = day % WEEKDAYS;
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
   * Fills `rows` from `from` to `to - 1` with buyers of day `index`: customers who are active, by their rates, more of them
   * such as like the weekday. `keys` are those of the orders, for draws of `random`.
   */
  chooseBuyers(
    random: KeyedRandom,
    keys: Int32Array,
    index: number,
    rows: Int32Array,
    from: number,
    to: number,
  ): void {
    const active = this.#activeIn(Math.floor(index / EPOCH_DAYS));
    const { rows: activeRows, records, guide, firsts, totalRate } = active;
    const signedUp = this.#signups.through(index);
    const guideScale = guide.length / totalRate;
    // Of each weekday, those who have signed up, and their rates.
    const bases = Float64Array.from(firsts, (first) => rateBefore(active, first));
    const rates = new Float64Array(WEEKDAYS);
    let total = 0;
    for (let weekday = 0; weekday < WEEKDAYS; weekday++) {
      const first = firsts[weekday] as number;
      const end = first + countBelow(activeRows.subarray(first, firsts[weekday + 1] as number), signedUp);
      rates[weekday] = rateBefore(active, end) - (bases[weekday] as number);
      total += rates[weekday] as number;
    }
    const today = index % WEEKDAYS;
    // Where few have yet to sign up, they are drawn too, and not taken.
    const isSettled = total > 0.5 * totalRate;
    const habit = (rates[today] as number) > 0 ? WEEKDAY_HABIT : 0;
    // Of those who like the weekday, and of all: which it is cannot be foreseen, so it is a number and no branch.
    const starts = Float64Array.of(0, habit);
    const sideBases = Float64Array.of(bases[today] as number, 0);
    const scales = Float64Array.of(
      habit === 0 ? 0 : (rates[today] as number) / habit,
      (isSettled ? totalRate : total) / (1 - habit),
    );
    for (let at = from; at < to; at++) {
      const key = keys[at] as number;
      // Where all have left somebody has to order nevertheless.
      let row = total === 0 ? (random.uniformOf(key, ORDER_DRAWS.customer) * signedUp) | 0 : 0;
      for (let attempt = 0; total > 0 && attempt < MAX_TRIES; attempt++) {
        const u = random.uniformOf(key, ORDER_DRAWS.customer + attempt);
        const side = Number(u >= habit);
        let x = (sideBases[side] as number) + (u - (starts[side] as number)) * (scales[side] as number);
        if (!isSettled && side === 1) {
          let weekday = 0;
          while (x >= (rates[weekday] as number) && weekday < WEEKDAYS - 1) x -= rates[weekday++] as number;
          x += bases[weekday] as number;
        }
        let place = 2 * (guide[(x * guideScale) | 0] as number);
        // One step or none, which cannot be foreseen; more are rare.
        place += 2 * Number((records[place] as number) <= x);
        while ((records[place] as number) <= x) place += 2;
        const record = records[place + 1] as number;
        const lastDay = (record * (1 / LAST_DAY)) | 0;
        const drawn = record - lastDay * LAST_DAY;
        if (drawn >= signedUp) continue;
        row = drawn;
        if (lastDay >= index) break;
      }
      rows[at] = row;
    }
  }

  #activeIn(epoch: number): ActiveCustomers {
    if (this.#active?.epoch === epoch) return this.#active;
    const signedUp = this.#signups.through((epoch + 1) * EPOCH_DAYS - 1);
    const firsts = new Int32Array(WEEKDAYS + 1);
    const isActive = (row: number) => (this.#lastDays[row] as number) >= epoch * EPOCH_DAYS;
    for (let row = 0; row < signedUp; row++) {
      const next = (this.#weekdays[row] as number) + 1;
      if (isActive(row)) firsts[next] = (firsts[next] as number) + 1;
    }
    for (let weekday = 0; weekday < WEEKDAYS; weekday++)
      firsts[weekday + 1] = (firsts[weekday + 1] as number) + (firsts[weekday] as number);
    const count = firsts[WEEKDAYS] as number;
    const active = new Int32Array(count);
    const filled = firsts.slice();
    for (let row = 0; row < signedUp; row++) {
      if (!isActive(row)) continue;
      const weekday = this.#weekdays[row] as number;
      const at = filled[weekday] as number;
      active[at] = row;
      filled[weekday] = at + 1;
    }
    const records = new Float64Array(2 * count);
    let totalRate = 0;
    for (let at = 0; at < count; at++) {
      const row = active[at] as number;
      totalRate += this.rates[row] as number;
      records[2 * at] = totalRate;
      records[2 * at + 1] = row + (this.#lastDays[row] as number) * LAST_DAY;
    }
    if (count > 0) records[2 * count - 2] = Infinity;
    const guide = new Int32Array(count);
    const scale = guide.length / totalRate;
    for (let part = 0, at = 0; part < guide.length; part++) {
      while ((records[2 * at] as number) * scale <= part) at++;
      guide[part] = at;
    }
    this.#active = { epoch, rows: active, firsts, records, totalRate, guide };
    return this.#active;
  }
}

/** The rates of all before a position. */
function rateBefore({ rows, records, totalRate }: ActiveCustomers, position: number): number {
  if (position === 0) return 0;
  return position === rows.length ? totalRate : (records[2 * position - 2] as number);
}
