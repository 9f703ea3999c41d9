import { aliasColumns, RandomStream, zipfMandelbrotWeights } from '@datagen/core/random';
import type { Catalogue } from './catalogue.ts';

/** Share of the slots of a category that change with another one in a week. */
const SWAP_SHARE = 0.115;
/** A product moves up by at most this part of its rank. */
const LONGEST_MOVE = 0.55;
/** Thresholds are whole numbers of so many parts of a column. */
const PARTS = 0x40000000;

/**
 * How popular products are on a day. A slot is a rank of a category with its weight: slots lie category by category, the
 * best first. Their weights are those of Zipf-Mandelbrot with a head that grows with the catalogue, so that the top 20 %
 * sell the same share of any catalogue. Who holds which slot of a category changes week by week, from the launch on;
 * newcomers take the slot of the product whose place they take. Moved from day to day.
 *
 * Rows are drawn from tables: 0 is that of all slots, and `1 + category` that of a category.
 */
export class Popularity {
  readonly #catalogue: Catalogue;
  readonly #seed: number;
  /** Sums of weights by category. */
  readonly categoryWeights: Float64Array;
  /** First slot of each table. */
  readonly #firsts: Int32Array;
  /** Number of slots of each category. */
  readonly #counts: Int32Array;
  /** Of each table, the first column, and columns in units of 32 random bits. */
  readonly #columnFirsts: Int32Array;
  readonly #scales: Float64Array;
  /**
   * Two numbers for each column of the alias tables: the threshold in parts, and the slot above it; that below is its own.
   * The tables lie side by side, in one cache line a draw.
   */
  readonly #columns: Int32Array;
  readonly #firstPlaces: Int32Array;
  readonly #placeAt: Int32Array;
  readonly #slotOf: Int32Array;
  #day = Infinity;
  #week = 0;
  /** The first product that has not come yet. */
  #next = 0;
  /** Row of the product on sale that holds each slot. */
  readonly rowAt: Int32Array;

  constructor(catalogue: Catalogue, seed: number, productSkew: number) {
    const { placeCount, categories, categoryOf } = catalogue;
    this.#catalogue = catalogue;
    this.#seed = seed;
    const placesByRank = shuffledRows(new RandomStream(seed, 'products', 'popularity'), placeCount);
    const weightsByRank = zipfMandelbrotWeights(placeCount, 0.01 * placeCount, productSkew);
    const ranksIn: number[][] = categories.map(() => []);
    placesByRank.forEach((place, rank) => ranksIn[categoryOf[place] as number]?.push(rank));
    const ranks = Int32Array.from(ranksIn.flat());
    const weights = Float64Array.from(ranks, (rank) => weightsByRank[rank] as number);
    this.#firstPlaces = ranks.map((rank) => placesByRank[rank] as number);
    this.#counts = Int32Array.from(ranksIn, ({ length }) => length);
    this.#firsts = new Int32Array(1 + categories.length);
    for (let category = 1; category < categories.length; category++)
      this.#firsts[1 + category] =
        (this.#firsts[category] as number) + (this.#counts[category - 1] as number);
    const weightsIn = ranksIn.map(({ length }, category) => {
      const first = this.#firsts[1 + category] as number;
      return weights.subarray(first, first + length);
    });
    this.categoryWeights = Float64Array.from(weightsIn, (own) => own.reduce((a, b) => a + b, 0));
    this.#columnFirsts = this.#firsts.map((first, table) => (table === 0 ? 0 : placeCount + first));
    this.#scales = Float64Array.of(placeCount, ...this.#counts).map((count) => count / 0x100000000);
    this.#columns = new Int32Array(4 * placeCount);
    [weights, ...weightsIn].forEach((own, table) => {
      if (own.length > 0) this.#setColumns(table, own);
    });
    this.#placeAt = new Int32Array(placeCount);
    this.#slotOf = new Int32Array(placeCount);
    this.rowAt = new Int32Array(placeCount);
  }

  #setColumns(table: number, weights: Float64Array): void {
    const { thresholds, others } = aliasColumns(weights);
    const first = this.#firsts[table] as number;
    let at = 2 * (this.#columnFirsts[table] as number);
    for (let i = 0; i < others.length; i++) {
      this.#columns[at++] = Math.round((thresholds[i] as number) * PARTS);
      this.#columns[at++] = first + (others[i] as number);
    }
  }

  /** The row that 32 random bits draw from a table, which has some. */
  draw(table: number, bits: number): number {
    const x = (bits >>> 0) * (this.#scales[table] as number);
    const column = x | 0;
    const at = 2 * ((this.#columnFirsts[table] as number) + column);
    const own = (this.#firsts[table] as number) + column;
    const other = this.#columns[at + 1] as number;
    // All bits where it is below the threshold, and no branch, since that cannot be foreseen.
    const isOwn = ((((x - column) * PARTS) | 0) - (this.#columns[at] as number)) >> 31;
    return this.rowAt[other ^ ((other ^ own) & isOwn)] as number;
  }

  /** Moves to a day after launch. */
  moveTo(day: number): void {
    if (day < this.#day) this.#reset();
    this.#day = day;
    const week = Math.floor(day / 7);
    while (this.#week < week) this.#drift(++this.#week);
    const { firstDays, placeOf, productCount } = this.#catalogue;
    for (; this.#next < productCount && (firstDays[this.#next] as number) <= day; this.#next++)
      this.rowAt[this.#slotOf[placeOf[this.#next] as number] as number] = this.#next;
  }

  #reset(): void {
    this.#week = 0;
    this.#next = this.#catalogue.placeCount;
    this.#placeAt.set(this.#firstPlaces);
    this.rowAt.set(this.#firstPlaces);
    this.#placeAt.forEach((place, slot) => (this.#slotOf[place] = slot));
  }

  /** Products gain and lose ranks in their category. */
  #drift(week: number): void {
    const stream = new RandomStream(this.#seed, 'products', 'rank', week);
    for (let category = 0; category < this.#counts.length; category++) {
      const count = this.#counts[category] as number;
      const first = this.#firsts[1 + category] as number;
      for (let swaps = Math.ceil(count * SWAP_SHARE); swaps > 0; swaps--) {
        const from = stream.below(count);
        const to = Math.floor(from * (1 - LONGEST_MOVE * stream.uniform()));
        this.#swap(first + from, first + to);
      }
    }
  }

  #swap(a: number, b: number): void {
    const [place, row] = [this.#placeAt[a] as number, this.rowAt[a] as number];
    this.#placeAt[a] = this.#placeAt[b] as number;
    this.rowAt[a] = this.rowAt[b] as number;
    this.#placeAt[b] = place;
    this.rowAt[b] = row;
    this.#slotOf[this.#placeAt[a]] = a;
    this.#slotOf[place] = b;
  }
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
