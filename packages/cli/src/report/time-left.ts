/** Rows come slowly at first, while V8 compiles what makes them: this much time is lost, most of it right away. */
const WARM_UP_MS = 300;
/** Before a hundredth of the rows has come, or this much time has passed since the first ones, an estimate is a guess. */
const LEAST_SHARE = 0.01;
const LEAST_MS = 3_000;
/** Moments that are kept have a hundredth more rows than the one before. */
const STEP = 1.01;

interface Moment {
  readonly ms: number;
  readonly rowCount: number;
}

/**
 * Estimates when a run ends by how long the later half of its rows took: what came first was slowed by the start, and
 * less than half would be a part of the run with rows of one table alone, which may cost more than others.
 */
export class TimeLeft {
  readonly #startedMs: number;
  readonly #moments: Moment[] = [];
  #firstMs: number | undefined;

  /** `startedMs` is when the run began, on the clock that `leftMs` is given. */
  constructor(startedMs: number) {
    this.#startedMs = startedMs;
  }

  /** Milliseconds until all rows have come, if `rowCount` have by now; undefined while it would be a guess. */
  leftMs(nowMs: number, rowCount: number, totalRowCount: number): number | undefined {
    if (rowCount === 0 || nowMs <= this.#startedMs) return undefined;
    this.#firstMs ??= nowMs;
    const from = this.#begin(nowMs, rowCount);
    this.#keep({ ms: nowMs, rowCount });
    const tookMs = from === undefined ? nowMs - this.#startedMs : this.#warmMs(nowMs) - this.#warmMs(from.ms);
    if (rowCount < totalRowCount * LEAST_SHARE && nowMs - this.#firstMs < LEAST_MS) return undefined;
    const msPerRow = tookMs / (rowCount - (from?.rowCount ?? 0));
    return Math.max(0, totalRowCount - rowCount) * msPerRow;
  }

  /**
   * The last moment with at most half the rows, and forgets those before it. None where the first one has more: the rows
   * since then would be few, and what they took would say little of the rest.
   */
  #begin(nowMs: number, rowCount: number): Moment | undefined {
    const moments = this.#moments;
    while (moments[1] !== undefined && moments[1].rowCount <= rowCount / 2) moments.shift();
    const [first] = moments;
    // Threads report at one moment, each its own rows.
    return first !== undefined && first.ms < nowMs && first.rowCount <= rowCount / 2 ? first : undefined;
  }

  #keep(moment: Moment): void {
    if (moment.rowCount >= (this.#moments.at(-1)?.rowCount ?? 0) * STEP) this.#moments.push(moment);
  }

  /** Time since the first rows, without what the warm-up took of it. */
  #warmMs(ms: number): number {
    const elapsedMs = ms - (this.#firstMs ?? ms);
    return elapsedMs - WARM_UP_MS * (1 - Math.exp(-elapsedMs / WARM_UP_MS));
  }
}
