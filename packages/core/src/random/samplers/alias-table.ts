import { DatagenError } from '../../support/errors.ts';
import type { RandomStream } from '../streams/random-stream.ts';

/** Draws indexes with given weights in constant time: Vose, "A linear algorithm for generating random numbers" (1991). */
export class AliasTable {
  readonly #threshold: Float64Array;
  /** By column: what is below the threshold, and what above. */
  readonly #outcomes: Int32Array;

  /**
   * Weights are finite, not negative and not all zero; they need not sum to 1. `values` are what is drawn in the place
   * of the indexes of the weights.
   */
  constructor(weights: ArrayLike<number>, values?: Int32Array) {
    const count = weights.length;
    let total = 0;
    for (let i = 0; i < count; i++) total += weights[i] as number;
    if (!(total > 0) || !Number.isFinite(total)) {
      throw new DatagenError('INVALID_OPTION', `Expected weights with a positive sum, got ${String(total)}.`);
    }
    const scaled = Float64Array.from(weights, (weight) => (weight * count) / total);
    this.#threshold = new Float64Array(count).fill(1);
    const valueOf = (index: number) => (values === undefined ? index : (values[index] as number));
    this.#outcomes = new Int32Array(2 * count);
    for (let i = 0; i < count; i++) this.#outcomes[2 * i] = this.#outcomes[2 * i + 1] = valueOf(i);
    const small: number[] = [];
    const large: number[] = [];
    for (let i = 0; i < count; i++) ((scaled[i] as number) < 1 ? small : large).push(i);
    while (small.length > 0 && large.length > 0) {
      const less = small.pop() as number;
      const more = large.pop() as number;
      this.#threshold[less] = scaled[less] as number;
      this.#outcomes[2 * less + 1] = valueOf(more);
      const rest = (scaled[more] as number) + (scaled[less] as number) - 1;
      scaled[more] = rest;
      (rest < 1 ? small : large).push(more);
    }
  }

  /** An index (or its value) drawn from a stream; always two draws. */
  sample(stream: RandomStream): number {
    return this.pick(stream.uniform(), stream.uniform());
  }

  /** The index (or its value) that two independent uniforms in [0, 1) select, for draws that are not from a stream. */
  pick(u: number, v: number): number {
    const i = (u * this.#threshold.length) | 0;
    return this.#outcomes[v < (this.#threshold[i] as number) ? 2 * i : 2 * i + 1] as number;
  }
}

/**
 * Zipf-Mandelbrot weights `(rank + q)^-s` for ranks 1 to `count`; q flattens the head, s steepens the tail.
 * Feed them to an `AliasTable`.
 */
export function zipfMandelbrotWeights(count: number, q: number, s: number): Float64Array {
  // exp(-s ln x) because Math.pow differs between engines.
  return Float64Array.from({ length: count }, (_, i) => Math.exp(-s * Math.log(i + 1 + q)));
}
