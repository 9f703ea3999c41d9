import { existsSync } from 'node:fs';
import path from 'node:path';
import type { TableDefinition } from '@datagen/core/writer';
import { type ReadRow, textOf } from '@datagen/testkit';
import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBInstance,
  DuckDBTimestampTZValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import Libsql from 'libsql';

/** The catalogs that need no server, and where they lie for a place. */
export const FILE_CATALOGS = ['duckdb', 'sqlite'] as const;
export type FileCatalog = (typeof FILE_CATALOGS)[number];

type Row = Readonly<Record<string, unknown>>;

const fileOf = (kind: FileCatalog, place: string) =>
  path.join(place, kind === 'duckdb' ? 'metadata.ducklake' : 'lake.sqlite');

/** The writer's options for a catalog of a place. */
export function optionsFor(kind: FileCatalog, place: string): { readonly catalog?: string } {
  return kind === 'duckdb' ? {} : { catalog: `sqlite:${fileOf(kind, place)}` };
}

/** Rows of a catalog as they lie there, or what a statement returns; none where there is no catalog. */
export async function catalogRows(kind: FileCatalog, place: string, sql: string): Promise<readonly Row[]> {
  const file = fileOf(kind, place);
  if (!existsSync(file)) return [];
  if (kind === 'duckdb') {
    const instance = await DuckDBInstance.create(file);
    const connection = await instance.connect();
    try {
      return (await connection.runAndReadAll(sql)).getRowObjectsJson();
    } finally {
      connection.closeSync();
      instance.closeSync();
    }
  }
  const database = new Libsql(file);
  try {
    const statement = database.prepare(sql);
    return statement.reader ? (statement.all() as Row[]) : [statement.run() as unknown as Row];
  } finally {
    database.close();
  }
}

/** The Parquet files of a table at a snapshot, by default at the newest, as the catalog names them. */
export async function filesOf(
  kind: FileCatalog,
  place: string,
  table: string,
  snapshot = 1_000_000,
): Promise<readonly string[]> {
  const at = (alias: string) =>
    `${alias}.begin_snapshot <= ${String(snapshot)} AND (${alias}.end_snapshot IS NULL OR ${alias}.end_snapshot > ${String(snapshot)})`;
  const rows = await catalogRows(
    kind,
    place,
    `SELECT m.value AS root, s.path AS schema_path, t.path AS table_path, f.path AS file_path
     FROM ducklake_table t, ducklake_schema s, ducklake_data_file f, ducklake_metadata m
     WHERE t.schema_id = s.schema_id AND f.table_id = t.table_id AND m.key = 'data_path'
       AND t.table_name = '${table}' AND ${at('t')} AND ${at('f')} ORDER BY f.data_file_id`,
  );
  return rows.map(({ root, schema_path, table_path, file_path }) =>
    [root, schema_path, table_path, file_path].join(''),
  );
}

/** All rows of a table, its data files read by DuckDB, as the conformance suite compares them. */
export async function readRows(
  kind: FileCatalog,
  place: string,
  table: TableDefinition,
): Promise<readonly ReadRow[]> {
  const files = await filesOf(kind, place, table.name);
  if (files.length === 0) return [];
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const columns = table.schema.fields.map(({ name }) => `"${name}"`).join(', ');
    const names = files.map((file) => `'${file.replaceAll("'", "''")}'`).join(', ');
    const read = await connection.runAndReadAll(
      `SELECT ${columns} FROM read_parquet([${names}], hive_partitioning = false)`,
    );
    return read.getRows().map((row) => row.map(cellText));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function cellText(value: DuckDBValue): string | null {
  if (value instanceof DuckDBDateValue) return textOf(value.days);
  if (value instanceof DuckDBTimestampTZValue) return textOf(value.micros);
  if (value instanceof DuckDBDecimalValue) return textOf(value.value);
  return textOf(value as string | number | bigint | boolean | null);
}
