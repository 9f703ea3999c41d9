/** Prices a company keeps its shares between, as a look at index members shows. */
const LOWEST = 5;
const HIGHEST = 1000;
const RATIOS = [2, 3, 4, 5, 10, 20, 50, 100] as const;
/** Where a split of a share that left the band puts its price, if one of the ratios can. */
const AFTER_SPLIT = 400;
const AFTER_REVERSE_SPLIT = 20;

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
 * When a symbol splits its shares: at the start of a quarter whose price lies outside 5 to 1,000, counted both ways
 * from the anchor date, where a share is a share.
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

  #lookBack<Q extends QuarterStart>(quarters: readonly Q[], priceOf: (quarter: Q) => number): void {
    if (this.#earlierKnown) return;
    this.#earlierKnown = true;
    for (let i = quarters.length - 1; i >= 0; i--) {
      const quarter = quarters[i] as Q;
      if (quarter.index > this.#anchorIndex || quarter.index === 0) continue;
      const after = this.#earlier.at(-1)?.before ?? 1;
      // Backwards in time, a price that would leave the band must have been changed by a split on the way.
      const ratio = 1 / ratioFor(priceOf(quarter) / after);
      if (ratio !== 1) this.#earlier.push({ index: quarter.index, ratio, after, before: after / ratio });
    }
  }
}

/** New shares per old share for a price; 1 inside the band. */
function ratioFor(price: number): number {
  if (price > HIGHEST) return RATIOS.find((ratio) => price / ratio <= AFTER_SPLIT) ?? 100;
  if (price < LOWEST) return 1 / (RATIOS.find((ratio) => price * ratio >= AFTER_REVERSE_SPLIT) ?? 100);
  return 1;
}
