import { createHash } from 'node:crypto';
import { type TableDefinition, tableConflict } from '@datagen/core/writer';
import type { PartitionKey } from '../partitioning.ts';
import type { LakeColumn } from '../schema.ts';
import { sql, type SqlTransaction } from '@datagen/sql';
import { TAG_PREFIX } from './coverage-tags.ts';
import { folderIn, type LakePlace, type LakeSchema, pathOfName } from './lake.ts';

/** A table of a lake at one moment. */
export interface LakeTable {
  readonly id: number;
  readonly uuid: string;
  readonly columns: readonly LakeColumn[];
  /** Absent where it is not partitioned. */
  readonly partitioning?: { readonly id: number; readonly keys: readonly PartitionKey[] };
  /** The tags of datagen. */
  readonly tags: ReadonlyMap<string, string>;
}

/** A table that is there, or is to be made, and where its files lie. */
export interface FoundTable {
  /** Absent where there is none of that name. */
  readonly table?: LakeTable;
  /** Relative to the storage; ends in `/`. */
  readonly folder: string;
  /** The same folder as the catalog has it. */
  readonly path: { readonly text: string; readonly isRelative: boolean };
  /** Of a table that is not there: a hash of what its folder was used for before; empty where it was not. */
  readonly past: string;
}

/** A table that is to be made, in a folder that nobody has used. */
export function newTable(schema: LakeSchema, { name }: TableDefinition): FoundTable {
  const text = pathOfName(name);
  return { folder: `${schema.folder}${text}`, path: { text, isRelative: true }, past: '' };
}

/** Looks a table up, in whose name no case counts, as DuckDB has it. */
export async function findTable(
  transaction: SqlTransaction,
  place: LakePlace,
  schema: LakeSchema,
  definition: TableDefinition,
): Promise<FoundTable> {
  const made = newTable(schema, definition);
  if (schema.id === undefined || !(await transaction.hasTable('ducklake_table'))) return made;
  const name = definition.name.toLowerCase();
  // A table that was renamed keeps its folder.
  const related = await transaction.select(
    {
      table_id: 'integer',
      table_uuid: 'text',
      table_name: 'text',
      path: 'text',
      path_is_relative: 'boolean',
      end_snapshot: 'integer?',
    },
    sql`FROM ducklake_table WHERE schema_id = ${schema.id} AND (lower(table_name) = ${name} OR path = ${made.path.text}) ORDER BY table_id, begin_snapshot`,
  );
  const live = related.find((row) => row.end_snapshot === null && row.table_name.toLowerCase() === name);
  if (live === undefined) {
    await refuseView(transaction, place, schema, definition.name);
    const ids = [...new Set(related.map(({ table_id }) => table_id))];
    const folder = made.folder.slice(schema.dataFolder.length);
    return { ...made, past: await pastOf(transaction, ids, folder) };
  }
  const id = live.table_id;
  const columns = await columnsOf(transaction, id);
  const partitioning = await partitioningOf(transaction, id, columns);
  const { path: text, path_is_relative: isRelative } = live;
  return {
    folder: folderIn(place, schema.folder, text, isRelative),
    path: { text, isRelative },
    past: '',
    table: {
      id,
      uuid: live.table_uuid,
      columns,
      tags: await tagsOf(transaction, id),
      ...(partitioning && { partitioning }),
    },
  };
}

/**
 * The first live data file in a table's folder, as a path of the storage; undefined where its rows are in no file, or in
 * files that somebody added from elsewhere.
 */
export async function firstLiveFile(
  transaction: SqlTransaction,
  { table, folder }: FoundTable,
): Promise<string | undefined> {
  if (table === undefined) return undefined;
  const [file] = await transaction.select(
    { path: 'text' },
    sql`FROM ducklake_data_file WHERE table_id = ${table.id} AND end_snapshot IS NULL AND path_is_relative = ${true} ORDER BY data_file_id LIMIT 1`,
  );
  return file && `${folder}${file.path}`;
}

/**
 * Files of tables that were dropped may still be waiting for their removal, and a file of the same path would go with
 * them: what waits there decides the names of new files, and is the same as long as nothing happens.
 */
async function pastOf(transaction: SqlTransaction, ids: readonly number[], folder: string): Promise<string> {
  const waiting = await transaction.select(
    { path: 'text' },
    sql`FROM ducklake_files_scheduled_for_deletion WHERE path LIKE ${`%${folder}%`} ORDER BY path`,
  );
  if (ids.length === 0 && waiting.length === 0) return '';
  return createHash('sha256')
    .update(JSON.stringify([ids, waiting.map(({ path }) => path)]))
    .digest('hex')
    .slice(0, 16);
}

async function columnsOf(transaction: SqlTransaction, id: number): Promise<readonly LakeColumn[]> {
  const rows = await transaction.select(
    { column_id: 'integer', column_name: 'text', column_type: 'text', nulls_allowed: 'boolean' },
    sql`FROM ducklake_column WHERE table_id = ${id} AND end_snapshot IS NULL AND parent_column IS NULL ORDER BY column_order`,
  );
  return rows.map((row) => ({
    id: row.column_id,
    name: row.column_name,
    type: row.column_type,
    isNullable: row.nulls_allowed,
  }));
}

async function partitioningOf(
  transaction: SqlTransaction,
  id: number,
  columns: readonly LakeColumn[],
): Promise<LakeTable['partitioning'] | undefined> {
  const rows = await transaction.select(
    { partition_id: 'integer', column_id: 'integer', transform: 'text' },
    sql`FROM ducklake_partition_column WHERE table_id = ${id} AND partition_id IN (SELECT partition_id FROM ducklake_partition_info WHERE table_id = ${id} AND end_snapshot IS NULL) ORDER BY partition_key_index`,
  );
  const [first] = rows;
  if (first === undefined) return undefined;
  const names = new Map(columns.map((column) => [column.id, column.name]));
  return {
    id: first.partition_id,
    keys: rows.map(({ column_id, transform }) => ({
      column: names.get(column_id) ?? '',
      transform: transform as PartitionKey['transform'],
    })),
  };
}

async function tagsOf(transaction: SqlTransaction, id: number): Promise<ReadonlyMap<string, string>> {
  const rows = await transaction.select(
    { key: 'text', value: 'text' },
    sql`FROM ducklake_tag WHERE object_id = ${id} AND end_snapshot IS NULL AND key LIKE ${`${TAG_PREFIX}%`} ORDER BY key`,
  );
  return new Map(rows.map(({ key, value }) => [key, value]));
}

async function refuseView(
  transaction: SqlTransaction,
  { catalogName }: LakePlace,
  { id = 0 }: LakeSchema,
  name: string,
): Promise<void> {
  const views = await transaction.select(
    { view_name: 'text' },
    sql`FROM ducklake_view WHERE schema_id = ${id} AND lower(view_name) = ${name.toLowerCase()} AND end_snapshot IS NULL`,
  );
  if (views.length === 0) return;
  throw tableConflict(
    `Cannot make the table ${name} in ${catalogName}: there is a view of that name. Drop it, or choose another schema.`,
    { catalog: catalogName, view: name },
  );
}
