import {
  type Data,
  type DataType,
  DataType as Types,
  type Field,
  makeData,
  type Utf8,
  type Vector,
} from 'apache-arrow';
import { DatagenError } from '@datagen/core';
import { columnKindOf } from './column-kind.ts';

/** One column of a chunk, gathered from batches of any size; its buffers are kept from chunk to chunk. */
export interface ChunkColumn {
  /** Adds rows `from` to `from + count - 1` of a batch's column. */
  append(source: Data, from: number, count: number): void;
  /** The rows since the last call, as views of the buffers that the next `append` writes to. */
  take(): Data;
}

export function chunkColumn(field: Field): ChunkColumn {
  const kind = columnKindOf(field);
  if (kind === 'boolean') return new BooleanChunk(field.type as DataType);
  if (kind === 'text') return new TextChunk(field.type as DataType);
  return new FixedChunk(field.type as DataType);
}

/** Doubles from 4,096 rows, so that small files stay cheap. */
function grownCapacity(capacity: number, needed: number): number {
  let grown = Math.max(capacity, 4096);
  while (grown < needed) grown *= 2;
  return grown;
}

class Validity {
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

type Values = Int32Array | Uint32Array | Float64Array | BigInt64Array;

class FixedChunk implements ChunkColumn {
  readonly #type: DataType;
  /** Array elements per value: a decimal is four 32-bit words. */
  readonly #stride: number;
  readonly #validity = new Validity();
  #values: Values | undefined;
  #rows = 0;

  constructor(type: DataType) {
    this.#type = type;
    this.#stride = Types.isDecimal(type) ? 4 : 1;
  }

  append(source: Data, from: number, count: number): void {
    const values = source.values as Values;
    const stride = this.#stride;
    this.#validity.append(source, from, count, this.#rows);
    const target = this.#reserve(values, this.#rows + count);
    target.set(values.subarray(from * stride, (from + count) * stride) as never, this.#rows * stride);
    this.#rows += count;
  }

  take(): Data {
    const length = this.#rows;
    this.#rows = 0;
    const data = this.#values?.subarray(0, length * this.#stride);
    return makeData({ type: this.#type, length, data, ...this.#validity.take(length) } as never);
  }

  #reserve(like: Values, rows: number): Values {
    const held = this.#values;
    if (held !== undefined && held.length >= rows * this.#stride) return held;
    const capacity = grownCapacity((held?.length ?? 0) / this.#stride, rows) * this.#stride;
    const grown = new (like.constructor as new (length: number) => Values)(capacity);
    if (held !== undefined) grown.set(held as never);
    this.#values = grown;
    return grown;
  }
}

class BooleanChunk implements ChunkColumn {
  readonly #type: DataType;
  readonly #validity = new Validity();
  #bits = new Uint8Array(0);
  #rows = 0;

  constructor(type: DataType) {
    this.#type = type;
  }

  append(source: Data, from: number, count: number): void {
    const at = this.#rows;
    this.#validity.append(source, from, count, at);
    if (this.#bits.length * 8 < at + count) {
      const grown = new Uint8Array(grownCapacity(this.#bits.length * 8, at + count) / 8);
      grown.set(this.#bits);
      this.#bits = grown;
    }
    const bits = this.#bits;
    const values = source.values as Uint8Array;
    const first = source.offset + from;
    for (let i = 0; i < count; i++) {
      const value = ((values[(first + i) >> 3] as number) >> ((first + i) & 7)) & 1;
      const row = at + i;
      bits[row >> 3] = ((bits[row >> 3] as number) & ~(1 << (row & 7))) | (value << (row & 7));
    }
    this.#rows += count;
  }

  take(): Data {
    const length = this.#rows;
    this.#rows = 0;
    return makeData({ type: this.#type, length, data: this.#bits, ...this.#validity.take(length) } as never);
  }
}

/** The texts a dictionary column points into, as one run of bytes. */
interface Dictionary {
  readonly vector: Vector<Utf8>;
  readonly offsets: Int32Array;
  readonly bytes: Uint8Array;
}

class TextChunk implements ChunkColumn {
  readonly #type: DataType;
  readonly #validity = new Validity();
  #offsets = new Int32Array(1);
  #bytes = new Uint8Array(0);
  #dictionary: Dictionary | undefined;
  #rows = 0;

  constructor(type: DataType) {
    this.#type = type;
  }

  append(source: Data, from: number, count: number): void {
    this.#validity.append(source, from, count, this.#rows);
    if (this.#offsets.length <= this.#rows + count) {
      const grown = new Int32Array(grownCapacity(this.#offsets.length - 1, this.#rows + count) + 1);
      grown.set(this.#offsets);
      this.#offsets = grown;
    }
    if (Types.isDictionary(source.type as DataType)) this.#appendIndexes(source, from, count);
    else this.#appendTexts(source, from, count);
    this.#rows += count;
  }

  take(): Data {
    const length = this.#rows;
    this.#rows = 0;
    const valueOffsets = this.#offsets.subarray(0, length + 1);
    const data = this.#bytes.subarray(0, valueOffsets[length]);
    return makeData({
      type: this.#type,
      length,
      valueOffsets,
      data,
      ...this.#validity.take(length),
    } as never);
  }

  #appendTexts(source: Data, from: number, count: number): void {
    const { valueOffsets, values } = source as unknown as { valueOffsets: Int32Array; values: Uint8Array };
    const begin = valueOffsets[from] as number;
    const end = this.#offsets[this.#rows] as number;
    const byteCount = (valueOffsets[from + count] as number) - begin;
    this.#reserveBytes(end + byteCount);
    this.#bytes.set(values.subarray(begin, begin + byteCount), end);
    const shift = end - begin;
    for (let i = 1; i <= count; i++)
      this.#offsets[this.#rows + i] = (valueOffsets[from + i] as number) + shift;
  }

  #appendIndexes(source: Data, from: number, count: number): void {
    const dictionary = this.#dictionaryOf(source);
    const { offsets, bytes } = dictionary;
    const indexes = source.values as Int32Array;
    const valid = source.nullCount === 0 ? undefined : source.nullBitmap;
    let end = this.#offsets[this.#rows] as number;
    for (let i = 0; i < count; i++) {
      const bit = source.offset + from + i;
      if (valid === undefined || ((valid[bit >> 3] as number) >> (bit & 7)) & 1) {
        const index = indexes[from + i] as number;
        let at = offsets[index] as number;
        const stop = offsets[index + 1] as number;
        if (this.#bytes.length < end + stop - at) this.#reserveBytes(end + stop - at);
        const target = this.#bytes;
        // Most texts are short, where a loop beats a call of `set`.
        if (stop - at > 48) {
          target.set(bytes.subarray(at, stop), end);
          end += stop - at;
        } else while (at < stop) target[end++] = bytes[at++] as number;
      }
      this.#offsets[this.#rows + i + 1] = end;
    }
  }

  #dictionaryOf(source: Data): Dictionary {
    const vector = source.dictionary as Vector<Utf8>;
    if (this.#dictionary?.vector === vector) return this.#dictionary;
    const [only, ...more] = vector.data;
    if (only === undefined || more.length > 0 || vector.nullCount > 0) {
      throw new DatagenError(
        'INVALID_PLUGIN',
        'Expected a dictionary in one piece and without nulls; make it with `textDictionary`.',
      );
    }
    this.#dictionary = { vector, offsets: only.valueOffsets, bytes: only.values };
    return this.#dictionary;
  }

  #reserveBytes(needed: number): void {
    if (this.#bytes.length >= needed) return;
    const grown = new Uint8Array(grownCapacity(this.#bytes.length, needed));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}
