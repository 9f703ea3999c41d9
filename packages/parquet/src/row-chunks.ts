import { type Data, type DataType, type Field, makeData, RecordBatch, Schema, Struct } from 'apache-arrow';
import { DatagenError, typeNameOf } from '@datagen/core';
import { columnKindOf } from './column-kind.ts';
import { chunkColumn, type ChunkColumn } from './chunk-columns.ts';

/** Columns whose file has ended, by their types: the next file of the table uses their buffers again. */
const spare = new Map<string, ChunkColumn[]>();
const MAX_SPARE = 4;

/**
 * Cuts batches of any size anew into chunks of exactly `chunkRows` rows (the last may be shorter), with the
 * columns of `schema` alone. Text takes the place of dictionaries, unless the encoder reads them. Encoders look at
 * their input chunk by chunk, so a file's bytes would else depend on how a generator cuts its batches; and many small
 * batches cost most of a run. A chunk's buffers are used again for the next one. Without any row there is one empty
 * chunk.
 */
export async function* cutChunks(
  schema: Schema,
  batches: AsyncIterable<RecordBatch>,
  chunkRows: number,
  keepsDictionaries = false,
): AsyncGenerator<RecordBatch> {
  let types = schema.fields.map((field) => field.type as DataType);
  let columns: ChunkColumn[] | undefined;
  let rows = 0;
  let isFirst = true;
  let source: { schema: Schema; indexes: readonly number[] } | undefined;
  for await (const batch of batches) {
    if (source?.schema !== batch.schema) {
      const indexes = indexesOf(schema, batch.schema);
      if (source === undefined && keepsDictionaries)
        types = indexes.map((index) => batch.schema.fields[index]?.type as DataType);
      source = { schema: batch.schema, indexes };
    }
    columns ??= takeColumns(schema, types, keepsDictionaries);
    for (let from = 0; from < batch.numRows;) {
      const count = Math.min(chunkRows - rows, batch.numRows - from);
      for (const [i, column] of columns.entries()) {
        column.append(batch.data.children[source.indexes[i] as number] as Data, from, count);
      }
      from += count;
      rows += count;
      if (rows === chunkRows) {
        yield chunkOf(schema, columns, rows);
        isFirst = false;
        rows = 0;
      }
    }
  }
  columns ??= takeColumns(schema, types, keepsDictionaries);
  if (rows > 0 || isFirst) yield chunkOf(schema, columns, rows);
  // Not after a failure: rows would be left in them.
  if (spare.size >= MAX_SPARE) spare.clear();
  spare.set(typesKey(types, keepsDictionaries), columns);
}

function takeColumns(schema: Schema, types: readonly DataType[], keepsDictionaries: boolean): ChunkColumn[] {
  const key = typesKey(types, keepsDictionaries);
  const found = spare.get(key);
  spare.delete(key);
  return (
    found ?? schema.fields.map((field, i) => chunkColumn(field, types[i] as DataType, keepsDictionaries))
  );
}

function typesKey(types: readonly DataType[], keepsDictionaries: boolean): string {
  return `${String(keepsDictionaries)} ${types.map(String).join(' ')}`;
}

function chunkOf(schema: Schema, columns: readonly ChunkColumn[], length: number): RecordBatch {
  const children = columns.map((column, i) => {
    const data = column.take();
    const field = schema.fields[i] as Field;
    if (data.nullCount === 0 || field.nullable) return data;
    throw new DatagenError(
      'INVALID_PLUGIN',
      `Column \`${field.name}\` holds nulls and is not declared nullable.`,
    );
  });
  const fields = schema.fields.map((field, i) => {
    const { type } = children[i] as Data;
    return type === field.type ? field : field.clone({ type });
  });
  return new RecordBatch(
    fields.every((field, i) => field === schema.fields[i]) ? schema : new Schema(fields),
    makeData({ type: new Struct(fields), length, nullCount: 0, children }),
  );
}

/** Where the columns are in a generator's batches; refuses batches that are not as the table declares. */
function indexesOf(schema: Schema, found: Schema): number[] {
  return schema.fields.map((field) => {
    const index = found.fields.findIndex(({ name }) => name === field.name);
    const [expected, got] = [field, found.fields[index]].map((side) => side && checkedTypeOf(side));
    if (expected === got) return index;
    throw new DatagenError(
      'INVALID_PLUGIN',
      `Expected batches with a column \`${field.name}\` of type ${String(expected)}, got ${got ?? 'none'}.`,
    );
  });
}

/** Names are enough to compare, once both types are among those that a file can hold. */
function checkedTypeOf(field: Field): string {
  columnKindOf(field);
  return typeNameOf(field);
}
