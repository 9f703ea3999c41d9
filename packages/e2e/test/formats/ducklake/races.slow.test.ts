import { execFile, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { python } from '../../readers/pyarrow.ts';
import {
  CATALOGS,
  createLake,
  inCatalog,
  inLake,
  isTestable,
  type TestLake,
  usePostgresql,
} from './lakes/lakes.ts';
import { digestsOf } from './lakes/live-rows.ts';

usePostgresql();

const bin = fileURLToPath(new URL('../../../../cli/bin/datagen.js', import.meta.url));
const TABLES = ['devices', 'anomalies', 'readings'] as const;
const SIZE = ['--n-devices', '50', '--sampling-seconds', '600'];

/** Runs the command line; several at once are several processes. */
async function run(lake: TestLake, startDate: string, endDate: string, ...flags: string[]): Promise<void> {
  const dates = ['--start-date', startDate, '--end-date', endDate];
  const words = ['generate', 'sensors', lake.place, '--format', 'ducklake', ...dates, ...SIZE, ...flags];
  const catalog = lake.catalog === undefined ? [] : ['--catalog', lake.catalog];
  await promisify(execFile)(process.execPath, [bin, ...words, ...catalog, '--json']);
}

/** What one run alone makes of a window. */
async function alone(kind: TestLake['kind'], startDate: string, endDate: string) {
  const lake = await createLake(kind);
  await run(lake, startDate, endDate);
  return digestsOf(lake, TABLES);
}

describe('runs into the same lake at once', () => {
  for (const kind of CATALOGS)
    (isTestable(kind) ? it : it.skip)(
      `put every row there once, alike and in windows that overlap: ${kind}`,
      async () => {
        const expected = await alone(kind, '2026-01-01', '2026-01-20');
        for (let round = 0; round < 3; round++) {
          const lake = await createLake(kind);
          await Promise.all([
            run(lake, '2026-01-01', '2026-01-12', '--file-rows-target', '5000'),
            run(lake, '2026-01-08', '2026-01-20', '--file-rows-target', '9000'),
            run(lake, '2026-01-08', '2026-01-20', '--file-rows-target', '9000'),
          ]);
          expect(await digestsOf(lake, TABLES)).toEqual(expected);
        }
      },
      300_000,
    );

  // DuckDB waits for nobody in SQLite, and a DuckDB file is open to one process alone.
  (python !== '' && isTestable('postgresql') ? it : it.skip)(
    'and DuckDB with its own extension lose nothing of each other in PostgreSQL',
    async () => {
      const lake = await createLake('postgresql');
      await run(lake, '2026-01-01', '2026-01-02');
      const child = spawn(python, ['-c', INSERTS, lake.uri], { stdio: ['ignore', 'ignore', 'inherit'] });
      const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
      for (let last = 3; last <= 10; last++)
        await run(lake, '2026-01-01', `2026-01-${String(last).padStart(2, '0')}`);
      expect(await ended).toBe(0);
      const expected = await alone('postgresql', '2026-01-01', '2026-01-10');
      expect(await digestsOf(lake, ['devices', 'anomalies'])).toEqual(expected.slice(0, 2));
      await inLake(lake, async (attached) => {
        const [inserted] = await attached.query(
          "SELECT count(*)::INT AS n, count(DISTINCT rowid)::INT AS ids FROM lake.readings WHERE ts < TIMESTAMPTZ '2000-01-01'",
        );
        expect(inserted).toEqual({ n: 30, ids: 30 });
        const [rows] = await attached.query('SELECT count(*) - 30 AS n FROM lake.readings');
        expect(String(rows?.['n'])).toBe(expected[2]?.split(',')[0]);
      });
      const [ids] = await inCatalog(
        lake,
        'SELECT count(*)::INT AS n, max(snapshot_id)::INT AS last FROM ducklake_snapshot',
      );
      expect(ids).toEqual({ n: 40, last: 39 });
    },
    300_000,
  );
});

/** Thirty inserts, each a snapshot. */
const INSERTS = `
import sys, duckdb
from duckdb_extensions import import_extension
connection = duckdb.connect()
for extension in ["ducklake", "postgres_scanner"]:
    import_extension(extension)
    connection.load_extension(extension)
connection.execute(f"ATTACH '{sys.argv[1]}' AS lake (DATA_INLINING_ROW_LIMIT 0)")
connection.execute("SET ducklake_max_retry_count = 100")
for i in range(30):
    connection.execute("INSERT INTO lake.readings BY NAME SELECT * REPLACE (TIMESTAMPTZ '1999-01-01' AS ts) FROM lake.readings LIMIT 1")
`;
