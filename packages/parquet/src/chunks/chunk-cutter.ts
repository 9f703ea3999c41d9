import type { Data, DataType, Field, RecordBatch, Schema } from 'apache-arrow';
import { columnIndexes, refuseNulls } from '@datagen/core/writer';
import type { ChunkColumn } from './chunk-column.ts';
import { chunkColumn } from './chunk-columns.ts';
import { checkTextBytes } from './text-chunk.ts';

/** Rows as an encoder takes them: the columns of a file's schema, each with `rowCount` values from its first on. */
export interface Chunk {
  readonly rowCount: number;
  readonly columns: readonly Data[];
}

/** What an encoder can take. */
export interface ChunkShape {
  /** Rows of a gathered chunk; the last one of a file, and one before a batch that passes, may be shorter. */
  readonly rows: number;
  /**
   * Batches of at least so many rows are chunks themselves: text stays a dictionary where it is one, and no value is
   * copied. Smaller ones are gathered.
   * @default none
   */
  readonly passedFrom?: number;
}

/** For encoders that take the same number of rows each time; a multiple of the 1,024 values they look at together. */
export const EVEN_CHUNKS: ChunkShape = { rows: 131_072 };

/** Cuts the batches of a table's files into chunks. The buffers of a file that has ended serve the next one. */
export class ChunkCutter {
  readonly #schema: Schema;
  readonly #shape: ChunkShape;
  #spare: { readonly types: string; readonly columns: ChunkColumn[] } | undefined;

  /** For files with the columns of `schema`. */
  constructor(schema: Schema, shape: ChunkShape) {
    this.#schema = schema;
    this.#shape = shape;
  }

  /**
   * Cuts batches of any size anew into chunks of `rows` rows (the last may be shorter), with the columns of the schema
   * alone and text in the place of dictionaries. Encoders look at their input chunk by chunk, so a file's bytes would
   * else depend on how a generator cuts its batches; and many small batches cost most of a run. With `passedFrom`,
   * large batches pass as they are. A chunk's buffers are used again for the next one. Without any row there is one
   * empty chunk.
   */
  async *cut(batches: AsyncIterable<RecordBatch>): AsyncGenerator<Chunk> {
    const schema = this.#schema;
    const { rows: chunkRows, passedFrom = Infinity } = this.#shape;
    const keepsDictionaries = passedFrom < Infinity;
    let types = schema.fields.map((field) => field.type as DataType);
    let columns: ChunkColumn[] | undefined;
    let rows = 0;
    let isFirst = true;
    let source: { schema: Schema; indexes: readonly number[] } | undefined;
    for await (const batch of batches) {
      if (source?.schema !== batch.schema) {
        const indexes = columnIndexes(schema, batch.schema);
        if (source === undefined && keepsDictionaries)
          types = indexes.map((index) => batch.schema.fields[index]?.type as DataType);
        source = { schema: batch.schema, indexes };
      }
      const found = source.indexes.map((index) => batch.data.children[index] as Data);
      if (batch.numRows >= passedFrom && found.every(({ offset }) => offset === 0)) {
        if (columns !== undefined && rows > 0) yield takeChunk(schema, columns, rows);
        yield checked(schema, { rowCount: batch.numRows, columns: found });
        isFirst = false;
        rows = 0;
        continue;
      }
      columns ??= this.#takeColumns(types);
      for (let from = 0; from < batch.numRows;) {
        const count = Math.min(chunkRows - rows, batch.numRows - from);
        for (const [i, column] of columns.entries()) column.append(found[i] as Data, from, count);
        from += count;
        rows += count;
        if (rows === chunkRows) {
          yield takeChunk(schema, columns, rows);
          isFirst = false;
          rows = 0;
        }
      }
    }
    columns ??= this.#takeColumns(types);
    if (rows > 0 || isFirst) yield takeChunk(schema, columns, rows);
    // Not after a failure: rows would be left in them.
    this.#spare = { types: types.map(String).join(), columns };
  }

  #takeColumns(types: readonly DataType[]): ChunkColumn[] {
    const spare = this.#spare;
    this.#spare = undefined;
    if (spare?.types === types.map(String).join()) return spare.columns;
    const keepsDictionaries = this.#shape.passedFrom !== undefined;
    return this.#schema.fields.map((field, i) => chunkColumn(field, types[i] as DataType, keepsDictionaries));
  }
}

function takeChunk(schema: Schema, columns: readonly ChunkColumn[], rowCount: number): Chunk {
  return checked(schema, { rowCount, columns: columns.map((column) => column.take()) });
}

function checked(schema: Schema, chunk: Chunk): Chunk {
  for (const [i, column] of chunk.columns.entries()) {
    const field = schema.fields[i] as Field;
    const offsets = column.valueOffsets as Int32Array | undefined;
    if (offsets !== undefined) checkTextBytes(field.name, (offsets[chunk.rowCount] ?? 0) - (offsets[0] ?? 0));
    refuseNulls(field, column);
  }
  return chunk;
}
