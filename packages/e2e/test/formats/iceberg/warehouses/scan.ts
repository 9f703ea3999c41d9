import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { ReadRow } from '@datagen/testkit';
import Libsql from 'libsql';
import { cellText } from '../../../readers/duckdb.ts';
import { connectWith } from '../../../readers/duckdb-extensions.ts';
import { query } from '../../servers/postgresql.ts';
import { CATALOG_NAME, type TestWarehouse } from './warehouses.ts';

let connecting: Promise<DuckDBConnection> | undefined;

/** Runs a query with DuckDB's extension for Iceberg; one connection for all tests of a file. */
async function run(sql: string) {
  const connection = await (connecting ??= connectWith(['avro', 'httpfs', 'iceberg']));
  return connection.runAndReadAll(sql);
}

/** Where the metadata of a table lies now, as its catalog says and no code of ours; undefined where there is none. */
async function metadataLocation(
  { kind, options }: TestWarehouse,
  table: string,
): Promise<string | undefined> {
  const { catalogUri = '', namespace } = options;
  if (kind === 'rest') {
    const url = `${catalogUri}/v1/namespaces/${namespace}/tables/${table}`;
    const answer = await fetch(url);
    if (answer.status === 404) return undefined;
    return ((await answer.json()) as { readonly 'metadata-location': string })['metadata-location'];
  }
  const rows = await inCatalog(
    catalogUri,
    `SELECT metadata_location AS l FROM iceberg_tables
     WHERE catalog_name = '${CATALOG_NAME}' AND table_namespace = '${namespace}' AND table_name = '${table}'`,
  ).catch((thrown: unknown) => {
    if (!/no such table|does not exist/.test(String(thrown))) throw thrown;
    return [];
  });
  return rows[0] === undefined ? undefined : String(rows[0]['l']);
}

/** Rows of a SQL catalog as they lie there. */
async function inCatalog(uri: string, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  if (uri.startsWith('postgresql:')) return query(uri, sql);
  const file = uri.replace(/^sqlite:/, '');
  if (!existsSync(file)) return [];
  const database = new Libsql(file);
  try {
    return database.prepare(sql).all() as Record<string, unknown>[];
  } finally {
    database.close();
  }
}

/** Rows as the conformance suite compares them; none where there is no such table. */
export async function scanRows(
  warehouse: TestWarehouse,
  table: string,
  columns: readonly string[],
): Promise<readonly ReadRow[]> {
  const location = await metadataLocation(warehouse, table);
  if (location === undefined) return [];
  const names = columns.map((name) => `"${name}"`).join(', ');
  const result = await run(`SELECT ${names} FROM iceberg_scan('${quoted(location)}')`);
  return result.getRows().map((row) => row.map(cellText));
}

/** Row count and a hash of all rows of each table, whatever their order. */
export async function digestsOf(
  warehouse: TestWarehouse,
  tables: readonly string[],
): Promise<readonly string[]> {
  const digests: string[] = [];
  for (const table of tables) {
    const location = await metadataLocation(warehouse, table);
    const rows =
      location === undefined
        ? [['no table']]
        : await run(
            `SELECT count(*)::VARCHAR, sum(hash(t)::HUGEINT)::VARCHAR FROM iceberg_scan('${quoted(location)}') AS t`,
          ).then((result) => result.getRows());
    digests.push((rows[0] ?? []).map(String).join());
  }
  return digests;
}

/** The data files that the current snapshot of a table names; none where there is no table. */
export async function liveFiles(warehouse: TestWarehouse, table: string): Promise<readonly string[]> {
  const location = await metadataLocation(warehouse, table);
  if (location === undefined) return [];
  const result = await run(
    `SELECT file_path FROM iceberg_metadata('${quoted(location)}') WHERE status <> 'DELETED'`,
  );
  return result.getRows().map(([file]) => String(file).replace(/^file:\/*/, '/'));
}

/** All files of a kind below a warehouse, such as `.parquet`. */
export function lyingFiles({ place }: TestWarehouse, ending: string): readonly string[] {
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => path.join(place, name));
}

function quoted(text: string): string {
  return text.replaceAll("'", "''");
}

/** How many data files DuckDB reads of a table for the rows that a condition holds for. */
export async function filesRead(warehouse: TestWarehouse, table: string, where: string): Promise<number> {
  const location = (await metadataLocation(warehouse, table)) ?? '';
  const plan = await run(`EXPLAIN ANALYZE SELECT * FROM iceberg_scan('${quoted(location)}') WHERE ${where}`);
  return Number(/Total Files Read: (\d+)/.exec(JSON.stringify(plan.getRowObjectsJson()))?.[1]);
}
