/** Prices a company keeps its shares between, as a look at index members shows. */
const LOWEST = 5;
const HIGHEST = 1000;
const RATIOS = [2, 3, 4, 5, 10, 20, 50, 100] as const;
/** Where a split of a share that left the band puts its price, if one of the ratios can. */
const AFTER_SPLIT = 400;
const AFTER_REVERSE_SPLIT = 20;

// Backwards from the anchor date: a price that falls below the first was split on the way, unless it has not been above
// the second since shares were merged, or since the anchor date: then the third counts.
const SPLIT_BELOW = 15;
const COMFORTABLE = 30;
const LOWEST_BEFORE = 4;
/** What a split leaves is no more than this. */
const SPLIT_TO = 200;
/** Shares are merged from this price or a little more, to the second one or more. */
const MERGED_FROM = 6;
const MERGED_TO = 60;

export interface Split {
  /** New shares for an old one: 4 is a 4:1 split, 0.1 a 1:10 reverse split. */
  readonly ratio: number;
}

interface QuarterStart {
  /** Trading day that the quarter starts on. */
  readonly index: number;
}

interface Change {
  readonly index: number;
  readonly ratio: number;
  /** Shares per share of the anchor date after the split, and before it. */
  readonly after: number;
  readonly before: number;
}

/**
 * When a symbol splits its shares: after the anchor date, where a share is a share, at the start of a quarter whose
 * price lies outside 5 to 1,000; before it where that keeps prices in the band. On both sides, the raw price before a
 * forward split is high and that before a reverse one low.
 */
export class SplitHistory {
  readonly #anchorIndex: number;
  /** Away from the anchor, in both directions. */
  readonly #later: Change[] = [];
  readonly #earlier: Change[] = [];
  #earlierKnown = false;
  #quartersSeen = 0;

  constructor(anchorIndex: number) {
    this.#anchorIndex = anchorIndex;
  }

  /**
   * Shares on a day per share of the anchor date. `quarters` holds all up to the day and the anchor;
   * `adjustedPriceOf` is the price before a quarter in shares of the anchor date.
   */
  shareFactorAt<Q extends QuarterStart>(
    index: number,
    quarters: readonly Q[],
    adjustedPriceOf: (quarter: Q) => number,
  ): number {
    if (index > this.#anchorIndex) {
      this.#lookAhead(quarters, adjustedPriceOf);
      let factor = 1;
      for (const change of this.#later) if (change.index <= index) factor = change.after;
      return factor;
    }
    this.#lookBack(quarters, adjustedPriceOf);
    let factor = 1;
    for (const change of this.#earlier) if (change.index > index) factor = change.before;
    return factor;
  }

  /** The split of a day that `shareFactorAt` was asked for. */
  on(index: number): Split | undefined {
    const changes = index > this.#anchorIndex ? this.#later : this.#earlier;
    return changes.find((change) => change.index === index);
  }

  #lookAhead<Q extends QuarterStart>(quarters: readonly Q[], priceOf: (quarter: Q) => number): void {
    for (; this.#quartersSeen < quarters.length; this.#quartersSeen++) {
      const quarter = quarters[this.#quartersSeen] as Q;
      if (quarter.index <= this.#anchorIndex) continue;
      const before = this.#later.at(-1)?.after ?? 1;
      const ratio = ratioFor(priceOf(quarter) / before);
      if (ratio !== 1) this.#later.push({ index: quarter.index, ratio, before, after: before * ratio });
    }
  }

  /**
   * Backwards in time, a price that would leave the band must have been changed by a split on the way from there to the
   * change known last. A company splits after a rise, and merges its shares when they are cheapest: of the quarters on
   * the way, a forward split takes effect at that with the highest price, a reverse one at that with the lowest.
   */
  #lookBack<Q extends QuarterStart>(quarters: readonly Q[], priceOf: (quarter: Q) => number): void {
    if (this.#earlierKnown) return;
    this.#earlierKnown = true;
    const dated = quarters
      .filter(({ index }) => index > 0 && index <= this.#anchorIndex)
      .map((quarter) => ({ index: quarter.index, price: priceOf(quarter) }))
      .reverse();
    let after = 1;
    let first = 0;
    let lowest = LOWEST_BEFORE;
    for (let last = 0; last < dated.length; last++) {
      const price = (dated[last] as DatedPrice).price / after;
      if (price >= COMFORTABLE) lowest = SPLIT_BELOW;
      if (price >= lowest && price <= HIGHEST) continue;
      const isForward = price < lowest;
      const at = isForward ? dearest(dated, first, last, after) : cheapest(dated, first, last, after);
      const change = dated[at] as DatedPrice;
      const ratio = isForward
        ? ratioUpTo((HIGHEST * after) / change.price)
        : 1 / ratioUpTo(change.price / (MERGED_FROM * after));
      this.#earlier.push({ index: change.index, ratio, after, before: after / ratio });
      after /= ratio;
      if (!isForward) lowest = LOWEST_BEFORE;
      // The way back goes on behind the split.
      first = at + 1;
      last = at;
    }
  }
}

interface DatedPrice {
  readonly index: number;
  /** In shares of the anchor date. */
  readonly price: number;
}

// Of the quarters from `first` to `last`, whose last price is outside the band: which of them a split puts others into it
// before, in shares of which `factor` are one of the anchor date.

function dearest(dated: readonly DatedPrice[], first: number, last: number, factor: number): number {
  let at = last;
  for (let i = last; i >= first; i--) {
    const { price } = dated[i] as DatedPrice;
    if (price / factor <= SPLIT_TO && price > (dated[at] as DatedPrice).price) at = i;
  }
  return at;
}

function cheapest(dated: readonly DatedPrice[], first: number, last: number, factor: number): number {
  let at = last;
  for (let i = last; i >= first; i--) {
    const { price } = dated[i] as DatedPrice;
    if (price / factor >= MERGED_TO && price < (dated[at] as DatedPrice).price) at = i;
  }
  return at;
}

/** The largest ratio that is no more than `most`, the smallest where none is. */
function ratioUpTo(most: number): number {
  return RATIOS.findLast((ratio) => ratio <= most) ?? RATIOS[0];
}

/** New shares per old share for a price; 1 inside the band. */
function ratioFor(price: number): number {
  if (price > HIGHEST) return RATIOS.find((ratio) => price / ratio <= AFTER_SPLIT) ?? 100;
  if (price < LOWEST) return 1 / (RATIOS.find((ratio) => price * ratio >= AFTER_REVERSE_SPLIT) ?? 100);
  return 1;
}
