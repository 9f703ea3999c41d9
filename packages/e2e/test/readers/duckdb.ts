import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBInstance,
  DuckDBTimestampTZValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import { type ReadRow, textOf } from '@datagen/testkit';

/** Runs one query and gives all rows, values as DuckDB's own client types. */
export async function query(sql: string): Promise<DuckDBValue[][]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRows();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** All rows of the Parquet files below a folder, hive partitions included, as the conformance suite compares them. */
export function readParquet(folder: string, columns: readonly string[]): Promise<ReadRow[]> {
  return readFiles([`${folder}/**/*.parquet`], columns);
}

/** The same of some files, each of which may be a glob. */
export async function readFiles(files: readonly string[], columns: readonly string[]): Promise<ReadRow[]> {
  if (files.length === 0) return [];
  const names = columns.map((name) => `"${name}"`).join(', ');
  const list = files.map((file) => `'${file.replaceAll("'", "''")}'`).join(', ');
  const rows = await query(`SELECT ${names} FROM read_parquet([${list}], hive_partitioning = true)`);
  return rows.map((row) => row.map(cellText));
}

/** A value as the conformance suite compares it. */
export function cellText(value: DuckDBValue): string | null {
  if (value instanceof DuckDBDateValue) return textOf(value.days);
  if (value instanceof DuckDBTimestampTZValue) return textOf(value.micros);
  if (value instanceof DuckDBDecimalValue) return textOf(value.value);
  return textOf(value as string | number | bigint | boolean | null);
}
