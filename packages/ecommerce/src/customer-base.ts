import { AliasTable, KeyedRandom, RandomStream, sampleGamma } from '@datagen/core';
import type { EcommerceConfig } from './config.ts';
import { countryWeights } from './countries.ts';
import { ORDER_DRAWS } from './draws.ts';
import type { SignupCurve } from './signups.ts';

// Lifetimes of the Pareto/NBD model fitted to CDNOW (Fader, Hardie): dropout rates are Gamma(0.606) with scale 1/11.67
// weeks, so lifetimes are Lomax. The scale is six times as long: CDNOW is one record shop, whose customers left soon.
const LIFETIME_SHAPE = 0.606;
const LIFETIME_SCALE_DAYS = 6 * 11.67 * 7;
/** Share of customers who do not come back after the day of their sign-up. */
const LOST_AT_ONCE_SHARE = 0.1;
/** Share of customers whose sign-up ends in an order on the same day. */
export const FIRST_ORDER_SHARE = 0.75;
/** Days that share one list of active customers. */
const EPOCH_DAYS = 128;
/** After so many tries a customer is taken who has just left. */
const MAX_TRIES = 64;
const VIP_SHARE = 0.05;

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

/**
 * How often, how long and where each customer buys, and the choice of a buyer: gamma-distributed rates over Lomax
 * lifetimes (Pareto/NBD). About 15 bytes a customer.
 */
export class CustomerBase {
  /** Position in `COUNTRIES` by customer row. */
  readonly countries: Uint8Array;
  readonly #signups: SignupCurve;
  readonly #firstOrder: KeyedRandom;
  /** How often a customer buys while active, relative to others. */
  readonly rates: Float32Array;
  /** Days after launch, at most 65,535. */
  readonly #lastDays: Uint16Array;
  #active: ActiveCustomers | undefined;

  constructor(config: EcommerceConfig, signups: SignupCurve) {
    const { seed, nCustomers } = config;
    this.#signups = signups;
    this.#firstOrder = new KeyedRandom(seed, 'customers', 'first_order');
    this.rates = drawRates(config);
    const lifetime = new KeyedRandom(seed, 'customers', 'lifetime');
    const country = new KeyedRandom(seed, 'customers', 'country');
    const countryTable = new AliasTable(countryWeights(config.countries));
    this.#lastDays = new Uint16Array(nCustomers);
    this.countries = new Uint8Array(nCustomers);
    for (let row = 0, day = 0; row < nCustomers; row++) {
      while (signups.through(day) <= row) day++;
      const isLost = lifetime.uniform(row, 1) < LOST_AT_ONCE_SHARE;
      const days = LIFETIME_SCALE_DAYS * (Math.exp(Math.log(lifetime.uniform(row)) / -LIFETIME_SHAPE) - 1);
      this.#lastDays[row] = isLost ? day : Math.min(65_535, day + days);
      this.countries[row] = countryTable.pick(country.uniform(row), country.uniform(row, 1));
    }
  }

  /** Who orders on their sign-up day `index`, with probability `share` each: appends rows to `rows`, at most `limit`. */
  firstBuyers(index: number, share: number, limit: number, rows: Int32Array): number {
    const end = this.#signups.through(index);
    let count = 0;
    for (let row = this.#signups.through(index - 1); row < end && count < limit; row++) {
      if (this.#firstOrder.uniform(row) < share) rows[count++] = row;
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

  /** The rate above which a customer is one of the 5 % who buy most often. */
  vipRate(): number {
    // A sample of 20,000 gives the bound to 0.2 % of the customers.
    const step = Math.ceil(this.rates.length / 20_000);
    const sorted = this.rates.filter((_, row) => row % step === 0).sort();
    return sorted[Math.floor(sorted.length * (1 - VIP_SHARE))] ?? 0;
  }
}

/** How many entries of a rising list are below a bound. */
export function countBelow(rising: Int32Array, bound: number): number {
  let low = 0;
  let high = rising.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rising[middle] as number) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

function drawRates({ seed, nCustomers, customerSkew }: EcommerceConfig): Float32Array {
  const rates = new Float32Array(nCustomers).fill(1);
  if (customerSkew === 0) return rates;
  const stream = new RandomStream(seed, 'customers', 'rate');
  const shape = 1 / (customerSkew * customerSkew);
  // The floor keeps sums of rates rising where a strong skew gives rates near 0.
  for (let row = 0; row < nCustomers; row++) rates[row] = Math.max(1e-6, sampleGamma(stream, shape) / shape);
  return rates;
}
