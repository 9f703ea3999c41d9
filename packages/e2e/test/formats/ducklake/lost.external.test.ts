import { PartitionSpec, writeDataset } from '@datagen/core';
import { isDatagenError } from '@datagen/core/writer';
import { sampleGenerator } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { type Cut, cutAtCommits } from '../servers/cut-connections.ts';
import { createLake, inCatalog, isTestable, type TestLake, usePostgresql, writerOf } from './lakes/lakes.ts';
import { digestsOf } from './lakes/live-rows.ts';

usePostgresql();

const generator = sampleGenerator({ nSites: 20, eventsPerDay: 10 });
const partitionSpec = new PartitionSpec({ startDate: '2026-01-05', endDate: '2026-01-07' });
const write = (lake: TestLake) => writeDataset(generator, writerOf(lake), { partitionSpec, maxWorkers: 1 });

/** The same lake, its connections cut at the first `times` COMMITs of a snapshot. */
async function through(lake: TestLake, cut: Cut, times: number): Promise<TestLake> {
  const statements = ['INSERT INTO ducklake_snapshot '];
  return { ...lake, catalog: await cutAtCommits(lake.catalog ?? '', statements, cut, times) };
}

describe('a commit whose connection ends', () => {
  for (const cut of ['question', 'answer'] as const)
    (isTestable('postgresql') ? it : it.skip)(
      `is there once, and is told as what it is, where the ${cut} was lost`,
      async () => {
        const whole = await createLake('postgresql');
        await write(whole);
        const expected = await digestsOf(whole, ['sites', 'events']);
        const lake = await createLake('postgresql');
        const report = await write(await through(lake, cut, 1));
        expect(report.tables.map(({ rowCount }) => rowCount)).toEqual([20, 90]);
        expect(await digestsOf(lake, ['sites', 'events'])).toEqual(expected);
        expect(await inCatalog(lake, 'SELECT max(snapshot_id)::INT AS last FROM ducklake_snapshot')).toEqual([
          { last: 1 },
        ]);
      },
      120_000,
    );

  (isTestable('postgresql') ? it : it.skip)(
    'at every try is one sentence, nothing is there, and the same command completes it',
    async () => {
      const lake = await createLake('postgresql');
      await write(lake);
      const wider = new PartitionSpec({ startDate: '2026-01-05', endDate: '2026-01-09' });
      const broken = await through(lake, 'question', Number.POSITIVE_INFINITY);
      const failure: unknown = await writeDataset(generator, writerOf(broken), {
        partitionSpec: wider,
        maxWorkers: 1,
      }).catch((thrown: unknown) => thrown);
      if (!isDatagenError(failure)) throw new Error(`Expected a failure, got ${JSON.stringify(failure)}`);
      expect(failure.code).toBe('STORAGE_FAILED');
      expect(failure.message).toMatch(
        /^Cannot write to the PostgreSQL database postgresql:\/\/datagen:\*\*\*@.*: the connection ended 4 times \(.*\)\. Run the same command again: it adds what is missing\.$/,
      );
      const count = 'SELECT sum(record_count)::INT AS n FROM ducklake_data_file';
      expect(await inCatalog(lake, count)).toEqual([{ n: 20 + 90 }]);
      await writeDataset(generator, writerOf(lake), { partitionSpec: wider, maxWorkers: 1 });
      expect(await inCatalog(lake, count)).toEqual([{ n: 20 + 150 }]);
    },
    120_000,
  );
});
