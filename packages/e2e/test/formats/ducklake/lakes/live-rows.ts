import { readdirSync } from 'node:fs';
import path from 'node:path';
import { query } from '../../../readers/duckdb.ts';
import { inCatalog, type TestLake } from './lakes.ts';

/** The data files of a table that are live, as the catalog alone names them. */
export async function liveFiles(lake: TestLake, table: string): Promise<readonly string[]> {
  const rows = await inCatalog(
    lake,
    `SELECT f.path AS path FROM ducklake_data_file f, ducklake_table t
     WHERE f.table_id = t.table_id AND t.table_name = '${table}' AND t.end_snapshot IS NULL AND f.end_snapshot IS NULL`,
  );
  return rows.map((row) => path.join(lake.place, 'main', table, String(row['path'])));
}

/** All Parquet files below a lake. */
export function lyingFiles({ place }: TestLake): readonly string[] {
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.parquet'))
    .map((name) => path.join(place, name));
}

/** Row count and a hash of all rows of each table, whatever their order. */
export async function digestsOf(lake: TestLake, tables: readonly string[]): Promise<readonly string[]> {
  const digests: string[] = [];
  for (const table of tables) {
    const files = await liveFiles(lake, table);
    const list = files.map((file) => `'${file.replaceAll("'", "''")}'`).join(', ');
    const [row] =
      files.length === 0
        ? [[0]]
        : await query(
            `SELECT count(*)::VARCHAR, sum(hash(found)::HUGEINT)::VARCHAR FROM read_parquet([${list}], hive_partitioning = false) AS found`,
          );
    digests.push((row ?? []).map(String).join());
  }
  return digests;
}
