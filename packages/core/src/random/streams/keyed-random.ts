import { exponentialFrom } from '../samplers/exponential.ts';
import { hashParts, mix32 } from './hash.ts';
import { normalQuantile } from '../samplers/normal-quantile.ts';

const { imul, floor } = Math;

/**
 * Random numbers by position, without state: the draw of row `index` is a function of (name, index) alone, so
 * customer 17's country can be had anywhere without reading or making customers 0 to 16.
 * A counter-based generator in the sense of Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (SC11),
 * with MurmurHash3's finalizer as its mixing function.
 */
export class KeyedRandom {
  readonly #k0: number;
  readonly #k1: number;
  readonly #k2: number;

  constructor(...name: readonly (string | number)[]) {
    const [k0, k1, k2] = hashParts(name);
    // As signed integers, which V8 adds as integers; sums are cut to 32 bits in any case.
    [this.#k0, this.#k1, this.#k2] = [k0 | 0, k1 | 0, k2 | 0];
  }

  /** 32 random bits of row `index` (a whole number below 2^53); `draw` tells several draws of one row apart. */
  uint32(index: number, draw = 0): number {
    return mix32(this.key(index) ^ (this.#k2 + draw)) >>> 0;
  }

  /** What all draws of row `index` have in common; different for any two of 2^32 rows in succession. */
  key(index: number): number {
    // Most rows have numbers of 32 bits, and then there are integers alone.
    const high = index === (index | 0) ? index >> 31 : floor(index / 0x100000000);
    return mix32((mix32(index ^ this.#k0) + this.#k1 + imul(high, 0x9e3779b1)) | 0);
  }

  /** Uniform in (0, 1), never 0 or 1, with 32 random bits. */
  uniform(index: number, draw = 0): number {
    return this.uniformOf(this.key(index), draw);
  }

  /** The `uniform` of the row whose key is given. */
  uniformOf(key: number, draw = 0): number {
    return uniformFrom(mix32(key ^ (this.#k2 + draw)));
  }

  /** 32 random bits, as a signed integer, of the row whose key is given. */
  bitsOf(key: number, draw = 0): number {
    return mix32(key ^ (this.#k2 + draw));
  }

  /** Exponential with mean 1, from 2^-32 to 22.2, of the row whose key is given. */
  exponentialOf(key: number, draw = 0): number {
    return exponentialFrom(mix32(key ^ (this.#k2 + draw)));
  }

  // For many rows at once, several times as fast: the keys of rows, and draws of the rows whose keys are given.

  /** Fills `target` with the `key` of rows `first`, `first + 1`, …; returns it. */
  keys(first: number, target: Int32Array): Int32Array {
    const k0 = this.#k0;
    for (let at = 0; at < target.length;) {
      // The high word is the same for long runs of rows, so the loop has integers alone.
      const high = floor((first + at) / 0x100000000);
      const k1 = (this.#k1 + imul(high, 0x9e3779b1)) | 0;
      let low = first + at - high * 0x100000000;
      const end = Math.min(target.length, at + 0x100000000 - low);
      low |= 0;
      for (; at < end; at++) {
        target[at] = mix32((mix32(low ^ k0) + k1) | 0);
        low = (low + 1) | 0;
      }
    }
    return target;
  }

  /** Fills `target` with `uint32`, as signed integers. */
  bits(keys: Int32Array, target: Int32Array, draw = 0): void {
    const k2 = (this.#k2 + draw) | 0;
    for (let i = 0; i < keys.length; i++) target[i] = mix32((keys[i] as number) ^ k2);
  }

  /** Fills `target` with `uniform`; returns it. */
  uniforms(keys: Int32Array, target: Float64Array, draw = 0): Float64Array {
    const k2 = (this.#k2 + draw) | 0;
    for (let i = 0; i < keys.length; i++) target[i] = uniformFrom(mix32((keys[i] as number) ^ k2));
    return target;
  }

  /** Fills `target` with `normal`. */
  normals(keys: Int32Array, target: Float64Array, draw = 0): void {
    const k2 = (this.#k2 + draw) | 0;
    for (let i = 0; i < keys.length; i++)
      target[i] = normalQuantile(uniformFrom(mix32((keys[i] as number) ^ k2)));
  }

  /** Fills `target` with `exponentialOf`; returns it. */
  exponentials(keys: Int32Array, target: Float64Array, draw = 0): Float64Array {
    const k2 = (this.#k2 + draw) | 0;
    for (let i = 0; i < keys.length; i++) target[i] = exponentialFrom(mix32((keys[i] as number) ^ k2));
    return target;
  }

  /** A standard normal number with the resolution of one draw, within ±6.3. */
  normal(index: number, draw = 0): number {
    return normalQuantile(this.uniform(index, draw));
  }
}

function uniformFrom(bits: number): number {
  return ((bits >>> 0) + 0.5) * (1 / 0x100000000);
}
