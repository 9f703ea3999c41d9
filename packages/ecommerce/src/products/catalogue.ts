import { AliasTable, KeyedRandom, RandomStream } from '@datagen/core/random';
import type { EcommerceConfig } from '../config.ts';
import { activeCountOf } from './active-products.ts';
import { weekdayOf } from '../geography/calendar.ts';
import { listKinds, type ProductKind } from './kinds.ts';
import { type PricedProducts } from './prices/price-changes.ts';
import { type Category, readCatalogue } from '../word-lists.ts';

const FRIDAY = 4;
/** A product that is never taken off sale. */
export const NEVER = 0x7fffffff;

/** Probabilities are whole numbers of so many parts. */
const PARTS = 0x10000;

/**
 * All products by row, in the order in which they come: those of the launch, then one after the other over the sign-up
 * period. Each newcomer takes the place of a product of its category, so that as many are on sale on any day. About 40
 * bytes a product.
 */
export class Catalogue {
  readonly categories: readonly Category[];
  readonly kinds: readonly ProductKind[];
  readonly productCount: number;
  /** Number of places, and of products on sale on any day. */
  readonly placeCount: number;
  /** Position in `kinds`. */
  readonly kindOf: Uint16Array;
  /** Position among the sizes of the kind. */
  readonly sizeOf: Uint8Array;
  /** Position in `categories`. */
  readonly categoryOf: Uint8Array;
  /** How dear a product is for its kind: standard normal. */
  readonly dearness: Float32Array;
  /** What it would cost at the launch, in euros, before it gets a price tag. */
  readonly euros: Float32Array;
  /** Days after launch on which products come; sorted. */
  readonly firstDays: Int32Array;
  /** Days after launch on which others take their place, or `NEVER`. */
  readonly endDays: Int32Array;
  /** The place of each product: products of the launch have that of their row. */
  readonly placeOf: Int32Array;
  /** Of 65,536 lines that have some units, so many have one more. */
  readonly moreUnits: Uint16Array;
  /** What their prices follow from. */
  readonly priced: PricedProducts;

  constructor({ seed, nProducts, signupDays }: EcommerceConfig, launchDay: number) {
    this.categories = readCatalogue();
    this.kinds = listKinds(this.categories);
    this.productCount = nProducts;
    this.placeCount = activeCountOf(nProducts);
    this.kindOf = new Uint16Array(nProducts);
    this.sizeOf = new Uint8Array(nProducts);
    this.categoryOf = new Uint8Array(nProducts);
    this.dearness = new Float32Array(nProducts);
    this.euros = new Float32Array(nProducts);
    this.moreUnits = new Uint16Array(nProducts);
    this.firstDays = drawFirstDays(seed, nProducts, this.placeCount, signupDays, launchDay);
    this.endDays = new Int32Array(nProducts).fill(NEVER);
    this.placeOf = Int32Array.from({ length: nProducts }, (_, row) => row);
    this.priced = { euros: this.euros, firstDays: this.firstDays, lastDay: signupDays - 1, seed, launchDay };
    this.#choosePlaces(seed);
    this.#fill(seed);
  }

  /** Products that have come by a day. */
  countThrough(day: number): number {
    let count = this.productCount;
    while (count > 0 && (this.firstDays[count - 1] as number) > day) count--;
    return count;
  }

  /** Gives each newcomer the place, and so the category, of a product that goes. */
  #choosePlaces(seed: number): void {
    const places = new RandomStream(seed, 'products', 'place');
    const occupants = Int32Array.from({ length: this.placeCount }, (_, place) => place);
    for (let row = this.placeCount; row < this.productCount; row++) {
      const place = places.below(this.placeCount);
      this.endDays[occupants[place] as number] = this.firstDays[row] as number;
      this.placeOf[row] = place;
      occupants[place] = row;
    }
  }

  #fill(seed: number): void {
    const kindTable = new AliasTable(this.kinds.map(({ category }) => category.share / kindCount(category)));
    const kindRandom = new KeyedRandom(seed, 'products', 'kind');
    const sizeRandom = new KeyedRandom(seed, 'products', 'size');
    const dearness = new KeyedRandom(seed, 'products', 'price');
    const firstKinds = this.categories.map((category) =>
      this.kinds.findIndex((kind) => kind.category === category),
    );
    for (let row = 0; row < this.productCount; row++) {
      const place = this.placeOf[row] as number;
      let index = kindTable.pick(kindRandom.uniform(row), kindRandom.uniform(row, 1));
      if (row >= this.placeCount) {
        const category = this.categoryOf[place] as number;
        const count = kindCount(this.categories[category] as Category);
        index = (firstKinds[category] as number) + (kindRandom.uint32(row) % count);
      }
      const kind = this.kinds[index] as ProductKind;
      const size = sizeRandom.uint32(row) % kind.sizes.length;
      const z = dearness.normal(row);
      const { priceRatio } = kind.sizes[size] as ProductKind['sizes'][number];
      this.kindOf[row] = index;
      this.sizeOf[row] = size;
      this.categoryOf[row] = kind.categoryIndex;
      this.dearness[row] = z;
      const euros = kind.medianEuros * priceRatio * Math.exp(kind.spread * z);
      this.euros[row] = euros;
      // Cheap things are bought in numbers, dear ones singly.
      this.moreUnits[row] = PARTS * Math.min(0.4, Math.max(0.02, 0.38 - 0.065 * Math.log(euros)));
    }
  }
}

/** Days after launch: 0 for the products of the launch, then workdays in random distances over the sign-up period. */
function drawFirstDays(
  seed: number,
  productCount: number,
  placeCount: number,
  signupDays: number,
  launchDay: number,
): Int32Array {
  const days = new Int32Array(productCount);
  const stream = new RandomStream(seed, 'products', 'introduced_on');
  const sums = Float64Array.from({ length: productCount - placeCount + 1 }, () => stream.exponential());
  for (let i = 1; i < sums.length; i++) sums[i] = (sums[i] as number) + (sums[i - 1] as number);
  const total = sums[sums.length - 1] as number;
  for (let row = placeCount; row < productCount; row++) {
    const day = Math.ceil(((sums[row - placeCount] as number) / total) * (signupDays - 1));
    const weekday = weekdayOf(launchDay + day);
    // What would come on a Saturday or Sunday comes on the Friday before, if the shop is open by then.
    days[row] = Math.max(0, day - Math.max(0, weekday - FRIDAY));
  }
  return days;
}

function kindCount({ subcategories }: Category): number {
  return subcategories.reduce((count, { types }) => count + types.length, 0);
}
