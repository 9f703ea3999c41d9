/** Lets a file's bytes pass and keeps the last of them, so that its footer is read without opening the file. */
export class TailKeeper {
  readonly #kept: Uint8Array;
  #keptBytes = 0;
  #byteCount = 0;

  constructor(capacity = 64 * 1024) {
    this.#kept = new Uint8Array(capacity);
  }

  async *keep(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      const added = piece.subarray(-this.#kept.byteLength);
      const before = Math.min(this.#keptBytes, this.#kept.byteLength - added.byteLength);
      this.#kept.copyWithin(0, this.#keptBytes - before, this.#keptBytes);
      this.#kept.set(added, before);
      this.#keptBytes = before + added.byteLength;
      this.#byteCount += piece.byteLength;
      yield piece;
    }
  }

  /** The last bytes of the file, all of a shorter file; undefined when fewer were kept. */
  last(byteCount: number): Uint8Array | undefined {
    if (byteCount > this.#keptBytes && this.#keptBytes < this.#byteCount) return undefined;
    return this.#kept.subarray(Math.max(0, this.#keptBytes - byteCount), this.#keptBytes);
  }
}
