import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { commandOf } from './warehouses/command.ts';
import { digestsOf, lyingFiles, liveFiles } from './warehouses/scan.ts';
import {
  CATALOGS,
  createWarehouse,
  isTestable,
  type TestWarehouse,
  useServers,
} from './warehouses/warehouses.ts';

useServers();

const TABLES = ['devices', 'anomalies', 'readings'] as const;
const SIZE = ['--n-devices', '50', '--sampling-seconds', '600'];

/** Runs the command line; several at once are several processes. */
async function run(
  warehouse: TestWarehouse,
  startDate: string,
  endDate: string,
  ...flags: string[]
): Promise<void> {
  const dates = ['--start-date', startDate, '--end-date', endDate];
  const words = commandOf(warehouse, 'sensors', ...dates, ...SIZE, ...flags, '--json');
  await promisify(execFile)(process.execPath, words);
}

const day = (number: number) => `2026-01-${String(number).padStart(2, '0')}`;

/** What one run alone makes of a window. */
async function alone(kind: TestWarehouse['kind'], startDate: string, endDate: string) {
  const warehouse = await createWarehouse(kind);
  await run(warehouse, startDate, endDate);
  return digestsOf(warehouse, TABLES);
}

describe('runs into the same warehouse at once', () => {
  for (const kind of CATALOGS)
    (isTestable(kind) ? it : it.skip)(
      `put every row there once, alike and in windows that overlap: ${kind}`,
      async () => {
        const expected = await alone(kind, day(1), day(20));
        for (let round = 0; round < 2; round++) {
          const warehouse = await createWarehouse(kind);
          await Promise.all([
            run(warehouse, day(1), day(12), '--file-rows-target', '5000'),
            run(warehouse, day(8), day(20), '--file-rows-target', '9000'),
            run(warehouse, day(8), day(20), '--file-rows-target', '9000'),
          ]);
          expect(await digestsOf(warehouse, TABLES)).toEqual(expected);
        }
      },
      300_000,
    );

  for (const kind of CATALOGS)
    (isTestable(kind) ? it : it.skip)(
      `eight with windows of their own all land once: ${kind}`,
      async () => {
        const expected = await alone(kind, day(1), day(16));
        const warehouse = await createWarehouse(kind);
        // The table is there, or eight would make it.
        await run(warehouse, day(1), day(1));
        const windows = Array.from({ length: 8 }, (_, i) => [day(2 * i + 1), day(2 * i + 2)] as const);
        await Promise.all(windows.map(([startDate, endDate]) => run(warehouse, startDate, endDate)));
        expect(await digestsOf(warehouse, TABLES)).toEqual(expected);
        // Whoever lost a race has taken its manifests away.
        const live = await liveFiles(warehouse, 'readings');
        expect(live.length).toBeGreaterThanOrEqual(8);
        expect(
          lyingFiles(warehouse, '.avro').filter((file) => file.includes('/readings/')).length,
        ).toBeLessThanOrEqual(2 * live.length);
      },
      300_000,
    );
});
