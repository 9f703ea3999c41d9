import path from 'node:path';
import { type DatasetReport, PartitionSpec, writeDataset, type WriteMode } from '@datagen/core';
import { delta } from '@datagen/delta';
import { sampleGenerator } from '@datagen/testkit';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPlace } from '../../place.ts';
import {
  changeDelta,
  contentsOf,
  DELTA_READERS,
  type DeltaContents,
  readDelta,
} from '../../readers/delta-readers.ts';
import { python } from '../../readers/pyarrow.ts';
import { hasSpark, Spark, SPARK_FEATURES } from '../../readers/spark.ts';
import { treeDigests } from '../../tree.ts';

const generator = sampleGenerator({ nSites: 20, eventsPerDay: 10 });
const hasPython = python !== '';
const withPython = hasPython ? it : it.skip;
const withSpark = hasPython && hasSpark ? it : it.skip;
const all = hasSpark ? 'all readers' : 'all readers but Spark';

let spark: Spark | undefined;
beforeAll(() => {
  if (hasPython && hasSpark) spark = new Spark();
});
afterAll(() => spark?.stop());

const write = (place: string, startDate: string, endDate: string, mode: WriteMode = 'error') =>
  writeDataset(generator, delta(place), {
    partitionSpec: new PartitionSpec({ startDate, endDate, partitionBy: ['group'] }),
    maxWorkers: 1,
    mode,
  });

/** What all readers find, which has to be one thing. */
async function readByAll(location: string, version?: number): Promise<DeltaContents> {
  const question = version === undefined ? {} : { version };
  const [first, ...others] = DELTA_READERS.map((reader) => readDelta(reader, location, question));
  if (spark !== undefined) others.push(await spark.read(location, question));
  for (const other of others) expect(other).toEqual(first);
  return first as DeltaContents;
}

const eventsOf = ({ tables }: DatasetReport) => tables.find(({ table }) => table === 'events')?.rowCount;

/** The same command adds nothing, and a longer window just its days: 30 rows each. */
async function expectContinued(place: string, table: string): Promise<void> {
  const before = await readByAll(table);
  expect(eventsOf(await write(place, '2026-01-05', '2026-01-07'))).toBe(0);
  expect(await readByAll(table)).toEqual(before);
  expect(eventsOf(await write(place, '2026-01-05', '2026-01-09'))).toBe(60);
  expect((await readByAll(table)).rowCount).toBe(before.rowCount + 60);
}

describe('a Delta table that others change', () => {
  withPython(
    `is continued after appends, deletes, optimize and vacuum of deltalake, and ${all} agree`,
    async () => {
      const place = await createPlace();
      const table = path.join(place, 'events');
      await write(place, '2026-01-05', '2026-01-07');
      changeDelta(table, ['append', 5]);
      changeDelta(table, ['delete', "small < 0 and ts < '2026-01-06'"]);
      changeDelta(table, ['optimize']);
      changeDelta(table, ['checkpoint']);
      changeDelta(table, ['vacuum']);
      const { rowCount } = await readByAll(table);
      expect(rowCount).toBeLessThan(95);
      await expectContinued(place, table);
    },
    300_000,
  );

  withSpark(
    'is continued after a merge and new properties by Spark, and all readers agree',
    async () => {
      const place = await createPlace();
      const table = path.join(place, 'events');
      await write(place, '2026-01-05', '2026-01-07');
      await spark?.sql(
        table,
        'MERGE INTO {table} AS old USING (SELECT * EXCEPT (note), "merged" AS note FROM {table} WHERE small > 0) AS new ' +
          'ON old.event_id = new.event_id WHEN MATCHED AND old.flag THEN DELETE WHEN MATCHED THEN UPDATE SET note = new.note',
      );
      await spark?.sql(table, "ALTER TABLE {table} SET TBLPROPERTIES ('team' = 'others')");
      await expectContinued(place, table);
    },
    300_000,
  );

  withPython(
    `shows the time before an overwrite to ${all}`,
    async () => {
      const place = await createPlace();
      const table = path.join(place, 'events');
      await write(place, '2026-01-05', '2026-01-07');
      await write(place, '2026-01-08', '2026-01-08', 'overwrite');
      expect(await readByAll(table)).toEqual(contentsOf(generator, 'events', '2026-01-08', '2026-01-08'));
      expect(await readByAll(table, 0)).toEqual(contentsOf(generator, 'events', '2026-01-05', '2026-01-07'));
    },
    300_000,
  );

  withSpark(
    'is not taken for one of its own after Spark replaced it',
    async () => {
      const place = await createPlace();
      const table = path.join(place, 'events');
      await write(place, '2026-01-05', '2026-01-07');
      await spark?.sql(table, 'CREATE OR REPLACE TABLE {table} USING delta AS SELECT * FROM {table} LIMIT 3');
      await expect(write(place, '2026-01-05', '2026-01-07')).rejects.toMatchObject({
        code: 'TABLE_CONFLICT',
      });
      expect((await readByAll(table)).rowCount).toBe(3);
    },
    300_000,
  );
});

/** The feature that the refusal names. */
const NAMED: Readonly<Record<keyof typeof SPARK_FEATURES, string>> = {
  columnMapping: 'columnMapping',
  changeDataFeed: 'changeDataFeed',
  checkConstraint: 'checkConstraints',
  // Spark names with it what every table of writer version 2 has.
  deletionVectors: 'invariants',
};

describe('a Delta table with a feature that delta-rs cannot commit to', () => {
  for (const feature of Object.keys(NAMED) as (keyof typeof SPARK_FEATURES)[])
    withSpark(
      `is refused by name before anything is written: ${feature}`,
      async () => {
        const place = await createPlace();
        await write(place, '2026-01-05', '2026-01-07');
        await spark?.sql(path.join(place, 'events'), SPARK_FEATURES[feature]);
        const before = treeDigests(place);
        await expect(write(place, '2026-01-05', '2026-01-09')).rejects.toMatchObject({
          code: 'TABLE_CONFLICT',
          message: expect.stringContaining(NAMED[feature]) as unknown,
        });
        expect(treeDigests(place)).toEqual(before);
      },
      300_000,
    );
});
