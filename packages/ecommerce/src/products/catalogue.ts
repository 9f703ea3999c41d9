import {
  AliasTable,
  KeyedRandom,
  RandomStream,
  sampleNormal,
  zipfMandelbrotWeights,
} from '@datagen/core/random';
import type { EcommerceConfig } from '../config.ts';
import { CURRENCIES, type Currency } from '../geography/countries.ts';
import { LINE_DRAWS } from '../draws.ts';
import { activeCountOf } from './active-products.ts';
import { euroPrice, localPrice } from './prices.ts';
import { type Category, readCatalogue, type Subcategory } from '../word-lists.ts';

/** Share of an order's further lines that come from the category of its first one. */
const SAME_CATEGORY_SHARE = 0.6;
/** Spread of the log price within a kind of product, where the word list does not say. */
const DEFAULT_SPREAD = 0.3;
/** After so many products that an order has already, the next ones in the catalogue are tried in turn. */
const MAX_TRIES = 16;

/** Share of sold items that are sent back, by category (EHI; University of Bamberg), in the order of the catalogue. */
const RETURN_RATES: Readonly<Record<string, number>> = {
  apparel: 0.36,
  sports: 0.12,
  electronics: 0.09,
  home: 0.08,
  auto: 0.07,
  toys: 0.06,
  beauty: 0.04,
  pet: 0.03,
  books: 0.025,
  groceries: 0.01,
};

/** A kind of product with the part of the assortment it belongs to. */
export interface ProductKind {
  readonly category: Category;
  readonly categoryIndex: number;
  readonly subcategory: Subcategory;
  /** Position among all subcategories. */
  readonly subcategoryIndex: number;
  readonly noun: string;
  readonly medianEuros: number;
  readonly spread: number;
}

/**
 * All products by row, as far as orders need them, and the choice of what is bought: Zipf-Mandelbrot popularity with a
 * head that grows with the catalogue, so that the top 20 % sell the same share of any catalogue. About 50 bytes a product.
 */
export class Catalogue {
  readonly categories: readonly Category[];
  readonly kinds: readonly ProductKind[];
  /** Position in `kinds`. */
  readonly kindOf: Uint16Array;
  /** Position in `categories`. */
  readonly categoryOf: Uint8Array;
  /** Prices in hundredths by currency, in the order of `CURRENCIES`; the first are the list prices in euros. */
  readonly prices: readonly Int32Array[];
  /** How dear a product is for its kind: standard normal. */
  readonly dearness: Float32Array;
  readonly isActive: Uint8Array;
  /** The probability that a line has one more unit, given that it has some. */
  readonly moreUnits: Float64Array;
  /** The probability that an item is sent back. */
  readonly returnRates: Float32Array;
  /** Rows of the products on sale: all of them, and those of each category. */
  readonly #popular: AliasTable | undefined;
  readonly #popularIn: readonly (AliasTable | undefined)[];

  constructor(config: EcommerceConfig) {
    const { seed, nProducts, productSkew } = config;
    this.categories = readCatalogue();
    this.kinds = listKinds(this.categories);
    this.kindOf = new Uint16Array(nProducts);
    this.categoryOf = new Uint8Array(nProducts);
    this.dearness = new Float32Array(nProducts);
    this.moreUnits = new Float64Array(nProducts);
    this.returnRates = new Float32Array(nProducts);
    this.prices = CURRENCIES.map(() => new Int32Array(nProducts));
    this.#fillPrices(seed);

    const activeCount = activeCountOf(nProducts);
    const shuffled = shuffledRows(new RandomStream(seed, 'products', 'popularity'), nProducts);
    const byRank = shuffled.subarray(0, activeCount);
    this.isActive = new Uint8Array(nProducts);
    for (const row of byRank) this.isActive[row] = 1;
    const weights = zipfMandelbrotWeights(activeCount, 0.01 * activeCount, productSkew);
    this.#popular = activeCount === 0 ? undefined : new AliasTable(weights, byRank);
    this.#popularIn = this.#splitByCategory(byRank, weights);
  }

  /** Tables of the products of each category, which have the weights of their ranks. */
  #splitByCategory(byRank: Int32Array, weights: Float64Array): (AliasTable | undefined)[] {
    const counts = new Int32Array(this.categories.length);
    for (const row of byRank)
      counts[this.categoryOf[row] as number] = (counts[this.categoryOf[row] as number] as number) + 1;
    const rows = Array.from(counts, (count) => new Int32Array(count));
    const shares = Array.from(counts, (count) => new Float64Array(count));
    const filled = new Int32Array(this.categories.length);
    for (let rank = 0; rank < byRank.length; rank++) {
      const row = byRank[rank] as number;
      const category = this.categoryOf[row] as number;
      const at = filled[category] as number;
      filled[category] = at + 1;
      (rows[category] as Int32Array)[at] = row;
      (shares[category] as Float64Array)[at] = weights[rank] as number;
    }
    return rows.map((own, category) =>
      own.length === 0 ? undefined : new AliasTable(shares[category] as Float64Array, own),
    );
  }

  #fillPrices(seed: number): void {
    const kindTable = new AliasTable(this.kinds.map(({ category }) => category.share / kindCount(category)));
    const kindRandom = new KeyedRandom(seed, 'products', 'kind');
    const ending = new KeyedRandom(seed, 'products', 'price_ending');
    const stream = new RandomStream(seed, 'products', 'price');
    for (let row = 0; row < this.kindOf.length; row++) {
      const index = kindTable.pick(kindRandom.uniform(row), kindRandom.uniform(row, 1));
      const kind = this.kinds[index] as ProductKind;
      const z = sampleNormal(stream);
      const euros = kind.medianEuros * Math.exp(kind.spread * z);
      const cents = euroPrice(euros, ending.uniform(row));
      this.kindOf[row] = index;
      this.categoryOf[row] = kind.categoryIndex;
      this.dearness[row] = z;
      this.returnRates[row] = RETURN_RATES[kind.category.name] as number;
      for (let i = 0; i < CURRENCIES.length; i++) {
        (this.prices[i] as Int32Array)[row] = localPrice(cents, CURRENCIES[i] as Currency);
      }
      // Cheap things are bought in numbers, dear ones singly.
      this.moreUnits[row] = Math.min(0.4, Math.max(0.02, 0.38 - 0.065 * Math.log(cents / 100)));
    }
  }

  /**
   * Chooses the products of orders `from` to `to - 1`. `keys` are those of their lines, for draws of `random`, and begin
   * with the first line of order `from`.
   */
  chooseProducts(
    random: KeyedRandom,
    keys: Int32Array,
    { firstLines, products }: { readonly firstLines: Int32Array; readonly products: Int32Array },
    from: number,
    to: number,
  ): void {
    const start = firstLines[from] as number;
    for (let order = from; order < to; order++) {
      const first = firstLines[order] as number;
      const end = firstLines[order + 1] as number;
      for (let line = first; line < end; line++)
        products[line] = this.#chooseProduct(random, keys[line - start] as number, products, first, line);
    }
  }

  /**
   * Chooses a product for line `at` of an order whose lines are `rows[first]` to `rows[at - 1]`: any by popularity for
   * the first, mostly of its category after that, and none twice.
   */
  #chooseProduct(random: KeyedRandom, key: number, rows: Int32Array, first: number, at: number): number {
    const popular = this.#popular as AliasTable;
    const u = random.uniformOf(key, LINE_DRAWS.product);
    const v = random.uniformOf(key, LINE_DRAWS.product + 1);
    if (at === first) return popular.pick(u, v);
    const popularInCategory = this.#popularIn[this.categoryOf[rows[first] as number] as number] as AliasTable;
    let row = chooseFurther(popular, popularInCategory, u, v);
    for (let attempt = 1; includes(rows, first, at, row); attempt++) {
      if (attempt === MAX_TRIES) return this.#nextAfter(row, rows, first, at);
      const draw = LINE_DRAWS.product + 2 * attempt;
      row = chooseFurther(
        popular,
        popularInCategory,
        random.uniformOf(key, draw),
        random.uniformOf(key, draw + 1),
      );
    }
    return row;
  }

  /** The first product on sale after `row` that is none of `rows[first]` to `rows[at - 1]`. */
  #nextAfter(row: number, rows: Int32Array, first: number, at: number): number {
    do row = row + 1 === this.isActive.length ? 0 : row + 1;
    while (this.isActive[row] === 0 || includes(rows, first, at, row));
    return row;
  }
}

/** One uniform says which table and, stretched again, which side of its column: both are independent. */
function chooseFurther(popular: AliasTable, popularInCategory: AliasTable, u: number, v: number): number {
  return u < SAME_CATEGORY_SHARE
    ? popularInCategory.pick(v, u / SAME_CATEGORY_SHARE)
    : popular.pick(v, (u - SAME_CATEGORY_SHARE) / (1 - SAME_CATEGORY_SHARE));
}

function includes(rows: Int32Array, from: number, to: number, row: number): boolean {
  for (let i = from; i < to; i++) if (rows[i] === row) return true;
  return false;
}

function listKinds(categories: readonly Category[]): ProductKind[] {
  const subcategories = categories.flatMap(({ subcategories }) => subcategories);
  return categories.flatMap((category, categoryIndex) =>
    category.subcategories.flatMap((subcategory) =>
      subcategory.types.map(([noun, medianEuros, spread = DEFAULT_SPREAD]) => ({
        category,
        categoryIndex,
        subcategory,
        subcategoryIndex: subcategories.indexOf(subcategory),
        noun,
        medianEuros,
        spread,
      })),
    ),
  );
}

function kindCount({ subcategories }: Category): number {
  return subcategories.reduce((count, { types }) => count + types.length, 0);
}

/** All rows in random order (Fisher-Yates). */
function shuffledRows(stream: RandomStream, count: number): Int32Array {
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  for (let i = count - 1; i > 0; i--) {
    const j = stream.below(i + 1);
    [rows[i], rows[j]] = [rows[j] as number, rows[i] as number];
  }
  return rows;
}
