import {
  type Data,
  DataType as Types,
  type DataType,
  type Field,
  makeData,
  type Utf8,
  type Vector,
} from 'apache-arrow';
import { DatagenError } from '@datagen/core/writer';
import type { ChunkColumn } from './chunk-column.ts';
import { grownCapacity, Validity } from './chunk-validity.ts';

/**
 * Of text that one chunk holds of a column. Arrow counts them in 31 bits, and so do page headers; a page is of one chunk,
 * or of what a chunk adds to less than a megabyte.
 */
const MOST_TEXT_BYTES = 2 ** 30;

/** The texts a dictionary column points into, as one run of bytes. */
interface Dictionary {
  readonly vector: Vector<Utf8>;
  readonly offsets: Int32Array;
  readonly bytes: Uint8Array;
}

/** Text as bytes, whether it comes so or as positions in a dictionary. */
export class TextChunk implements ChunkColumn {
  readonly #field: Field;
  readonly #validity = new Validity();
  #offsets = new Int32Array(1);
  #bytes = new Uint8Array(0);
  #dictionary: Dictionary | undefined;
  #rows = 0;

  constructor(field: Field) {
    this.#field = field;
  }

  append(source: Data, from: number, count: number): void {
    this.#validity.append(source, from, count, this.#rows);
    if (this.#offsets.length <= this.#rows + count) {
      const grown = new Int32Array(grownCapacity(this.#offsets.length - 1, this.#rows + count) + 1);
      grown.set(this.#offsets);
      this.#offsets = grown;
    }
    if (Types.isDictionary(source.type)) this.#appendIndexes(source, from, count);
    else this.#appendTexts(source, from, count);
    this.#rows += count;
  }

  take(): Data {
    const length = this.#rows;
    this.#rows = 0;
    const valueOffsets = this.#offsets.subarray(0, length + 1);
    const data = this.#bytes.subarray(0, valueOffsets[length]);
    return makeData({
      type: this.#field.type as DataType,
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
    if (this.#dictionary?.vector !== vector) this.#dictionary = { vector, ...dictionaryTexts(vector) };
    return this.#dictionary;
  }

  #reserveBytes(needed: number): void {
    if (this.#bytes.length >= needed) return;
    checkTextBytes(this.#field.name, needed);
    const grown = new Uint8Array(grownCapacity(this.#bytes.length, needed));
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}

/** Refuses more text than one chunk can hold of a column. */
export function checkTextBytes(column: string, byteCount: number): void {
  if (byteCount <= MOST_TEXT_BYTES) return;
  throw new DatagenError(
    'ENCODE_FAILED',
    `Column \`${column}\` brings ${String(byteCount)} bytes of text at once, and an encoder takes at most ${String(MOST_TEXT_BYTES)} in 131,072 rows. Make its texts shorter.`,
    { details: { column } },
  );
}

/** Where the texts of a dictionary lie; refuses one in several pieces or with nulls. */
export function dictionaryTexts(vector: Vector<Utf8>): Omit<Dictionary, 'vector'> {
  const [only, ...more] = vector.data;
  if (only === undefined || more.length > 0 || vector.nullCount > 0) {
    throw new DatagenError(
      'INVALID_PLUGIN',
      'Expected a dictionary in one piece and without nulls; make it with `textDictionary`.',
    );
  }
  return { offsets: only.valueOffsets, bytes: only.values };
}
