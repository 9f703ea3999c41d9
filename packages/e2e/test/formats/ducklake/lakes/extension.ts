import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { ReadRow } from '@datagen/testkit';
import { cellText } from '../../../readers/duckdb.ts';
import { connectWith } from '../../../readers/duckdb-extensions.ts';

const EXTENSIONS = ['ducklake', 'httpfs', 'sqlite_scanner', 'postgres_scanner'];

/** A lake that DuckDB's own extension has attached as `lake`. */
export interface Lake {
  /** Rows as objects of plain values: numbers beyond 32 bits as text. */
  query(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Rows as the conformance suite compares them. */
  readRows(sql: string): Promise<readonly ReadRow[]>;
  close(): Promise<void>;
}

/** One connection for all tests of a file: loading extensions takes a second. */
let connecting: Promise<DuckDBConnection> | undefined;

/** Settles when the lake that was opened last is closed again: the connection has one of that name at a time. */
let lastClosed: Promise<void> = Promise.resolve();

/** Attaches a lake, once those before it are closed; `options` as in `ATTACH … (…)`. */
export async function openLake(uri: string, options = ''): Promise<Lake> {
  const connection = await (connecting ??= connectWith(EXTENSIONS));
  const before = lastClosed;
  let release = () => {};
  lastClosed = new Promise((resolve) => (release = resolve));
  await before;
  try {
    await connection.run(`ATTACH '${uri.replaceAll("'", "''")}' AS lake ${options}`);
  } catch (thrown) {
    release();
    throw thrown;
  }
  return {
    query: async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson(),
    readRows: async (sql) => (await connection.runAndReadAll(sql)).getRows().map((row) => row.map(cellText)),
    close: async () => {
      await connection.run('DETACH lake');
      release();
    },
  };
}

/** Runs statements that attach a lake as `lake`, and gives the rows of the last one. */
export async function runWithExtensions(sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const connection = await (connecting ??= connectWith(EXTENSIONS));
  const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson();
  await connection.run('DETACH lake');
  return rows;
}

/** Runs a statement in a DuckDB file itself. */
export async function runInDuckDb(
  file: string,
  sql: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
