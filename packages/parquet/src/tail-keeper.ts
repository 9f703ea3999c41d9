/** Lets a file's bytes pass and keeps the last of them, so that its footer is read without opening the file. */
export class TailKeeper {
  /** The last pieces, as they came: a copy of each would be garbage for a footer that is mostly in the last one. */
  readonly #pieces: Uint8Array[] = [];
  #keptBytes = 0;
  #byteCount = 0;
  readonly #capacity: number;

  /** Keeps the last `capacity` bytes and the rest of the piece they begin in. */
  constructor(capacity = 1024 * 1024) {
    this.#capacity = capacity;
  }

  async *keep(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      this.#byteCount += piece.byteLength;
      this.#keptBytes += piece.byteLength;
      this.#pieces.push(piece);
      for (let first = this.#pieces[0]; first !== undefined; first = this.#pieces[0]) {
        if (this.#keptBytes - first.byteLength < this.#capacity) break;
        this.#keptBytes -= first.byteLength;
        this.#pieces.shift();
      }
      yield piece;
    }
  }

  /** The last bytes of the file, all of a shorter file; undefined when fewer were kept. */
  last(byteCount: number): Uint8Array | undefined {
    if (byteCount > this.#keptBytes && this.#keptBytes < this.#byteCount) return undefined;
    const last = this.#pieces.at(-1);
    if (last !== undefined && last.byteLength >= byteCount) return last.subarray(-byteCount);
    return new Uint8Array(Buffer.concat(this.#pieces)).subarray(-byteCount);
  }
}
