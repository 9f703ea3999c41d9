import type { KeyedRandom } from '@datagen/core';
import { bell } from './bell.ts';
import { OVERNIGHT_SHARE } from './overnight.ts';

/** Time constants of the components in trading days: days, a week, two months, a year. */
const TIMES = [1.5, 8, 45, 300] as const;
const PHI = Float64Array.from(TIMES, (days) => Math.exp(-1 / days));
const SCALE = PHI.map((phi) => Math.sqrt(1 - phi * phi));
const GAP_WEIGHT = Math.sqrt(OVERNIGHT_SHARE);
const SESSION_WEIGHT = Math.sqrt(1 - OVERNIGHT_SHARE);
/** A day that never trades: its draws start the components. */
const BEFORE_ALL_DAYS = -1_000_000;

/**
 * The logarithm of daily volatility as a sum of autoregressions with time constants from days to a year, which
 * together decay as slowly as real volatility does, and white noise. Falling prices raise it (leverage).
 */
export class LogVolatility {
  /** The components now; plain numbers that a checkpoint may keep and put back. */
  readonly components = new Float64Array(TIMES.length);
  readonly #weights: readonly number[];
  readonly #noise: number;
  readonly #leverage: number;
  readonly #innovation: number;
  readonly #center: number;

  /** `leverage` is the correlation of a day's normal draw with the innovations of the next day's volatility. */
  constructor(weights: readonly number[], noise: number, leverage: number) {
    this.#weights = weights;
    this.#noise = noise;
    this.#leverage = leverage;
    this.#innovation = Math.sqrt(1 - leverage * leverage);
    // So that the mean of the variance is 1.
    this.#center = -(weights.reduce((sum, a) => sum + a * a, 0) + noise * noise);
  }

  /** The variance of what `next` returns. */
  get variance(): number {
    return -this.#center;
  }

  /** Draws the components from their stationary law. */
  start(random: KeyedRandom): void {
    for (let k = 0; k < TIMES.length; k++) this.components[k] = random.normal(BEFORE_ALL_DAYS, 2 + k);
  }

  /** The log volatility of a day, then the step to the next; draws 2 to 6 of the day. */
  next(random: KeyedRandom, day: number, zGap: number, zSession: number): number {
    const u = this.components;
    const weights = this.#weights;
    const shared = this.#leverage * (GAP_WEIGHT * zGap + SESSION_WEIGHT * zSession);
    const innovation = this.#innovation;
    let x = this.#center + this.#noise * bell(random.uint32(day, 6));
    for (let k = 0; k < 4; k++) {
      const uk = u[k] as number;
      x += (weights[k] as number) * uk;
      u[k] =
        (PHI[k] as number) * uk +
        (SCALE[k] as number) * (shared + innovation * bell(random.uint32(day, 2 + k)));
    }
    return x;
  }
}
