import { type Data, type DataType, makeData, Utf8, Vector } from 'apache-arrow';
import { DatagenError } from '@datagen/core/writer';
import type { ChunkColumn } from './chunk-column.ts';
import { grownCapacity, Validity } from './chunk-validity.ts';
import { dictionaryTexts } from './text-chunk.ts';

/** Texts kept from one chunk to the next; a table that brings new ones with every batch begins anew. */
const MAX_KEPT_TEXTS = 100_000;

/** Text as positions in one dictionary, for encoders that read dictionaries. */
export class DictionaryChunk implements ChunkColumn {
  readonly #type: DataType;
  readonly #validity = new Validity();
  #indexes = new Int32Array(0);
  #rows = 0;
  /** The dictionaries met so far and where their texts begin in the merged one; mostly there is one. */
  #starts = new Map<Vector<Utf8>, number>();
  #merged: Vector<Utf8> | undefined;

  /** `type` is Arrow's dictionary of text. */
  constructor(type: DataType) {
    this.#type = type;
  }

  append(source: Data, from: number, count: number): void {
    if (source.dictionary === undefined)
      throw new DatagenError(
        'INVALID_PLUGIN',
        'Expected a column of text to be a dictionary in all batches or in none.',
      );
    this.#validity.append(source, from, count, this.#rows);
    if (this.#indexes.length < this.#rows + count) {
      const grown = new Int32Array(grownCapacity(this.#indexes.length, this.#rows + count));
      grown.set(this.#indexes);
      this.#indexes = grown;
    }
    const start = this.#startOf(source.dictionary as Vector<Utf8>);
    const added = (source.values as Int32Array).subarray(from, from + count);
    const target = this.#indexes;
    const at = this.#rows;
    if (start === 0) target.set(added, at);
    else for (let i = 0; i < count; i++) target[at + i] = (added[i] as number) + start;
    this.#rows += count;
  }

  take(): Data {
    const length = this.#rows;
    this.#rows = 0;
    const data = this.#indexes.subarray(0, length);
    const dictionary = this.#merged ?? concatenated([]);
    if (dictionary.length > MAX_KEPT_TEXTS) {
      this.#starts = new Map();
      this.#merged = undefined;
    }
    return makeData({ type: this.#type, length, data, dictionary, ...this.#validity.take(length) } as never);
  }

  #startOf(dictionary: Vector<Utf8>): number {
    const known = this.#starts.get(dictionary);
    if (known !== undefined) return known;
    dictionaryTexts(dictionary);
    const start = this.#merged?.length ?? 0;
    this.#starts.set(dictionary, start);
    this.#merged = this.#merged === undefined ? dictionary : concatenated([this.#merged, dictionary]);
    return start;
  }
}

function concatenated(parts: readonly Vector<Utf8>[]): Vector<Utf8> {
  const texts = parts.map(dictionaryTexts);
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const valueOffsets = new Int32Array(length + 1);
  let row = 0;
  let end = 0;
  for (const [i, { offsets }] of texts.entries()) {
    const { length: count } = parts[i] as Vector<Utf8>;
    for (let k = 1; k <= count; k++)
      valueOffsets[row + k] = end + (offsets[k] as number) - (offsets[0] as number);
    row += count;
    end = valueOffsets[row] as number;
  }
  const data = Buffer.concat(
    texts.map(({ offsets, bytes }, i) =>
      bytes.subarray(offsets[0], offsets[(parts[i] as Vector<Utf8>).length]),
    ),
  );
  return new Vector([makeData({ type: new Utf8(), length, nullCount: 0, valueOffsets, data })]);
}
