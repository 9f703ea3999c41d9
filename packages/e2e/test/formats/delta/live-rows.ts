import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { query } from '../../readers/duckdb.ts';

interface Action {
  readonly add?: { readonly path: string };
  readonly remove?: { readonly path: string };
}

/** The data files that a table's log names, by absolute path; for tables without a checkpoint. */
export function liveFiles(table: string): readonly string[] {
  const folder = path.join(table, '_delta_log');
  if (!existsSync(folder)) return [];
  const live = new Set<string>();
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.json')) continue;
    const actions = readFileSync(path.join(folder, name), 'utf8').trim().split('\n');
    for (const { add, remove } of actions.map((line) => JSON.parse(line) as Action)) {
      if (remove !== undefined) live.delete(remove.path);
      if (add !== undefined) live.add(add.path);
    }
  }
  return [...live].map((name) => path.join(table, decodeURIComponent(name)));
}

/** The data files below a table's folder that its log does not name. */
export function lyingFiles(table: string): readonly string[] {
  if (!existsSync(table)) return [];
  const live = new Set(liveFiles(table));
  return readdirSync(table, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.parquet') && !name.startsWith('_delta_log'))
    .map((name) => path.join(table, name))
    .filter((file) => !live.has(file));
}

/** How many rows some data files have. */
export async function rowCountOf(files: readonly string[]): Promise<number> {
  if (files.length === 0) return 0;
  const [row] = await query(`SELECT count(*)::INT FROM ${scanOf(files)}`);
  return row?.[0] as number;
}

/** Row count and a hash of all rows of some data files, whatever their order. */
export async function digestOf(files: readonly string[]): Promise<readonly string[]> {
  if (files.length === 0) return ['0'];
  const [row] = await query(
    `SELECT count(*)::VARCHAR, sum(hash(found)::HUGEINT)::VARCHAR FROM ${scanOf(files)} AS found`,
  );
  return (row ?? []).map(String);
}

function scanOf(files: readonly string[]): string {
  const list = files.map((file) => `'${file.replaceAll("'", "''")}'`).join(', ');
  return `read_parquet([${list}], hive_partitioning = false)`;
}
