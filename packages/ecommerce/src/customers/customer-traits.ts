import { AliasTable, gammaOf, type KeyedRandom } from '@datagen/core/random';
import type { EcommerceConfig } from '../config.ts';
import { countryWeights } from '../geography/countries.ts';
import { CUSTOMER_DRAWS } from '../draws.ts';

// Lifetimes of the Pareto/NBD model fitted to CDNOW (Fader, Hardie): dropout rates are Gamma(0.606) with scale 1/11.67
// weeks, so lifetimes are Lomax. The scale is six times as long: CDNOW is one record shop, whose customers left soon.
const LIFETIME_SHAPE = 0.606;
const LIFETIME_SCALE_DAYS = 6 * 11.67 * 7;
/** Chances that loyal and brief customers come back after an order, in a shop of some ten orders a customer. */
const LOYAL_RETURN = 0.84;
const BRIEF_RETURN = 0.35;
/** Somebody has to place the orders: at most this share of those who come back leaves soon. */
const MOST_BRIEF = 0.9;
/** Part of the loyal customers that is active at a mean time of the sign-up period, and some brief ones. */
const ACTIVE_PART = 0.31;
const ACTIVE_BRIEF = 0.02;
const VIP_SHARE = 0.05;

/**
 * What a customer is like, by the key of the row in `random`: where they live, and how often and how long they buy,
 * which is gamma-distributed rates over Lomax lifetimes (Pareto/NBD) for the loyal ones. Others do not come back, or
 * leave after a few orders.
 */
export class CustomerTraits {
  readonly random: KeyedRandom;
  readonly #countries: AliasTable;
  readonly #nCustomers: number;
  /** Of the rates; infinite where all are alike. */
  readonly #shape: number;
  /** Shares of the customers who do not come back after their first order, and of those who leave after a few. */
  readonly #lostShare: number;
  readonly #briefShare: number;
  /** Mean days that a brief customer of rate 1 stays. */
  readonly #briefDays: number;
  #vipRate: number | undefined;

  constructor(config: EcommerceConfig, random: KeyedRandom) {
    const { countries, customerSkew, nCustomers, ordersPerDay, repeatRate } = config;
    this.random = random;
    this.#countries = new AliasTable(countryWeights(countries));
    this.#nCustomers = nCustomers;
    this.#shape = 1 / (customerSkew * customerSkew);
    const briefPart = Math.min(
      MOST_BRIEF,
      Math.max(0, (LOYAL_RETURN - repeatRate) / (LOYAL_RETURN - BRIEF_RETURN)),
    );
    const comingBack = BRIEF_RETURN * briefPart + LOYAL_RETURN * (1 - briefPart);
    this.#lostShare = Math.max(0, 1 - repeatRate / comingBack);
    this.#briefShare = briefPart * (1 - this.#lostShare);
    // A geometric number of further orders takes an exponential time.
    const orders = BRIEF_RETURN / (1 - BRIEF_RETURN);
    const active = ACTIVE_PART * (1 - this.#lostShare - this.#briefShare) + ACTIVE_BRIEF;
    this.#briefDays = (orders * active * nCustomers) / Math.max(1e-9, ordersPerDay);
  }

  /** Position in `COUNTRIES`. */
  countryOf(key: number): number {
    const { country } = CUSTOMER_DRAWS;
    return this.#countries.pick(this.random.uniformOf(key, country), this.random.uniformOf(key, country + 1));
  }

  /** How often the customer buys while active, relative to others. */
  rateOf(key: number): number {
    if (this.#shape === Infinity) return 1;
    const gamma = gammaOf(this.random, key, this.#shape, CUSTOMER_DRAWS.rate);
    // The floor keeps sums of rates rising where a strong skew gives rates near 0.
    return Math.max(1e-6, gamma / this.#shape);
  }

  /** How long a customer of a rate buys, from the sign-up on. */
  lifetimeDaysOf(key: number, rate: number): number {
    const u = this.random.uniformOf(key, CUSTOMER_DRAWS.isLost);
    if (u < this.#lostShare) return 0;
    const gone = this.random.exponentialOf(key, CUSTOMER_DRAWS.lifetime);
    if (u < this.#lostShare + this.#briefShare) return (this.#briefDays * gone) / rate;
    return LIFETIME_SCALE_DAYS * (Math.exp(gone / LIFETIME_SHAPE) - 1);
  }

  /** The rate above which a customer is one of the 5 % who buy most often. */
  get vipRate(): number {
    return (this.#vipRate ??= this.#findVipRate());
  }

  #findVipRate(): number {
    // A sample of 20,000 gives the bound to 0.2 % of the customers.
    const step = Math.max(1, Math.ceil(this.#nCustomers / 20_000));
    const rates = new Float64Array(Math.ceil(this.#nCustomers / step));
    for (let i = 0; i < rates.length; i++) rates[i] = this.rateOf(this.random.key(i * step));
    return rates.sort()[Math.floor(rates.length * (1 - VIP_SHARE))] ?? 0;
  }
}
