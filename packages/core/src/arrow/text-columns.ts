import { type DataType, makeData, Utf8, Vector } from 'apache-arrow';
import { DatagenError } from '../support/errors.ts';
import type { Arena } from './arena.ts';
import { ColumnBuffer } from './columns.ts';

const encoder = new TextEncoder();

/** Text that hardly repeats, appended row by row as UTF-8 bytes. */
export class Utf8Column extends ColumnBuffer {
  readonly #offsets: Int32Array;
  #bytes: Uint8Array;
  #length = 0;
  #row = 0;

  constructor(type: DataType, capacity: number, memory: Arena) {
    super(type, capacity, memory);
    this.#offsets = memory.int32s(capacity + 1);
    this.#bytes = memory.bytes(capacity * 24 + 64);
  }

  /** Adds bytes to the current row; `endRow` closes it. */
  appendBytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    // A loop beats set() for the few bytes of a name.
    const target = this.#bytes;
    const from = this.#length;
    for (let i = 0; i < bytes.length; i++) target[from + i] = bytes[i] as number;
    this.#length = from + bytes.length;
  }

  appendText(value: string): void {
    this.#reserve(value.length * 3);
    this.#length += encoder.encodeInto(value, this.#bytes.subarray(this.#length)).written;
  }

  /** Adds the decimal digits of a whole number from 0 up, zero-padded to at least `width`. */
  appendInteger(value: number, width = 1): void {
    let digits = 1;
    for (let limit = 10; limit <= value; limit *= 10) digits++;
    digits = Math.max(digits, width);
    this.#reserve(digits);
    for (let at = this.#length + digits - 1; at >= this.#length; at--) {
      const rest = Math.floor(value / 10);
      this.#bytes[at] = 48 + value - rest * 10;
      value = rest;
    }
    this.#length += digits;
  }

  /** Closes the current row. */
  endRow(): void {
    this.#offsets[++this.#row] = this.#length;
  }

  /** Closes the current row as null. */
  endNull(): void {
    this.setNull(this.#row);
    this.endRow();
  }

  protected buffers() {
    const rowCount = this.#offsets.length - 1;
    if (this.#row !== rowCount) {
      throw new DatagenError(
        'INVALID_PLUGIN',
        `Expected ${String(rowCount)} texts in a column, got ${String(this.#row)}.`,
      );
    }
    return { data: this.#bytes.subarray(0, this.#length), valueOffsets: this.#offsets };
  }

  #reserve(extra: number): void {
    if (this.#length + extra <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + extra));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }
}

/** Text from a fixed list: `indexes[row]` is the position in the dictionary given to the builder. */
export class DictionaryColumn extends ColumnBuffer {
  readonly indexes: Int32Array;
  readonly #dictionary: Vector<Utf8>;

  constructor(type: DataType, capacity: number, memory: Arena, dictionary: Vector<Utf8>) {
    super(type, capacity, memory);
    this.indexes = memory.int32s(capacity);
    this.#dictionary = dictionary;
  }

  /** Sets rows from `row` on to what `indexes` has for `codes[from]` to `codes[to - 1]`; null where a code is 0. */
  setCodes(row: number, codes: Uint8Array, indexes: Int32Array, from: number, to: number): void {
    const target = this.indexes;
    for (let i = from, at = row; i < to; i++, at++) {
      const code = codes[i] as number;
      target[at] = (indexes[code] as number) & ~((code - 1) >> 31);
    }
    this.setNullsAtZeros(row, codes, from, to);
  }

  protected buffers() {
    return { data: this.indexes, dictionary: this.#dictionary };
  }
}

/** The fixed list behind dictionary columns; make it once and reuse it in every batch. */
export function textDictionary(values: readonly string[]): Vector<Utf8> {
  const bytes = values.map((value) => encoder.encode(value));
  const valueOffsets = new Int32Array(values.length + 1);
  bytes.forEach((value, i) => {
    valueOffsets[i + 1] = (valueOffsets[i] as number) + value.length;
  });
  const data = Buffer.concat(bytes);
  return new Vector([
    makeData({ type: new Utf8(), length: values.length, nullCount: 0, valueOffsets, data }),
  ]);
}
