import { KeyedRandom } from '@datagen/core/random';
import type { Catalogue } from '../catalogue.ts';
import { MAX_TIERS, type Offers, type Promotions } from './promotions.ts';

// Marks of a product: bits of one number, so that who chooses and who sells products looks at one place.
/** Its category. */
export const CATEGORY_BITS = 15;
/** At full price, and cheap or dear for its kind. */
export const IS_CHEAP = 16;
export const IS_DEAR = 32;
/** At full price in a category that has offers. */
export const MISSES_OFFER = 64;
const OFFER_SHIFT = 8;
const MORE_UNITS_SHIFT = 16;

/** Place in `Offers` and one more where the product is on offer, else 0. */
export function offerOf(marks: number): number {
  return (marks >>> OFFER_SHIFT) & 255;
}

/** Of 65,536 lines that have some units, so many have one more. */
export function moreUnitsOf(marks: number): number {
  return marks >>> MORE_UNITS_SHIFT;
}

/** Which products are on offer, moved from day to day: where a promotion of a category begins or ends, its products are looked at. */
export class DayOffers {
  readonly #promotions: Promotions;
  readonly #partaking: KeyedRandom;
  readonly #dearness: Float32Array;
  /** Rows of each category. */
  readonly #rowsIn: readonly Int32Array[];
  readonly #moreUnits: Uint16Array;
  readonly #known: Int32Array;
  /** By row: the bits above. */
  readonly marks: Int32Array;

  constructor(seed: number, catalogue: Catalogue, promotions: Promotions) {
    const { categories, categoryOf, dearness, moreUnits, productCount } = catalogue;
    this.#promotions = promotions;
    this.#partaking = new KeyedRandom(seed, 'promotions', 'product');
    this.#dearness = dearness;
    this.#moreUnits = moreUnits;
    const counts = new Int32Array(categories.length);
    for (const category of categoryOf) counts[category] = (counts[category] as number) + 1;
    this.#rowsIn = Array.from(counts, (count) => new Int32Array(count));
    counts.fill(0);
    for (let row = 0; row < productCount; row++) {
      const category = categoryOf[row] as number;
      const at = counts[category] as number;
      (this.#rowsIn[category] as Int32Array)[at] = row;
      counts[category] = at + 1;
    }
    this.#known = new Int32Array(MAX_TIERS * categories.length).fill(-1);
    this.marks = new Int32Array(productCount);
  }

  /** Moves to a day after launch; returns its promotions. */
  moveTo(day: number): Offers {
    const offers = this.#promotions.on(day);
    for (let category = 0; category < this.#rowsIn.length; category++) {
      const from = MAX_TIERS * category;
      let isKnown = true;
      for (let at = from; at < from + MAX_TIERS; at++) {
        const code = (offers.positions[at] as number) + 1;
        if (this.#known[at] !== code) isKnown = false;
        this.#known[at] = code;
      }
      if (!isKnown) this.#mark(category, offers);
    }
    return offers;
  }

  #mark(category: number, { counts, shares, positions }: Offers): void {
    const count = counts[category] as number;
    const first = MAX_TIERS * category;
    for (const row of this.#rowsIn[category] as Int32Array) {
      const u = count === 0 ? 1 : this.#partaking.uniform(row, positions[first]);
      let at = first;
      while (at < first + count && u >= (shares[at] as number)) at++;
      const isOnOffer = at < first + count;
      const price = (this.#dearness[row] as number) < 0 ? IS_CHEAP : IS_DEAR;
      const offer = isOnOffer ? (at + 1) << OFFER_SHIFT : price | (count === 0 ? 0 : MISSES_OFFER);
      this.marks[row] = category | offer | ((this.#moreUnits[row] as number) << MORE_UNITS_SHIFT);
    }
  }
}
