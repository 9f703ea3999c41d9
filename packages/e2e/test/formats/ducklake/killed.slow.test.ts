import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { moments, ROUNDS } from '../../faults/rounds.ts';
import { runToEnd, startRun } from '../started-run.ts';
import { CATALOGS, createLake, inCatalog, isTestable, type TestLake, usePostgresql } from './lakes/lakes.ts';
import { digestsOf, liveFiles, lyingFiles } from './lakes/live-rows.ts';

usePostgresql();

const bin = fileURLToPath(new URL('../../../../cli/bin/datagen.js', import.meta.url));
const TABLES = ['customers', 'products', 'promotions', 'orders', 'order_items'] as const;

const DATES = ['--start-date', '2026-01-01', '--end-date', '2026-01-20'];
const SIZE = ['--n-customers', '5000', '--orders-per-day', '1500', '--file-rows-target', '4000'];
// Threads, whatever the machine.
const LAYOUT = ['--partition-by', 'day', '--max-workers', '2'];

function command({ place, catalog }: TestLake): string[] {
  const words = [bin, 'generate', 'ecommerce', place, '--format', 'ducklake', ...DATES, ...SIZE, ...LAYOUT];
  return [...words, ...(catalog === undefined ? [] : ['--catalog', catalog]), '--json'];
}

const run = (lake: TestLake) => runToEnd(command(lake));
const start = (lake: TestLake) => startRun(command(lake), () => lyingFiles(lake));

/** Snapshots of a lake; none where a run was killed before it made its catalog. */
async function snapshotsOf(lake: TestLake): Promise<number> {
  try {
    const [row] = await inCatalog(lake, 'SELECT count(*) AS n FROM ducklake_snapshot');
    return Number(row?.['n'] ?? 0);
  } catch (thrown) {
    if (!/does not exist|no such table/.test(String(thrown))) throw thrown;
    return 0;
  }
}

describe('a run into a lake that is killed', () => {
  for (const kind of CATALOGS)
    (isTestable(kind) ? it : it.skip)(
      `has its rows once after the same command, in all tables or in none before, at random moments: ${kind}`,
      async () => {
        const unbroken = await createLake(kind);
        const first = await start(unbroken);
        const started = performance.now();
        expect(await first.ended).toBeNull();
        let spanMs = performance.now() - started;
        const whole = await digestsOf(unbroken, TABLES);
        let broken = 0;
        let adopted = 0;
        for (const moment of moments(() => broken > ROUNDS / 4 && adopted > 0)) {
          const lake = await createLake(kind);
          const { child, ended } = await start(lake);
          // Spread from the first file to the end of the commit.
          const startedMs = performance.now();
          const endedMs = ended.then(() => performance.now());
          await setTimeout(spanMs * moment);
          child.kill('SIGKILL');
          if ((await ended) === 'SIGKILL') broken++;
          // The first one was slower: what compiles it and the files it reads were not in memory.
          else spanMs = (await endedMs) - startedMs;
          // One snapshot beside the first one, with all tables, or no table at all.
          const isThere = (await snapshotsOf(lake)) === 2;
          if (isThere) expect(await digestsOf(lake, TABLES)).toEqual(whole);
          const report = run(lake);
          if (isThere) expect(report.tables.map(({ rowCount }) => rowCount)).toEqual(TABLES.map(() => 0));
          adopted += report.tables.reduce((sum, { adoptedRowCount }) => sum + adoptedRowCount, 0);
          expect(await digestsOf(lake, TABLES)).toEqual(whole);
          expect(await snapshotsOf(lake)).toBe(2);
          // Nothing lies there that no table names.
          const live = (await Promise.all(TABLES.map((table) => liveFiles(lake, table)))).flat();
          expect([...lyingFiles(lake)].sort()).toEqual([...live].sort());
        }
        expect(broken).toBeGreaterThan(ROUNDS / 4);
        expect(adopted).toBeGreaterThan(0);
      },
      600_000,
    );
});
