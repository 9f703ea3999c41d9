import { Data, type DataType, type Utf8, type Vector } from 'apache-arrow';
import type { Arena } from './arena.ts';

/** Arrow's sign for a column without nulls. */
const NO_BITMAP = new Uint8Array(0);

/** The buffers of one column of one batch, and which of its rows are null. */
export abstract class ColumnBuffer {
  readonly #type: DataType;
  readonly #capacity: number;
  readonly #memory: Arena;
  #validity: Uint8Array | undefined;
  #nullCount = 0;

  constructor(type: DataType, capacity: number, memory: Arena) {
    this.#type = type;
    this.#capacity = capacity;
    this.#memory = memory;
  }

  setNull(row: number): void {
    this.#validity ??= this.#memory.bytes(bitmapBytes(this.#capacity)).fill(0xff);
    this.#validity[row >> 3] = (this.#validity[row >> 3] as number) & ~(1 << (row & 7));
    this.#nullCount++;
  }

  /** The finished Arrow data of all rows. */
  finish(): Data {
    const { data, valueOffsets, dictionary } = this.buffers();
    // Not `makeData`, which looks every buffer over: a table of small blocks has many batches.
    const buffers = [valueOffsets, data, this.#validity ?? NO_BITMAP] as unknown as Data['buffers'];
    return new Data(this.#type, 0, this.#capacity, this.#nullCount, buffers, [], dictionary);
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
    for (let i = 0; i < seconds.length; i++) {
      const time = seconds[i] as number;
      if (time === time) this.set(row + i, Math.floor(time * 1e6 + 0.5));
      else this.setNull(row + i);
    }
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
