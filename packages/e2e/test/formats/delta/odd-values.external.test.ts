import path from 'node:path';
import { PartitionSpec, writeDataset } from '@datagen/core';
import { delta } from '@datagen/delta';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPlace } from '../../place.ts';
import {
  contentsOf,
  DELTA_READERS,
  type DeltaContents,
  type DeltaQuestion,
  readDelta,
} from '../../readers/delta-readers.ts';
import { ODD_TEXTS, oddGroups, oddValues } from '../../readers/odd-values.ts';
import { python } from '../../readers/pyarrow.ts';
import { hasSpark, Spark } from '../../readers/spark.ts';

const DAY = '2026-01-05';
const READERS = [...DELTA_READERS, 'Spark'] as const;

let spark: Spark;
const places = { values: '', groups: '' };

beforeAll(async () => {
  if (python === '') return;
  const place = await createPlace();
  await writeDataset(oddValues(), delta(place), { maxWorkers: 1 });
  const partitionSpec = new PartitionSpec({ startDate: DAY, endDate: DAY, partitionBy: ['group'] });
  await writeDataset(oddGroups(), delta(place), { partitionSpec, maxWorkers: 1 });
  places.values = path.join(place, 'values');
  places.groups = path.join(place, 'groups');
  if (hasSpark) spark = new Spark();
}, 300_000);

afterAll(async () => {
  if (python !== '' && hasSpark) await spark.stop();
});

async function readBy(
  reader: (typeof READERS)[number],
  location: string,
  question?: DeltaQuestion,
): Promise<DeltaContents> {
  return reader === 'Spark' ? spark.read(location, question) : readDelta(reader, location, question);
}

const itBy = (reader: (typeof READERS)[number]) =>
  python !== '' && (reader !== 'Spark' || hasSpark) ? it : it.skip;

describe('values that readers get wrong, in a Delta table', () => {
  for (const reader of READERS) {
    itBy(reader)(
      `are the same to ${reader}: NaN, zeros of both signs, long text, days before 1970, ends of ranges`,
      async () => {
        expect(await readBy(reader, places.values)).toEqual(contentsOf(oddValues(), 'values', DAY, DAY));
      },
      300_000,
    );
    itBy(reader)(
      `are the same to ${reader} as values of a partition: / % = + ? # & emoji tab quote null`,
      async () => {
        expect(await readBy(reader, places.groups)).toEqual(contentsOf(oddGroups(), 'groups', DAY, DAY));
      },
      300_000,
    );
  }
});

/** Filters on a partition column and on a column with bounds, and how many rows match: as many files are opened. */
const FILTERS: readonly [filter: string, rowCount: number][] = [
  ['group = a/b', 1],
  ['group = %20', 1],
  ['id >= 4294967310', 3],
  ['id < 4294967298', 2],
];

describe('a filter on a Delta table of one row a file', () => {
  for (const reader of READERS)
    itBy(reader)(
      `opens only the files with rows that match, by ${reader}`,
      async () => {
        for (const [filter, rowCount] of FILTERS) {
          const { files, ...found } = await readBy(reader, places.groups, { filter });
          expect([filter, found.rowCount, files]).toEqual([
            filter,
            rowCount,
            { read: rowCount, total: ODD_TEXTS.length },
          ]);
        }
      },
      300_000,
    );
});
