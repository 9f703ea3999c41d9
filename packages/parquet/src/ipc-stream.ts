import { type RecordBatch, RecordBatchStreamWriter } from 'apache-arrow';
import { grownCapacity } from './chunk-validity.ts';

/** Writes record batches as Arrow IPC streams into memory that is kept from one to the next. */
export class IpcStream {
  #bytes = new Uint8Array(0);
  #length = 0;

  /** A stream of one batch, valid until the next call. */
  of(batch: RecordBatch): Uint8Array {
    this.#length = 0;
    const writer = new KeptWriter((piece) => this.#append(piece));
    writer.reset(undefined, batch.schema);
    writer.write(batch);
    writer.close();
    return this.#bytes.subarray(0, this.#length);
  }

  #append(piece: Uint8Array): void {
    const needed = this.#length + piece.byteLength;
    if (this.#bytes.length < needed) {
      const grown = new Uint8Array(grownCapacity(this.#bytes.length, needed));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(piece, this.#length);
    this.#length = needed;
  }
}

/** The library's own writer would hold every piece and join them in new memory for each stream. */
class KeptWriter extends RecordBatchStreamWriter {
  readonly #append: (piece: Uint8Array) => void;

  constructor(append: (piece: Uint8Array) => void) {
    super();
    this.#append = append;
  }

  protected override _write(piece: ArrayBufferView): this {
    if (piece.byteLength > 0) {
      this.#append(new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength));
      this._position += piece.byteLength;
    }
    return this;
  }
}
