import type { KeyedRandom } from '@datagen/core/random';
import { nearlyNormal } from '../nearly-normal.ts';
import type { DailyDraws } from './daily-draws.ts';

/** Time constants of the components in trading days: days, a week, two months, a year. */
const TIMES = [1.5, 8, 45, 300] as const;
const PHI = Float64Array.from(TIMES, (days) => Math.exp(-1 / days));
const SCALE = PHI.map((phi) => Math.sqrt(1 - phi * phi));
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

  /** The variance of what `next` gives. */
  get variance(): number {
    return -this.#center;
  }

  /** Draws the components from their stationary law. */
  start(random: KeyedRandom): void {
    for (let k = 0; k < TIMES.length; k++) this.components[k] = random.normal(BEFORE_ALL_DAYS, 2 + k);
  }

  /** The log volatility of the next run of days. */
  next(draws: DailyDraws, logs: Float64Array): void {
    const { noise } = draws;
    for (let i = 0; i < logs.length; i++)
      logs[i] = this.#center + this.#noise * nearlyNormal(noise[i] as number);
    for (let k = 0; k < TIMES.length; k++) this.#addComponent(k, draws, logs);
  }

  #addComponent(k: number, draws: DailyDraws, logs: Float64Array): void {
    const bits = draws.components[k] as Int32Array;
    const { day } = draws;
    const weight = this.#weights[k] as number;
    const [phi, scale] = [PHI[k] as number, SCALE[k] as number];
    const [leverage, innovation] = [this.#leverage, this.#innovation];
    let u = this.components[k] as number;
    for (let i = 0; i < logs.length; i++) {
      logs[i] = (logs[i] as number) + weight * u;
      u = phi * u + scale * (leverage * (day[i] as number) + innovation * nearlyNormal(bits[i] as number));
    }
    this.components[k] = u;
  }
}
