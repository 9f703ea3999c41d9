import { KeyedRandom } from '@datagen/core/random';
import { CURRENCIES, type Currency } from '../../geography/countries.ts';
import { weekdayOf } from '../../geography/calendar.ts';
import { euroPrice, localPrice } from './price-tags.ts';

/** Share of products whose price changes on a Monday: some four changes a year. */
const CHANGE_SHARE = 0.075;
/** Spread of the logarithm of a price around its level, which rises by so much a year. */
const SPREAD = 0.09;
const YEARLY_RISE = 0.02;
const WEEKS_A_YEAR = 365.25 / 7;
/** After so many weeks every price is looked at again; that is about as long as looking on week by week. */
const LONG_AGO = 30;

/** What prices follow from. */
export interface PricedProducts {
  readonly seed: number;
  /** Days since 1970. */
  readonly launchDay: number;
  /** By row: the level at the launch. */
  readonly euros: Float32Array;
  /** By row: days after launch on which the product comes. */
  readonly firstDays: Int32Array;
  /** The day after launch with which sign-ups end; prices stand still afterwards, as do products and promotions. */
  readonly lastDay: number;
}

/** When prices change and to what. Weeks count from that of the launch and begin on Mondays. */
export class PriceChanges {
  readonly #products: PricedProducts;
  readonly #launchWeekday: number;
  readonly #when: KeyedRandom;
  readonly #level: KeyedRandom;
  readonly #ending: KeyedRandom;

  constructor(products: PricedProducts) {
    const { seed, launchDay } = products;
    this.#products = products;
    this.#launchWeekday = weekdayOf(launchDay);
    this.#when = new KeyedRandom(seed, 'products', 'price_change');
    this.#level = new KeyedRandom(seed, 'products', 'price_level');
    this.#ending = new KeyedRandom(seed, 'products', 'price_ending');
  }

  /** The week of a day after launch, or the last one with changes where the day is later. */
  weekOf(day: number): number {
    return Math.floor((Math.min(day, this.#products.lastDay) + this.#launchWeekday) / 7);
  }

  /** The day after launch on which a week begins. */
  dayOf(week: number): number {
    return 7 * week - this.#launchWeekday;
  }

  /** The price with which a product comes, in euro cents. */
  firstPriceOf(row: number): number {
    return this.#tagOf(row, this.weekOf(this.#products.firstDays[row] as number), 0);
  }

  /** Whether a product is priced anew in a week; it has come in an earlier one. */
  changesIn(row: number, week: number): boolean {
    return (
      this.#when.uniform(row, week) < CHANGE_SHARE &&
      this.weekOf(this.#products.firstDays[row] as number) < week
    );
  }

  /** The price that a product gets in a week in which it is priced anew, in euro cents. */
  newPriceOf(row: number, week: number): number {
    return this.#tagOf(row, week, SPREAD * this.#level.normal(row, week));
  }

  /** The price of a product at the end of a week, in euro cents. */
  priceIn(row: number, week: number): number {
    const firstWeek = this.weekOf(this.#products.firstDays[row] as number);
    for (let last = week; last > firstWeek; last--)
      if (this.#when.uniform(row, last) < CHANGE_SHARE) return this.newPriceOf(row, last);
    return this.firstPriceOf(row);
  }

  #tagOf(row: number, week: number, deviation: number): number {
    const level =
      (this.#products.euros[row] as number) * Math.exp((YEARLY_RISE * week) / WEEKS_A_YEAR + deviation);
    return euroPrice(level, this.#ending.uniform(row));
  }
}

/** The prices of one week, moved from week to week. */
export class WeeklyPrices {
  readonly #changes: PriceChanges;
  readonly #productCount: number;
  #week = -Infinity;
  /** In hundredths by currency, in the order of `CURRENCIES`, and by row. */
  readonly prices: readonly Int32Array[];

  constructor(changes: PriceChanges, productCount: number) {
    this.#changes = changes;
    this.#productCount = productCount;
    this.prices = CURRENCIES.map(() => new Int32Array(productCount));
  }

  /** Moves to the week of a day after launch. */
  moveTo(day: number): void {
    const week = this.#changes.weekOf(day);
    if (week < this.#week || week - this.#week > LONG_AGO) {
      for (let row = 0; row < this.#productCount; row++) this.#set(row, this.#changes.priceIn(row, week));
      this.#week = week;
    }
    while (this.#week < week) {
      this.#week++;
      for (let row = 0; row < this.#productCount; row++)
        if (this.#changes.changesIn(row, this.#week))
          this.#set(row, this.#changes.newPriceOf(row, this.#week));
    }
  }

  #set(row: number, cents: number): void {
    for (let i = 0; i < CURRENCIES.length; i++)
      (this.prices[i] as Int32Array)[row] = localPrice(cents, CURRENCIES[i] as Currency);
  }
}
