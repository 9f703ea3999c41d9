import type { EcommerceConfig } from '../config.ts';
import type { Catalogue } from './catalogue.ts';
import { DayOffers } from './promotions/day-offers.ts';
import { Popularity } from './popularity.ts';
import { type PriceChanges, WeeklyPrices } from './prices/price-changes.ts';
import { ProductChoice } from './product-choice.ts';
import type { Offers, Promotions } from './promotions/promotions.ts';
import { returnRatesOf } from './return-rates.ts';

/** What is sold on a day, at what price and how well; moved from day to day. */
export class Assortment {
  readonly catalogue: Catalogue;
  readonly promotions: Promotions;
  readonly choice: ProductChoice;
  /** How many of 65,536 items are sent back, by category and then by habit. */
  readonly returnRates: Uint16Array;
  readonly #popularity: Popularity;
  readonly #prices: WeeklyPrices;
  readonly #offers: DayOffers;

  constructor(config: EcommerceConfig, catalogue: Catalogue, changes: PriceChanges, promotions: Promotions) {
    this.catalogue = catalogue;
    this.promotions = promotions;
    this.returnRates = returnRatesOf(catalogue.categories.map(({ name }) => name));
    this.#popularity = new Popularity(catalogue, config.seed, config.productSkew);
    this.#prices = new WeeklyPrices(changes, config.nProducts);
    this.#offers = new DayOffers(config.seed, catalogue, promotions);
    this.choice = new ProductChoice(config.seed, this.#popularity, this.#offers);
  }

  /** In hundredths by currency, in the order of `CURRENCIES`, and by row. */
  get prices(): readonly Int32Array[] {
    return this.#prices.prices;
  }

  /** What there is to know of a product on the day, by row: the bits of `day-offers.ts`. */
  get marks(): Int32Array {
    return this.#offers.marks;
  }

  /** Moves to a day after launch; returns what is on offer then. */
  moveTo(day: number): Offers {
    this.#popularity.moveTo(day);
    this.#prices.moveTo(day);
    return this.#offers.moveTo(day);
  }
}
