import { type KeyedRandom, type TwoStateProbabilities, twoStateRuns } from '@datagen/core/random';

/** Days whose runs are drawn together: a period. Periods count from 1970. */
export const PERIOD_DAYS = 32;

/** A share of the steps never falls below this, so that its odds can be divided by. */
const SMALLEST = 1e-12;
/** A device has at most this share. */
const LARGEST = 0.95;

/**
 * Runs of neighbouring steps of a device: the bad runs of a two-state chain (Gilbert 1960, Elliott 1963), in periods of 32
 * days counted from 1970.
 */
export class StepRuns {
  readonly #random: KeyedRandom;
  readonly #share: number;
  readonly #leave: number;
  readonly #periodSteps: number;

  /** `share` is the part of all steps that lie in runs, `meanSteps` the mean length of a run. */
  constructor(random: KeyedRandom, share: number, meanSteps: number, stepsPerDay: number) {
    this.#random = random;
    this.#share = share;
    this.#leave = Math.min(1, 1 / meanSteps);
    this.#periodSteps = PERIOD_DAYS * stepsPerDay;
  }

  /**
   * The runs of a device as pairs `start, end`, `end` not included, counted from the start of the period. `factor` is its
   * part of the share, as a multiple of that of the mean device: devices differ less where there is little room to differ.
   */
  inPeriod(device: number, period: number, factor: number): number[] {
    if (this.#share === 0) return [];
    const position = device * 65_536 + period;
    return twoStateRuns(this.#chainOf(factor), this.#periodSteps, (draw) =>
      this.#random.uniform(position, draw),
    );
  }

  #chainOf(factor: number): TwoStateProbabilities {
    const room = (1 - this.#share) * (1 - this.#share);
    const share = Math.min(LARGEST, this.#share * (1 + (factor - 1) * room));
    const odds = share / (1 - share);
    // A run is one step at least, and longer where runs of one could not make the share.
    const leave = Math.min(this.#leave, 1 / Math.max(odds, SMALLEST));
    return { enter: odds * leave, stay: 1 - leave };
  }
}
