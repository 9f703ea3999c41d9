import { randomUUID } from 'node:crypto';
import { docOf, type TableDefinition } from '@datagen/core/writer';
import type { PartitionKey } from '../partitioning.ts';
import { columnsOf } from '../schema.ts';
import { sql, type SqlTransaction } from '@datagen/sql';
import { type LakeSchema, pathOfName } from '../catalog/lake.ts';
import type { FoundTable, LakeTable } from '../catalog/lake-table.ts';
import type { Snapshot } from './snapshot.ts';
import { expressionOf, quoted } from './sql-names.ts';
import { TABLES } from '../catalog/tables.ts';

const COMMENT = 'comment';

/** Makes the schema of the tables where there is none; gives its id. */
export function ensureSchema(snapshot: Snapshot, { id, name }: LakeSchema): number {
  if (id !== undefined) return id;
  const schemaId = snapshot.nextCatalogId();
  snapshot.change(`created_schema:${quoted(name)}`);
  snapshot.add(TABLES.schema, {
    schema_id: schemaId,
    schema_uuid: randomUUID(),
    begin_snapshot: snapshot.id,
    schema_name: name,
    path: pathOfName(name),
    path_is_relative: true,
  });
  return schemaId;
}

/** Makes a table: columns, comments, partitioning and sort order, in the words of DuckDB's extension. */
export function createTable(
  snapshot: Snapshot,
  table: TableDefinition,
  schema: { readonly id: number; readonly name: string },
  path: FoundTable['path'],
  keys: readonly PartitionKey[],
): LakeTable {
  const id = snapshot.nextCatalogId();
  const uuid = randomUUID();
  const begin = { begin_snapshot: snapshot.id };
  const columns = columnsOf(table);
  snapshot.change(`created_table:${quoted(schema.name)}.${quoted(table.name)}`);
  snapshot.changeSchema(id);
  snapshot.add(TABLES.table, {
    table_id: id,
    table_uuid: uuid,
    ...begin,
    schema_id: schema.id,
    table_name: table.name,
    path: path.text,
    path_is_relative: path.isRelative,
  });
  for (const [i, { id: columnId, name, type, isNullable }] of columns.entries()) {
    snapshot.add(TABLES.column, {
      column_id: columnId,
      ...begin,
      table_id: id,
      column_order: columnId,
      column_name: name,
      column_type: type,
      default_value: 'NULL',
      nulls_allowed: isNullable,
      default_value_type: 'literal',
      default_value_dialect: 'duckdb',
    });
    const doc = docOf(table.schema.fields[i] as (typeof table.schema.fields)[number]);
    if (doc !== '')
      snapshot.add(TABLES.columnTag, {
        table_id: id,
        column_id: columnId,
        ...begin,
        key: COMMENT,
        value: doc,
      });
  }
  snapshot.add(TABLES.tag, { object_id: id, ...begin, key: COMMENT, value: table.description });
  addSortOrder(snapshot, id, table.sortedBy ?? []);
  if (keys.length === 0) return { id, uuid, columns, tags: new Map() };
  const partitionId = snapshot.nextCatalogId();
  const ids = new Map(columns.map((column) => [column.name, column.id]));
  snapshot.add(TABLES.partitionInfo, { partition_id: partitionId, table_id: id, ...begin });
  for (const [i, { column, transform }] of keys.entries()) {
    snapshot.add(TABLES.partitionColumn, {
      partition_id: partitionId,
      table_id: id,
      partition_key_index: i,
      column_id: ids.get(column) ?? null,
      transform,
    });
  }
  return { id, uuid, columns, tags: new Map(), partitioning: { id: partitionId, keys } };
}

function addSortOrder(snapshot: Snapshot, id: number, columns: readonly string[]): void {
  if (columns.length === 0) return;
  const sortId = snapshot.nextCatalogId();
  snapshot.add(TABLES.sortInfo, { sort_id: sortId, table_id: id, begin_snapshot: snapshot.id });
  for (const [i, name] of columns.entries()) {
    snapshot.add(TABLES.sortExpression, {
      sort_id: sortId,
      table_id: id,
      sort_key_index: i,
      expression: expressionOf(name),
      dialect: 'duckdb',
      sort_direction: 'ASC',
      null_order: 'NULLS_LAST',
    });
  }
}

/** Ends a table and all that belongs to it, as `DROP TABLE` does. */
export function dropTable(snapshot: Snapshot, { id }: LakeTable): void {
  snapshot.change(`dropped_table:${String(id)}`);
  for (const table of [
    TABLES.table,
    TABLES.column,
    TABLES.columnTag,
    TABLES.partitionInfo,
    TABLES.sortInfo,
    TABLES.dataFile,
    TABLES.deleteFile,
  ])
    snapshot.end(table, sql`table_id = ${id}`);
  snapshot.end(TABLES.tag, sql`object_id = ${id}`);
}

/** Sets tags of a table; those that say the same already stay. */
export function setTags(
  snapshot: Snapshot,
  { id, tags: present }: LakeTable,
  tags: ReadonlyMap<string, string>,
): void {
  for (const [key, value] of tags) {
    if (present.get(key) === value) continue;
    if (present.has(key)) snapshot.end(TABLES.tag, sql`object_id = ${id} AND key = ${key}`);
    snapshot.add(TABLES.tag, { object_id: id, begin_snapshot: snapshot.id, key, value });
  }
}

/** Ends rows that DuckDB keeps in the catalog itself, as it does below some rows of an insert. */
export async function endInlinedRows(
  transaction: SqlTransaction,
  snapshot: Snapshot,
  tableId: number,
): Promise<void> {
  for (const name of await inlinedTables(transaction, tableId)) {
    snapshot.run(`UPDATE ${name} SET end_snapshot = ${String(snapshot.id)} WHERE end_snapshot IS NULL`);
  }
}

export async function hasInlinedRows(transaction: SqlTransaction, tableId: number): Promise<boolean> {
  for (const name of await inlinedTables(transaction, tableId)) {
    const rows = await transaction.select(
      { row_id: 'integer' },
      `FROM ${name} WHERE end_snapshot IS NULL LIMIT 1`,
    );
    if (rows.length > 0) return true;
  }
  return false;
}

async function inlinedTables(transaction: SqlTransaction, tableId: number): Promise<readonly string[]> {
  const rows = await transaction.select(
    { table_name: 'text' },
    sql`FROM ducklake_inlined_data_tables WHERE table_id = ${tableId}`,
  );
  return rows.map(({ table_name }) => table_name);
}
