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

  /** Sets rows `start` to `end - 1` to null, none of which is null yet. */
  setNulls(start: number, end: number): void {
    let row = start;
    for (; row < end && (row & 7) !== 0; row++) this.setNull(row);
    const whole = Math.max(row, end & ~7);
    if (row < whole) {
      this.#validity ??= this.#memory.bytes(bitmapBytes(this.#capacity)).fill(0xff);
      this.#validity.fill(0, row >> 3, whole >> 3);
      this.#nullCount += whole - row;
    }
    for (row = whole; row < end; row++) this.setNull(row);
  }

  /** Sets rows from `row` on to null where one of `codes[from]` to `codes[to - 1]` is 0; none of them is null yet. */
  setNullsAtZeros(row: number, codes: Uint8Array, from: number, to: number): void {
    let nulls = 0;
    for (let i = from; i < to; i++, row++) {
      // 1 for 0 and no branch: which rows are null can often not be foreseen.
      nulls |= (((codes[i] as number) - 1) >>> 31) << (row & 7);
      if ((row & 7) !== 7) continue;
      this.setNullBits(row >> 3, nulls);
      nulls = 0;
    }
    this.setNullBits(row >> 3, nulls);
  }

  /** Sets those of the rows `8 * byte` to `8 * byte + 7` to null whose bits are 1; none of them is null yet. */
  protected setNullBits(byte: number, bits: number): void {
    if (bits === 0) return;
    this.#validity ??= this.#memory.bytes(bitmapBytes(this.#capacity)).fill(0xff);
    this.#validity[byte] = (this.#validity[byte] as number) & ~bits;
    const pairs = bits - ((bits >> 1) & 0x55);
    const fours = (pairs & 0x33) + ((pairs >> 2) & 0x33);
    this.#nullCount += (fours + (fours >> 4)) & 15;
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

  /** Sets rows `row` to `end - 1` to one value. */
  fill(row: number, end: number, value: number): void {
    const words = this.#words;
    const low = value | 0;
    const high = (value - (low >>> 0)) / 0x100000000;
    for (let at = row * 2; at < end * 2; at += 2) {
      words[at] = low;
      words[at + 1] = high;
    }
  }

  /** Sets rows `row` to `end - 1` to `first`, `first + 1`, …, as ids are. */
  setSequence(row: number, end: number, first: number): void {
    const words = this.#words;
    let low = first | 0;
    let high = (first - (low >>> 0)) / 0x100000000;
    for (let at = row * 2; at < end * 2; at += 2) {
      words[at] = low;
      words[at + 1] = high;
      low = (low + 1) | 0;
      if (low === 0) high++;
    }
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
    let nulls = 0;
    let at = row;
    for (let i = 0; i < seconds.length; i++, at++) {
      const time = seconds[i] as number;
      if (time === time) this.set(at, Math.floor(time * 1e6 + 0.5));
      else nulls |= 1 << (at & 7);
      if ((at & 7) !== 7) continue;
      this.setNullBits(at >> 3, nulls);
      nulls = 0;
    }
    this.setNullBits(at >> 3, nulls);
  }

  /** Sets rows from `row` on to what `values` has for `codes[from]` to `codes[to - 1]`; null where a code is 0. */
  setCodes(row: number, codes: Uint8Array, values: Int32Array, from: number, to: number): void {
    const words = this.#words;
    for (let i = from, at = row * 2; i < to; i++, at += 2) {
      const code = codes[i] as number;
      // A null has the value 0, as everywhere.
      const value = (values[code] as number) & ~((code - 1) >> 31);
      words[at] = value;
      words[at + 1] = value >> 31;
    }
    this.setNullsAtZeros(row, codes, from, to);
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
    const low = units | 0;
    words[at] = low;
    words[at + 1] = low === units ? low >> 31 : (units - (low >>> 0)) / 0x100000000;
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

  /** Sets rows from `row` on to true where one of `flags[from]` to `flags[to - 1]`, which are 0 or 1, is 1. */
  setFlags(row: number, flags: Uint8Array, from: number, to: number): void {
    const bits = this.#bits;
    let byte = 0;
    for (let i = from; i < to; i++, row++) {
      byte |= (flags[i] as number) << (row & 7);
      if ((row & 7) !== 7) continue;
      bits[row >> 3] = (bits[row >> 3] as number) | byte;
      byte = 0;
    }
    if (byte !== 0) bits[row >> 3] = (bits[row >> 3] as number) | byte;
  }

  protected buffers() {
    return { data: this.#bits };
  }
}
