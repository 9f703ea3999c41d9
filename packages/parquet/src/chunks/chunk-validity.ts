import type { Data } from 'apache-arrow';

/** Doubles from 4,096 rows, so that small files stay cheap. */
export function grownCapacity(capacity: number, needed: number): number {
  let grown = Math.max(capacity, 4096);
  while (grown < needed) grown *= 2;
  return grown;
}

/** Which rows of a chunk are null. */
export class Validity {
  #bits = new Uint8Array(0);
  #nullCount = 0;

  append(source: Data, from: number, count: number, at: number): void {
    if (source.nullCount === 0) return;
    if (this.#bits.length * 8 < at + count) {
      const grown = new Uint8Array(grownCapacity(this.#bits.length * 8, at + count) / 8).fill(0xff);
      grown.set(this.#bits);
      this.#bits = grown;
    }
    const valid = source.nullBitmap;
    const first = source.offset + from;
    for (let i = 0; i < count; i++) {
      const bit = first + i;
      if (((valid[bit >> 3] as number) >> (bit & 7)) & 1) continue;
      const row = at + i;
      this.#bits[row >> 3] = (this.#bits[row >> 3] as number) & ~(1 << (row & 7));
      this.#nullCount++;
    }
  }

  take(length: number): { nullCount: number; nullBitmap?: Uint8Array } {
    const nullCount = this.#nullCount;
    if (nullCount === 0) return { nullCount };
    // The taken bitmap may be read until the next append, so the next chunk gets a new one.
    const bits = this.#bits.length * 8 < length ? widened(this.#bits, length) : this.#bits;
    this.#bits = new Uint8Array(this.#bits.length).fill(0xff);
    this.#nullCount = 0;
    return { nullCount, nullBitmap: bits };
  }
}

/** Rows after the last null never reached the bitmap. */
function widened(bits: Uint8Array, length: number): Uint8Array {
  const wide = new Uint8Array((length + 7) >> 3).fill(0xff);
  wide.set(bits);
  return wide;
}
