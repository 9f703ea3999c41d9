import { execFileSync, spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { moments, ROUNDS } from '../../faults/rounds.ts';
import { createPlace } from '../../place.ts';
import { digestOf, liveFiles, lyingFiles, rowCountOf } from './live-rows.ts';

const bin = fileURLToPath(new URL('../../../../cli/bin/datagen.js', import.meta.url));
const TABLES = ['customers', 'products', 'promotions', 'orders', 'order_items'] as const;

const DATES = ['--start-date', '2026-01-01', '--end-date', '2026-01-31'];
const SIZE = ['--n-customers', '20000', '--orders-per-day', '3000', '--file-rows-target', '15000'];
// Threads, whatever the machine.
const LAYOUT = ['--partition-by', 'week', '--max-workers', '2'];

function command(output: string): string[] {
  return [bin, 'generate', 'ecommerce', output, '--format', 'delta', ...DATES, ...SIZE, ...LAYOUT, '--json'];
}

interface Report {
  readonly tables: readonly {
    readonly table: string;
    readonly rowCount: number;
    readonly adoptedRowCount: number;
  }[];
}

const run = (place: string) =>
  JSON.parse(
    execFileSync(process.execPath, command(place), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
  ) as Report;

const digestsOf = (place: string) =>
  Promise.all(TABLES.map((table) => digestOf(liveFiles(path.join(place, table)))));

describe('a run into Delta tables that is killed', () => {
  let whole: readonly (readonly string[])[];
  let unbrokenMs = Number.POSITIVE_INFINITY;

  beforeAll(async () => {
    // The faster of two, so that a moment's load does not push all kills behind the end of a run.
    for (let i = 0; i < 2; i++) {
      const place = await createPlace();
      const started = performance.now();
      run(place);
      unbrokenMs = Math.min(unbrokenMs, performance.now() - started);
      whole = await digestsOf(place);
    }
  }, 120_000);

  it('has its rows once after the same command, which adopts what lay whole, at random moments', async () => {
    let broken = 0;
    let adopted = 0;
    for (const moment of moments(() => broken > ROUNDS / 4 && adopted > 0)) {
      const place = await createPlace();
      const child = spawn(process.execPath, command(place), { stdio: 'ignore' });
      const ended = new Promise<NodeJS.Signals | null>((resolve) =>
        child.once('exit', (_, signal) => resolve(signal)),
      );
      // Spread over the part of a run in which files are written and committed.
      await setTimeout(unbrokenMs * (0.2 + 0.8 * moment));
      child.kill('SIGKILL');
      if ((await ended) === 'SIGKILL') broken++;
      const lying = await Promise.all(TABLES.map((table) => rowCountOf(lyingFiles(path.join(place, table)))));
      const report = run(place);
      expect(report.tables.map((table) => table.adoptedRowCount)).toEqual(lying);
      adopted += lying.reduce((sum, rows) => sum + rows, 0);
      expect(await digestsOf(place)).toEqual(whole);
      // Nothing lies there that no commit names.
      expect(TABLES.flatMap((table) => lyingFiles(path.join(place, table)))).toEqual([]);
      expect(run(place).tables.map(({ rowCount }) => rowCount)).toEqual(TABLES.map(() => 0));
    }
    expect(broken).toBeGreaterThan(ROUNDS / 4);
    expect(adopted).toBeGreaterThan(0);
  }, 600_000);
});
