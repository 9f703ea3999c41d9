import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { createPlace } from '../../../place.ts';
import type { DeltaContents } from '../../../readers/delta-readers.ts';
import { jsonLinesIn } from '../../../readers/pyarrow.ts';
import { inCatalog, serverOf, type TestLake } from './lakes.ts';
import { query } from '../../servers/postgresql.ts';

/** Readers in Python: DuckDB's own extension, and one that shares no code with it and knows no catalogs in DuckDB files. */
export type LakeReader = 'duckdb' | 'sdk';

export const readersOf = ({ kind }: Pick<TestLake, 'kind'>): readonly LakeReader[] =>
  kind === 'duckdb' ? ['duckdb'] : ['duckdb', 'sdk'];

/** What a reader finds in tables of a lake, at the newest snapshot or another one; `environment` is what reaches a bucket. */
export async function readTables(
  reader: LakeReader,
  lake: TestLake,
  tables: readonly string[],
  version?: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<readonly DeltaContents[]> {
  const catalog = reader === 'duckdb' ? lake.uri : await copyForSdk(lake);
  const at = version === undefined ? [] : ['--version', String(version)];
  const words = [reader, catalog, ...tables, ...at];
  return jsonLinesIn(environment, 'ducklake/read_ducklake.py', ...words) as DeltaContents[];
}

/** A copy of a catalog whose data path is a URL: of any other one ducklake-sdk 0.0.21 drops the last folder. */
async function copyForSdk(lake: TestLake): Promise<string> {
  const [stored] = await inCatalog(lake, "SELECT value FROM ducklake_metadata WHERE key = 'data_path'");
  const location = String(stored?.['value']);
  const dataPath = path.isAbsolute(location) ? pathToFileURL(location).href : location;
  const update = `UPDATE ducklake_metadata SET value = '${dataPath}' WHERE key = 'data_path'`;
  if (lake.kind === 'postgresql') {
    const copy = await serverOf().copyDatabase(lake.catalog ?? '');
    await query(copy, update);
    return copy;
  }
  const file = path.join(await createPlace(), 'copy.sqlite');
  copyFileSync(path.join(lake.place, 'lake.sqlite'), file);
  await inCatalog({ ...lake, uri: `ducklake:sqlite:${file}` }, update);
  return `sqlite:///${file}`;
}
