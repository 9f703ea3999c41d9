import { type Data, type DataType, DataType as Types, type Field, makeData } from 'apache-arrow';
import { columnKindOf } from '@datagen/core/writer';
import type { ChunkColumn } from './chunk-column.ts';
import { grownCapacity, Validity } from './chunk-validity.ts';
import { DictionaryChunk } from './dictionary-chunk.ts';
import { TextChunk } from './text-chunk.ts';

/** `type` is what the batches bring: text may come as a dictionary, which `keepsDictionaries` leaves as it is. */
export function chunkColumn(field: Field, type: DataType, keepsDictionaries: boolean): ChunkColumn {
  const kind = columnKindOf(field);
  if (keepsDictionaries && Types.isDictionary(type)) return new DictionaryChunk(type);
  if (kind === 'boolean') return new BooleanChunk(field.type as DataType);
  if (kind === 'text') return new TextChunk(field);
  return new FixedChunk(field.type as DataType);
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
