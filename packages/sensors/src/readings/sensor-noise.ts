import { KeyedRandom } from '@datagen/core/random';
import { DAY_SECONDS } from '../config.ts';
import { NORMAL_LEVELS } from '../normal-levels.ts';

/** Seconds in which coloured noise forgets (e-folding): readings 5 minutes apart correlate by 0.95. */
const MEMORY_SECONDS = 5_848;
/** The share of the variance that is coloured; the rest is white. */
const COLOURED = 0.826;
const COLOURED_WEIGHT = Math.sqrt(COLOURED);
const WHITE_WEIGHT = Math.sqrt(1 - COLOURED);
/** What the state at the start of a burn-in may still weigh after it: less than any sensor resolves. */
const FORGOTTEN = 1e-3;

/**
 * The noise of sensors, with variance 1: an AR(1) process plus white noise. One hash a step gives both, several times
 * cheaper than two general processes. Steps count from 1970, and each day begins with a burn-in of its own.
 */
export class SensorNoise {
  readonly #random: KeyedRandom;
  readonly #stepsPerDay: number;
  readonly #phi: number;
  readonly #burnIn: number;

  constructor(seed: number, samplingSeconds: number) {
    this.#random = new KeyedRandom(seed, 'readings', 'noise');
    this.#stepsPerDay = DAY_SECONDS / samplingSeconds;
    this.#phi = Math.exp(-samplingSeconds / MEMORY_SECONDS);
    this.#burnIn = Math.ceil((-Math.log(FORGOTTEN) * MEMORY_SECONDS) / samplingSeconds);
  }

  /** Writes the noise of a sensor on a day since 1970, one number a step. */
  fill(sensor: number, day: number, into: Float64Array): void {
    const random = this.#random;
    const phi = this.#phi;
    const scale = Math.sqrt(1 - phi * phi);
    const first = day * this.#stepsPerDay;
    let x = 0;
    for (let step = first - this.#burnIn; step < first; step++)
      x = phi * x + scale * (NORMAL_LEVELS[random.uint32(step, sensor) >>> 20] as number);
    for (let i = 0; i < this.#stepsPerDay; i++) {
      const bits = random.uint32(first + i, sensor);
      x = phi * x + scale * (NORMAL_LEVELS[bits >>> 20] as number);
      into[i] = COLOURED_WEIGHT * x + WHITE_WEIGHT * (NORMAL_LEVELS[(bits >>> 8) & 4095] as number);
    }
  }
}
