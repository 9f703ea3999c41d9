import { KeyedRandom } from '@datagen/core/random';
import { categoryHabitOf, LINE_DRAWS, tasteOf } from '../draws.ts';
import { CATEGORY_BITS, IS_CHEAP, IS_DEAR, MISSES_OFFER, type DayOffers } from './promotions/day-offers.ts';
import type { Popularity } from './popularity.ts';

/** A customer has one of so many favourite categories, by weight. */
const FAVOURITES = 256;
/** 256ths of an order's further lines: what goes well with the first one, and then what is of its category. */
const COMPANION_SHARE = 46;
const RELATED_SHARE = COMPANION_SHARE + 123;
/** Every product has so many products that go well with it; a power of two. */
const COMPANIONS = 4;
/** Of eight customers that find no offer in a category with offers, so many look at one more product. */
const LOOKING_FOR_OFFERS = 3;
/** After so many products that an order has already, the next ones are tried in turn. */
const MAX_TRIES = 16;

/** Which products customers of a taste look past: of those at full price. */
const LOOKS_PAST = Uint8Array.of(IS_DEAR, IS_CHEAP, 0, 0);

// What a line's key says besides its draws: 3 bits for offers, 2 for the companion, and 8 each for the tables of the first
// and of the second try.
const SECOND_TRY = 8;

/** Lines of orders, as far as products are chosen for them. */
interface ChosenLines {
  readonly firstLines: Int32Array;
  readonly products: Int32Array;
}

/**
 * The choice of what is bought: by popularity, more of what the customer likes, of what goes well with the first product
 * and of what is on offer. Which table a draw takes, which side of a column and which bits are numbers and no branches:
 * none can be foreseen.
 */
export class ProductChoice {
  readonly #popularity: Popularity;
  readonly #offers: DayOffers;
  readonly #companions: KeyedRandom;
  /** Table of each of the favourite categories. */
  readonly #favourites: Uint8Array;

  constructor(seed: number, popularity: Popularity, offers: DayOffers) {
    this.#popularity = popularity;
    this.#offers = offers;
    this.#companions = new KeyedRandom(seed, 'products', 'companions');
    this.#favourites = favouritesOf(popularity.categoryWeights);
  }

  /**
   * Chooses the products of orders `from` to `to - 1`, on the day of the popularity and of the offers. `keys` are those of
   * their lines, for draws of `random`; `habits` are those of the customers of all orders.
   */
  choose(
    random: KeyedRandom,
    keys: Int32Array,
    lines: ChosenLines,
    habits: Int32Array,
    from: number,
    to: number,
  ): void {
    this.#chooseFirst(random, keys, lines, habits, from, to);
    this.#chooseFurther(random, keys, lines, habits, from, to);
  }

  /** The first lines: half of them from the customer's favourite category. */
  #chooseFirst(
    random: KeyedRandom,
    keys: Int32Array,
    { firstLines, products }: ChosenLines,
    habits: Int32Array,
    from: number,
    to: number,
  ): void {
    const popularity = this.#popularity;
    const favourites = this.#favourites;
    const { marks } = this.#offers;
    const start = firstLines[from] as number;
    for (let order = from; order < to; order++) {
      const line = firstLines[order] as number;
      const habit = habits[order] as number;
      const key = keys[line - start] as number;
      const favourite = favourites[categoryHabitOf(habit)] as number;
      const seen = popularity.draw(favourite & sideOf(key), random.bitsOf(key, LINE_DRAWS.product));
      const other = popularity.draw(
        favourite & sideOf(key >>> SECOND_TRY),
        random.bitsOf(key, LINE_DRAWS.product + 1),
      );
      products[line] = seen ^ ((seen ^ other) & isPast(marks[seen] as number, habit, key));
    }
  }

  /** The further lines: none that the order has already. */
  #chooseFurther(
    random: KeyedRandom,
    keys: Int32Array,
    { firstLines, products }: ChosenLines,
    habits: Int32Array,
    from: number,
    to: number,
  ): void {
    const { marks } = this.#offers;
    const start = firstLines[from] as number;
    for (let order = from; order < to; order++) {
      const first = firstLines[order] as number;
      const end = firstLines[order + 1] as number;
      const habit = habits[order] as number;
      const firstRow = products[first] as number;
      for (let line = first + 1; line < end; line++) {
        const key = keys[line - start] as number;
        let draw = LINE_DRAWS.product;
        const seen = this.#drawFurther(firstRow, key, random.bitsOf(key, draw++));
        const other = this.#drawFurther(firstRow, key >>> SECOND_TRY, random.bitsOf(key, draw++));
        let row = seen ^ ((seen ^ other) & isPast(marks[seen] as number, habit, key));
        while (includes(products, first, line, row)) {
          const bits = random.bitsOf(key, draw++);
          row =
            draw < LINE_DRAWS.product + MAX_TRIES
              ? this.#drawFurther(firstRow, random.bitsOf(bits, draw), bits)
              : this.#nextAfter(bits, products, first, line);
        }
        products[line] = row;
      }
    }
  }

  /** What `bits` draw from the table that `key` says. */
  #drawFurther(firstRow: number, key: number, bits: number): number {
    const share = (key >>> 8) & 255;
    const isCompanion = (share - COMPANION_SHARE) >> 31;
    const isRelated = ((share - RELATED_SHARE) >> 31) & ~isCompanion;
    const category = (this.#offers.marks[firstRow] as number) & CATEGORY_BITS;
    const companion = this.#companions.bitsOf(COMPANIONS * firstRow + ((key >>> 3) & (COMPANIONS - 1)));
    return this.#popularity.draw((1 + category) & isRelated, bits ^ ((bits ^ companion) & isCompanion));
  }

  /** A product on sale that is none of `rows[first]` to `rows[at - 1]`. */
  #nextAfter(bits: number, rows: Int32Array, first: number, at: number): number {
    const { rowAt } = this.#popularity;
    let slot = (bits >>> 0) % rowAt.length;
    while (includes(rows, first, at, rowAt[slot] as number)) slot = slot + 1 === rowAt.length ? 0 : slot + 1;
    return rowAt[slot] as number;
  }
}

/** All bits for the favourite category, or none for the table of all. */
function sideOf(key: number): number {
  return -((key >>> 8) & 1);
}

/** All bits where the customer of a line looks past a product with these marks, once; else none. */
function isPast(marks: number, habits: number, key: number): number {
  const looksPast =
    (LOOKS_PAST[tasteOf(habits)] as number) | ((((key & 7) - LOOKING_FOR_OFFERS) >> 31) & MISSES_OFFER);
  return -(marks & looksPast) >> 31;
}

function includes(rows: Int32Array, from: number, to: number, row: number): boolean {
  for (let i = from; i < to; i++) if (rows[i] === row) return true;
  return false;
}

/** The table of each category as often as its weight asks for. */
function favouritesOf(weights: Float64Array): Uint8Array {
  const total = weights.reduce((a, b) => a + b, 0);
  let category = 0;
  let sum = weights[0] as number;
  return Uint8Array.from({ length: FAVOURITES }, (_, i) => {
    while (sum < ((i + 0.5) / FAVOURITES) * total && category < weights.length - 1)
      sum += weights[++category] as number;
    return 1 + category;
  });
}
