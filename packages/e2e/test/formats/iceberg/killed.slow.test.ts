import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { moments, ROUNDS } from '../../faults/rounds.ts';
import { runToEnd, startRun } from '../started-run.ts';
import { commandOf } from './warehouses/command.ts';
import { digestsOf, liveFiles, lyingFiles } from './warehouses/scan.ts';
import {
  CATALOGS,
  createWarehouse,
  isTestable,
  type TestWarehouse,
  useServers,
} from './warehouses/warehouses.ts';

useServers();

const TABLES = ['customers', 'products', 'promotions', 'orders', 'order_items'] as const;

const DATES = ['--start-date', '2026-01-01', '--end-date', '2026-01-20'];
const SIZE = ['--n-customers', '5000', '--orders-per-day', '1500', '--file-rows-target', '4000'];
// Threads, whatever the machine.
const LAYOUT = ['--partition-by', 'day', '--max-workers', '2'];

const command = (warehouse: TestWarehouse) =>
  commandOf(warehouse, 'ecommerce', ...DATES, ...SIZE, ...LAYOUT, '--json');

const dataFiles = (warehouse: TestWarehouse) => lyingFiles(warehouse, '.parquet');
const run = (warehouse: TestWarehouse) => runToEnd(command(warehouse));
const start = (warehouse: TestWarehouse) => startRun(command(warehouse), () => dataFiles(warehouse));

describe('a run into a warehouse that is killed', () => {
  for (const kind of CATALOGS)
    (isTestable(kind) ? it : it.skip)(
      `has its rows once after the same command, and each table whole or not at all before, at random moments: ${kind}`,
      async () => {
        const unbroken = await createWarehouse(kind);
        const first = await start(unbroken);
        const started = performance.now();
        expect(await first.ended).toBeNull();
        let spanMs = performance.now() - started;
        const whole = await digestsOf(unbroken, TABLES);
        let broken = 0;
        let adopted = 0;
        for (const moment of moments(() => broken > ROUNDS / 4 && adopted > 0)) {
          const warehouse = await createWarehouse(kind);
          const { child, ended } = await start(warehouse);
          // Spread from the first file to the end of the commit.
          const startedMs = performance.now();
          const endedMs = ended.then(() => performance.now());
          await setTimeout(spanMs * moment);
          child.kill('SIGKILL');
          if ((await ended) === 'SIGKILL') broken++;
          // The first one was slower: what compiles it and the files it reads were not in memory.
          else spanMs = (await endedMs) - startedMs;
          const before = await digestsOf(warehouse, TABLES);
          for (const [i, digest] of before.entries()) expect(['no table', whole[i]]).toContain(digest);
          // A SQL catalog commits all tables at once.
          if (kind !== 'rest') expect(new Set(before.map((digest) => digest === 'no table')).size).toBe(1);
          // Metadata that a killed commit left may be of a table that was dropped: its files are left alone.
          const isLeft = before.includes('no table') && lyingFiles(warehouse, '.metadata.json').length > 0;
          const report = run(warehouse);
          for (const [i, digest] of before.entries())
            if (digest !== 'no table') expect(report.tables[i]?.rowCount).toBe(0);
          adopted += report.tables.reduce((sum, { adoptedRowCount }) => sum + adoptedRowCount, 0);
          expect(await digestsOf(warehouse, TABLES)).toEqual(whole);
          // No other data lies there that no table names.
          const live = (await Promise.all(TABLES.map((table) => liveFiles(warehouse, table)))).flat();
          const lying = dataFiles(warehouse);
          expect(isLeft ? lying : [...lying].sort()).toEqual(
            isLeft ? expect.arrayContaining([...live]) : [...live].sort(),
          );
        }
        expect(broken).toBeGreaterThan(ROUNDS / 4);
        expect(adopted).toBeGreaterThan(0);
      },
      600_000,
    );
});
