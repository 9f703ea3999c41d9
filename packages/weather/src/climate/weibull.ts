import { upperTail } from './normal.ts';

const { exp, log, max, min } = Math;

/** The table has so many entries for each standard deviation of the normals. */
const STEPS_PER_DEVIATION = 32;
/** Normals beyond this, in standard deviations, count as this. */
const LIMIT = 6.5;

/**
 * Turns standard normals into Weibull numbers of mean 1, which thereby correlate in time and space as the normals do. It
 * is the quantile function (-ln(1 - Φ(z)))^(1/k), tabulated, with straight lines between the entries.
 */
export class WeibullTable {
  readonly #values: Float64Array;

  /** `shape` is k: 1 gives the exponential distribution, 2 that of Rayleigh; the larger, the less the numbers scatter. */
  constructor(shape: number) {
    const values = new Float64Array(2 * LIMIT * STEPS_PER_DEVIATION + 2);
    let sum = 0;
    let weights = 0;
    for (let i = 0; i < values.length; i++) {
      const z = i / STEPS_PER_DEVIATION - LIMIT;
      values[i] = exp(log(-log(upperTail(z))) / shape);
      const weight = exp(-0.5 * z * z);
      sum += weight * (values[i] as number);
      weights += weight;
    }
    this.#values = values.map((value) => (value * weights) / sum);
  }

  /** The Weibull number of a standard normal `z`. */
  at(z: number): number {
    const position = (min(max(z, -LIMIT), LIMIT) + LIMIT) * STEPS_PER_DEVIATION;
    const below = position | 0;
    const low = this.#values[below] as number;
    return low + (position - below) * ((this.#values[below + 1] as number) - low);
  }
}
