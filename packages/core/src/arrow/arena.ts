/** Arrays are laid side by side in steps of 64 bytes, as Arrow likes its buffers. */
const ALIGNMENT = 64;

/**
 * Memory for all arrays of one record batch (or one day, …) at a time, which the next one uses again: a long run then
 * allocates as much as its largest batch, and leaves the garbage collector alone.
 */
export class Arena {
  #buffer = new ArrayBuffer(0);
  #used = 0;
  #needed = 0;

  /** Bytes that there are for a batch. */
  get byteLength(): number {
    return this.#buffer.byteLength;
  }

  /** Bytes that the batch has taken. */
  get takenBytes(): number {
    return this.#needed;
  }

  /**
   * Begins the next batch; what was taken for the last one is lost. Who knows how much the next one takes says
   * `byteLength`: then memory of more than twice that is given back, too.
   */
  reset(byteLength?: number): void {
    const needed = byteLength ?? this.#needed;
    // Memory that is never touched costs nothing; memory that comes and goes calls the garbage collector.
    const size = needed + (needed >> 1);
    // Grows between batches only: what a batch has taken stays where it is.
    if (needed > this.#buffer.byteLength || (byteLength !== undefined && 2 * size < this.#buffer.byteLength))
      this.#buffer = new ArrayBuffer(size);
    this.#used = 0;
    this.#needed = 0;
  }

  /**
   * Zeros, in an array of this memory or, if it is too small for this batch, one of their own. Who sets every value anyway
   * says that it need not be `cleared`, and finds whatever lay there.
   */
  bytes(byteLength: number, cleared = true): Uint8Array<ArrayBuffer> {
    const size = Math.ceil(byteLength / ALIGNMENT) * ALIGNMENT;
    this.#needed += size;
    if (this.#used + size > this.#buffer.byteLength) return new Uint8Array(byteLength);
    const taken = new Uint8Array(this.#buffer, this.#used, byteLength);
    if (cleared) taken.fill(0);
    this.#used += size;
    return taken;
  }

  /** The same as 32-bit integers. */
  int32s(length: number, cleared = true): Int32Array<ArrayBuffer> {
    const { buffer, byteOffset } = this.bytes(length * Int32Array.BYTES_PER_ELEMENT, cleared);
    return new Int32Array(buffer, byteOffset, length);
  }

  /** The same as doubles. */
  float64s(length: number, cleared = true): Float64Array<ArrayBuffer> {
    const { buffer, byteOffset } = this.bytes(length * Float64Array.BYTES_PER_ELEMENT, cleared);
    return new Float64Array(buffer, byteOffset, length);
  }
}
