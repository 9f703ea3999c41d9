import { Data, type DataType, makeData, Utf8, Vector } from 'apache-arrow';
import { DatagenError } from '../errors.ts';
import type { Arena } from './arena.ts';

/** Arrow's sign for a column without nulls. */
const NO_BITMAP = new Uint8Array(0);

/** The buffers of one column of one batch, and which of its rows are null. */
export abstract class ColumnBuffer {
  readonly #type: DataType;
  readonly #capacity: number;
  readonly #memory: Arena;
  #validity: Uint8Array | undefined;
  protected nullCount = 0;

  constructor(type: DataType, capacity: number, memory: Arena) {
    this.#type = type;
    this.#capacity = capacity;
    this.#memory = memory;
  }

  setNull(row: number): void {
    const validity = this.validity();
    validity[row >> 3] = (validity[row >> 3] as number) & ~(1 << (row & 7));
    this.nullCount++;
  }

  /** One bit a row, set where it is there; from the first null on. */
  protected validity(): Uint8Array {
    return (this.#validity ??= this.#memory.bytes(bitmapBytes(this.#capacity)).fill(0xff));
  }

  /** The finished Arrow data of all rows. */
  finish(): Data {
    const { data, valueOffsets, dictionary } = this.buffers();
    // Not `makeData`, which looks every buffer over: a table of small blocks has many batches.
    const buffers = [valueOffsets, data, this.#validity ?? NO_BITMAP] as unknown as Data['buffers'];
    return new Data(this.#type, 0, this.#capacity, this.nullCount, buffers, [], dictionary);
  }

  protected abstract buffers(): {
    data: ArrayBufferView;
    valueOffsets?: Int32Array;
    dictionary?: Vector<Utf8>;
  };
}

function bitmapBytes(length: number): number {
  return ((length + 63) >> 6) << 3;
}

/** A column whose values are written straight into the typed array that Arrow will hold: `values[row] = x`. */
export class NumberColumn<T extends Int32Array | Float64Array> extends ColumnBuffer {
  readonly values: T;

  constructor(type: DataType, values: T, memory: Arena) {
    super(type, values.length, memory);
    this.values = values;
  }

  protected buffers() {
    return { data: this.values };
  }
}

/** 64-bit integers (ids, microsecond timestamps) set from doubles, as two 32-bit halves: no BigInt per row. */
export class Int64Column extends ColumnBuffer {
  readonly #words: Int32Array<ArrayBuffer>;

  constructor(type: DataType, capacity: number, memory: Arena) {
    super(type, capacity, memory);
    this.#words = memory.int32s(capacity * 2);
  }

  /** `value` is a whole number within ±2^53. */
  set(row: number, value: number): void {
    const low = value >>> 0;
    this.#words[row * 2] = low;
    this.#words[row * 2 + 1] = (value - low) / 0x100000000;
  }

  /** Sets rows `row` to `end - 1` to `first`, `first + 1`, …, as ids are. */
  setSequence(row: number, end: number, first: number): void {
    for (let i = row; i < end; i++) this.set(i, first + (i - row));
  }

  /** Sets rows from `row` on to `added` more than `values[from]` to `values[to - 1]`; sums are within ±2^31. */
  setIntegers(row: number, values: Int32Array, from: number, to: number, added = 0): void {
    const words = this.#words;
    for (let i = from, at = row * 2; i < to; i++, at += 2) {
      const value = ((values[i] as number) + added) | 0;
      words[at] = value;
      words[at + 1] = value >> 31;
    }
  }

  /** Sets rows from `row` on to instants given in seconds since 1970, rounded to microseconds; null where NaN. */
  setSeconds(row: number, seconds: Float64Array): void {
    const words = this.#words;
    let validity: Uint8Array | undefined;
    let nullCount = 0;
    for (let i = 0; i < seconds.length; i++) {
      const time = seconds[i] as number;
      const at = row + i;
      if (time === time) {
        const microseconds = Math.floor(time * 1e6 + 0.5);
        const low = microseconds >>> 0;
        words[at * 2] = low;
        words[at * 2 + 1] = (microseconds - low) / 0x100000000;
      } else {
        validity ??= this.validity();
        validity[at >> 3] = (validity[at >> 3] as number) & ~(1 << (at & 7));
        nullCount++;
      }
    }
    this.nullCount += nullCount;
  }

  protected buffers() {
    const { buffer, byteOffset, length } = this.#words;
    return { data: new BigInt64Array(buffer, byteOffset, length / 2) };
  }
}

/** Decimal128 values set as whole units of their last digit (cents for scale 2). */
export class DecimalColumn extends ColumnBuffer {
  readonly #words: Int32Array<ArrayBuffer>;

  constructor(type: DataType, capacity: number, memory: Arena) {
    super(type, capacity, memory);
    this.#words = memory.int32s(capacity * 4);
  }

  /** `units` is a whole number within ±2^53: 1999 is 19.99 in a column of scale 2. */
  set(row: number, units: number): void {
    const words = this.#words;
    const at = row * 4;
    const low = units >>> 0;
    words[at] = low;
    words[at + 1] = (units - low) / 0x100000000;
    if (units < 0) words[at + 2] = words[at + 3] = -1;
  }

  /** Sets rows from `row` on to `values[from]` to `values[to - 1]`, in units of the last digit. */
  setIntegers(row: number, values: Int32Array, from: number, to: number): void {
    const words = this.#words;
    for (let i = from, at = row * 4; i < to; i++, at += 4) {
      const units = values[i] as number;
      words[at] = units;
      words[at + 1] = words[at + 2] = words[at + 3] = units >> 31;
    }
  }

  protected buffers() {
    const { buffer, byteOffset, length } = this.#words;
    return { data: new Uint32Array(buffer, byteOffset, length) };
  }
}

/** Booleans, one bit each; false until set. */
export class BooleanColumn extends ColumnBuffer {
  readonly #bits: Uint8Array;

  constructor(type: DataType, capacity: number, memory: Arena) {
    super(type, capacity, memory);
    this.#bits = memory.bytes(bitmapBytes(capacity));
  }

  setTrue(row: number): void {
    this.#bits[row >> 3] = (this.#bits[row >> 3] as number) | (1 << (row & 7));
  }

  protected buffers() {
    return { data: this.#bits };
  }
}

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
