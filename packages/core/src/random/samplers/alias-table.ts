import { DatagenError } from '../../support/errors.ts';
import type { RandomStream } from '../streams/random-stream.ts';

/**
 * The columns of an alias table: a uniform picks one of them, each as often; what is below the threshold of a column is
 * its own index, and what is above that of another one. Vose, "A linear algorithm for generating random numbers" (1991).
 */
export interface AliasColumns {
  /** From 0 to 1. */
  readonly thresholds: Float64Array;
  readonly others: Int32Array;
}

/** Weights are finite, not negative and not all zero; they need not sum to 1. */
export function aliasColumns(weights: ArrayLike<number>): AliasColumns {
  const count = weights.length;
  let total = 0;
  for (let i = 0; i < count; i++) total += weights[i] as number;
  if (!(total > 0) || !Number.isFinite(total)) {
    throw new DatagenError('INVALID_OPTION', `Expected weights with a positive sum, got ${String(total)}.`);
  }
  const scaled = Float64Array.from(weights, (weight) => (weight * count) / total);
  const thresholds = new Float64Array(count).fill(1);
  const others = Int32Array.from({ length: count }, (_, i) => i);
  const small: number[] = [];
  const large: number[] = [];
  for (let i = 0; i < count; i++) ((scaled[i] as number) < 1 ? small : large).push(i);
  while (small.length > 0 && large.length > 0) {
    const less = small.pop() as number;
    const more = large.pop() as number;
    thresholds[less] = scaled[less] as number;
    others[less] = more;
    const rest = (scaled[more] as number) + (scaled[less] as number) - 1;
    scaled[more] = rest;
    (rest < 1 ? small : large).push(more);
  }
  return { thresholds, others };
}

/** Draws indexes with given weights in constant time. */
export class AliasTable {
  readonly #threshold: Float64Array;
  /** By column: what is below the threshold, and what above. */
  readonly #outcomes: Int32Array;

  /** Weights as `aliasColumns` wants them. */
  constructor(weights: ArrayLike<number>) {
    const { thresholds, others } = aliasColumns(weights);
    this.#threshold = thresholds;
    this.#outcomes = new Int32Array(2 * others.length);
    for (let i = 0; i < others.length; i++) {
      this.#outcomes[2 * i] = i;
      this.#outcomes[2 * i + 1] = others[i] as number;
    }
  }

  /** An index drawn from a stream; always two draws. */
  sample(stream: RandomStream): number {
    return this.pick(stream.uniform(), stream.uniform());
  }

  /** The index that two independent uniforms in [0, 1) select, for draws that are not from a stream. */
  pick(u: number, v: number): number {
    const i = (u * this.#threshold.length) | 0;
    // A number and no branch: which side it is cannot be foreseen, and a wrong guess costs a processor more than the rest.
    return this.#outcomes[2 * i + Number(v >= (this.#threshold[i] as number))] as number;
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
