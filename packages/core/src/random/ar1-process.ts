import type { KeyedRandom } from './keyed-random.ts';

/** What the start from zero may still weigh once a block begins, in standard deviations. */
const FORGOTTEN = 1e-9;

/**
 * A stationary AR(1) process with mean 0 and variance 1 that can be read anywhere: x_i = φ x_{i-1} + √(1-φ²) ε_i,
 * with ε_i drawn by position. Time is cut into fixed blocks of `blockSteps`; a block starts from 0 long enough
 * before its first step that the start is forgotten, so every block gives the same values in any order.
 */
export class Ar1Process {
  readonly #innovations: KeyedRandom;
  readonly #phi: number;
  readonly #blockSteps: number;
  readonly #burnIn: number;
  readonly #scale: number;

  /** `phi` in [0, 1); the burn-in takes ln(1e-9)/ln(phi) steps: 404 for 0.95, 4,135 for 0.995. */
  constructor(innovations: KeyedRandom, phi: number, blockSteps: number) {
    this.#innovations = innovations;
    this.#phi = phi;
    this.#blockSteps = blockSteps;
    this.#burnIn = phi === 0 ? 0 : Math.ceil(Math.log(FORGOTTEN) / Math.log(phi));
    this.#scale = Math.sqrt(1 - phi * phi);
  }

  /** The values of steps `blockIndex * blockSteps` onwards; steps count from a fixed origin and may be negative. */
  block(blockIndex: number, into = new Float64Array(this.#blockSteps)): Float64Array {
    const first = blockIndex * this.#blockSteps;
    let x = 0;
    for (let step = first - this.#burnIn; step < first; step++) x = this.#next(x, step);
    for (let i = 0; i < this.#blockSteps; i++) {
      x = this.#next(x, first + i);
      into[i] = x;
    }
    return into;
  }

  #next(x: number, step: number): number {
    return this.#phi * x + this.#scale * this.#innovations.normal(step);
  }
}
