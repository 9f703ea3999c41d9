/** Lets a file's bytes pass and keeps the last of them, so that its footer is read without opening the file. */
export class TailKeeper {
  #tail = new Uint8Array(0);
  #byteCount = 0;
  readonly #capacity: number;

  constructor(capacity = 1024 * 1024) {
    this.#capacity = capacity;
  }

  async *keep(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      this.#byteCount += piece.byteLength;
      const kept = this.#tail.subarray(
        Math.max(0, this.#tail.byteLength + piece.byteLength - this.#capacity),
      );
      this.#tail = new Uint8Array(Buffer.concat([kept, piece.subarray(-this.#capacity)]));
      yield piece;
    }
  }

  /** The last bytes of the file, all of a shorter file; undefined when fewer were kept. */
  last(byteCount: number): Uint8Array | undefined {
    if (byteCount > this.#tail.byteLength && this.#tail.byteLength < this.#byteCount) return undefined;
    return this.#tail.subarray(-byteCount);
  }
}
