import { AliasTable, KeyedRandom, RandomStream, sampleGamma } from '@datagen/core';
import type { EcommerceConfig } from './config.ts';
import { countryWeights } from './countries.ts';
import type { SignupCurve } from './signups.ts';

// Lifetimes of the Pareto/NBD model fitted to CDNOW (Fader, Hardie): dropout rates are Gamma(0.606) with scale 1/11.67
// weeks, so lifetimes are Lomax. The scale is tripled: CDNOW is one record shop, whose customers left soon.
const LIFETIME_SHAPE = 0.606;
const LIFETIME_SCALE_DAYS = 3 * 11.67 * 7;
/** Share of customers whose sign-up ends in an order on the same day. */
export const FIRST_ORDER_SHARE = 0.75;
/** After so many dead customers in a row one is taken nevertheless: somebody has to order. */
const MAX_TRIES = 64;
const VIP_SHARE = 0.05;

/**
 * How often, how long and where each customer buys, and the choice of a buyer: gamma-distributed rates over Lomax
 * lifetimes (Pareto/NBD). About 15 bytes a customer.
 */
export class CustomerBase {
  /** Position in `COUNTRIES` by customer row. */
  readonly countries: Uint8Array;
  readonly #signups: SignupCurve;
  readonly #firstOrder: KeyedRandom;
  /** Rates of all customers before a row. */
  readonly #cumulative: Float64Array;
  /** First candidate row for each of as many equal parts of the total rate as there are customers. */
  readonly #guide: Int32Array;
  /** Days after launch, at most 65,535. */
  readonly #lastDays: Uint16Array;
  readonly #guideScale: number;

  constructor(config: EcommerceConfig, signups: SignupCurve) {
    const { seed, nCustomers } = config;
    this.#signups = signups;
    this.#firstOrder = new KeyedRandom(seed, 'customers', 'first_order');
    this.#cumulative = cumulativeRates(config);
    this.#guideScale = nCustomers / (this.#cumulative[nCustomers] as number);
    this.#guide = new Int32Array(nCustomers);
    for (let part = 0, row = 0; part < nCustomers; part++) {
      while (row < nCustomers - 1 && (this.#cumulative[row + 1] as number) * this.#guideScale <= part) row++;
      this.#guide[part] = row;
    }
    const lifetime = new KeyedRandom(seed, 'customers', 'lifetime');
    const country = new KeyedRandom(seed, 'customers', 'country');
    const countryTable = new AliasTable(countryWeights(config.countries));
    this.#lastDays = new Uint16Array(nCustomers);
    this.countries = new Uint8Array(nCustomers);
    for (let row = 0, day = 0; row < nCustomers; row++) {
      while (signups.through(day) <= row) day++;
      const days = LIFETIME_SCALE_DAYS * (Math.exp(Math.log(lifetime.uniform(row)) / -LIFETIME_SHAPE) - 1);
      this.#lastDays[row] = Math.min(65_535, day + days);
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

  /** The row of a customer who has signed up by day `index` and is still active, chosen by rate. */
  chooseBuyer(stream: RandomStream, index: number, signedUp: number): number {
    const cumulative = this.#cumulative;
    const total = cumulative[signedUp] as number;
    let row = 0;
    for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
      const x = stream.uniform() * total;
      row = this.#guide[(x * this.#guideScale) | 0] as number;
      while (row < signedUp - 1 && (cumulative[row + 1] as number) <= x) row++;
      if ((this.#lastDays[row] as number) >= index) break;
    }
    return row;
  }

  /** The rate above which a customer is one of the 5 % who buy most often. */
  vipRate(): number {
    const count = this.countries.length;
    const step = Math.ceil(count / 20_000);
    const rates = Float64Array.from({ length: Math.ceil(count / step) }, (_, i) =>
      this.rateOf(i * step),
    ).sort();
    return rates[Math.floor(rates.length * (1 - VIP_SHARE))] ?? 0;
  }

  /** How often a customer buys while active, relative to others. */
  rateOf(row: number): number {
    return (this.#cumulative[row + 1] as number) - (this.#cumulative[row] as number);
  }
}

function cumulativeRates({ seed, nCustomers, customerSkew }: EcommerceConfig): Float64Array {
  const stream = new RandomStream(seed, 'customers', 'rate');
  const shape = 1 / (customerSkew * customerSkew);
  const cumulative = new Float64Array(nCustomers + 1);
  let total = 0;
  for (let row = 0; row < nCustomers; row++) {
    // The floor keeps the sum rising where a strong skew gives rates near 0.
    total += customerSkew === 0 ? 1 : Math.max(1e-6, sampleGamma(stream, shape) / shape);
    cumulative[row + 1] = total;
  }
  return cumulative;
}
