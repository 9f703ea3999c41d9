import type { KeyedRandom } from '../streams/keyed-random.ts';

/** What the start from zero may still weigh once a block begins, in standard deviations. */
const FORGOTTEN = 1e-9;

/** For the steps of a block with its burn-in; no two are made at a time. */
let shared = { keys: new Int32Array(0), steps: new Float64Array(0) };

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
  block(blockIndex: number, into: Float64Array = new Float64Array(this.#blockSteps)): Float64Array {
    const burnIn = this.#burnIn;
    const stepCount = burnIn + this.#blockSteps;
    if (shared.steps.length < stepCount)
      shared = { keys: new Int32Array(stepCount), steps: new Float64Array(stepCount) };
    const steps = shared.steps.subarray(0, stepCount);
    const keys = shared.keys.subarray(0, stepCount);
    this.#innovations.keys(blockIndex * this.#blockSteps - burnIn, keys);
    // One short loop each: draws wait for none before them, only the sum does.
    this.#innovations.normals(keys, steps);
    let x = 0;
    for (let i = 0; i < stepCount; i++) steps[i] = x = this.#phi * x + this.#scale * (steps[i] as number);
    into.set(steps.subarray(burnIn));
    return into;
  }
}
