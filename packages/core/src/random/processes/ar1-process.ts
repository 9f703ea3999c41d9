import type { KeyedRandom } from '../streams/keyed-random.ts';

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
  readonly #keys: Int32Array;

  /** `phi` in [0, 1); the burn-in takes ln(1e-9)/ln(phi) steps: 404 for 0.95, 4,135 for 0.995. */
  constructor(innovations: KeyedRandom, phi: number, blockSteps: number) {
    this.#innovations = innovations;
    this.#phi = phi;
    this.#blockSteps = blockSteps;
    this.#burnIn = phi === 0 ? 0 : Math.ceil(Math.log(FORGOTTEN) / Math.log(phi));
    this.#scale = Math.sqrt(1 - phi * phi);
    this.#keys = new Int32Array(blockSteps);
  }

  /** The values of steps `blockIndex * blockSteps` onwards; steps count from a fixed origin and may be negative. */
  block(blockIndex: number, into: Float64Array = new Float64Array(this.#blockSteps)): Float64Array {
    const first = blockIndex * this.#blockSteps;
    let x = 0;
    // The burn-in is drawn a piece at a time into the place of the block, which needs no memory of its own.
    for (let at = first - this.#burnIn; at < first; at += this.#blockSteps)
      x = this.#walk(at, into.subarray(0, Math.min(this.#blockSteps, first - at)), x);
    this.#walk(first, into.subarray(0, this.#blockSteps), x);
    return into;
  }

  /** Sets the values from step `at` on, after one of `x`, and returns the last of them. */
  #walk(at: number, steps: Float64Array, x: number): number {
    const keys = this.#keys.subarray(0, steps.length);
    this.#innovations.keys(at, keys);
    // One short loop each: draws wait for none before them, only the sum does.
    this.#innovations.normals(keys, steps);
    for (let i = 0; i < steps.length; i++) steps[i] = x = this.#phi * x + this.#scale * (steps[i] as number);
    return x;
  }
}
