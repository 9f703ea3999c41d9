import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { resolveEncoder } from '@datagen/parquet';
import { describe, expect, it } from '@jest/globals';
import { createPlace } from '../../place.ts';
import { digestOf, liveFiles } from './live-rows.ts';

const bin = fileURLToPath(new URL('../../../../cli/bin/datagen.js', import.meta.url));
const TABLES = ['devices', 'anomalies', 'readings'] as const;
const SIZE = ['--n-devices', '50', '--sampling-seconds', '600'];

/** Runs the command line; several at once are several processes. */
async function run(place: string, startDate: string, endDate: string, ...flags: string[]): Promise<void> {
  const dates = ['--start-date', startDate, '--end-date', endDate];
  const words = ['generate', 'sensors', place, '--format', 'delta', ...dates, ...SIZE, ...flags, '--json'];
  await promisify(execFile)(process.execPath, [bin, ...words]);
}

const digestsOf = (place: string) =>
  Promise.all(TABLES.map((table) => digestOf(liveFiles(path.join(place, table)))));

/** What one run alone makes of a window. */
async function alone(startDate: string, endDate: string, ...flags: string[]) {
  const place = await createPlace();
  await run(place, startDate, endDate, ...flags);
  return digestsOf(place);
}

const hasNative = resolveEncoder('auto') === 'native';
const encoders = hasNative ? (['native', 'wasm'] as const) : (['wasm', 'wasm'] as const);

describe('runs into the same Delta tables at once', () => {
  it('put every row there once if they are identical', async () => {
    const expected = await alone('2026-01-01', '2026-01-10');
    for (let round = 0; round < 3; round++) {
      const place = await createPlace();
      await Promise.all([1, 2, 3].map(() => run(place, '2026-01-01', '2026-01-10')));
      expect(await digestsOf(place)).toEqual(expected);
    }
  }, 300_000);

  it('put every row there once if their windows overlap, with other file sizes and encoders', async () => {
    const expected = await alone('2026-01-01', '2026-01-20');
    for (let round = 0; round < 3; round++) {
      const place = await createPlace();
      await Promise.all([
        run(place, '2026-01-01', '2026-01-12', '--file-rows-target', '5000', '--encoder', encoders[0]),
        run(place, '2026-01-08', '2026-01-20', '--file-rows-target', '9000', '--encoder', encoders[1]),
      ]);
      expect(await digestsOf(place)).toEqual(expected);
    }
  }, 300_000);

  it('leave one of the two orders if one overwrites and another one appends', async () => {
    const other = ['--seed', '7', '--mode', 'append'];
    const first = await createPlace();
    await run(first, '2026-01-01', '2026-01-03', '--mode', 'overwrite');
    const overwritten = await digestsOf(first);
    await run(first, '2026-01-01', '2026-01-03', ...other);
    const appendedAfter = await digestsOf(first);
    for (let round = 0; round < 3; round++) {
      const place = await createPlace();
      await run(place, '2026-01-01', '2026-01-05');
      await Promise.all([
        run(place, '2026-01-01', '2026-01-03', '--mode', 'overwrite'),
        run(place, '2026-01-01', '2026-01-03', ...other),
      ]);
      const found = await digestsOf(place);
      // Each table has its own order: a run is one commit per table.
      for (const [i, digest] of found.entries())
        expect([overwritten[i], appendedAfter[i]]).toContainEqual(digest);
    }
  }, 300_000);
});
