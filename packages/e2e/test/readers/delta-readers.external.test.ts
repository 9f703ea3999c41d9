import path from 'node:path';
import { writeDataset } from '@datagen/core';
import { parquet } from '@datagen/parquet';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPlace } from '../place.ts';
import {
  changeDelta,
  contentsOf,
  DELTA_READERS,
  type DeltaContents,
  type DeltaQuestion,
  readDelta,
} from './delta-readers.ts';
import { ODD_TEXTS, oddValues } from './odd-values.ts';
import { python } from './pyarrow.ts';
import { hasSpark, Spark } from './spark.ts';

const expected = contentsOf(oddValues(), 'values', '2026-01-05', '2026-01-05');
const hasPython = python !== '';
const withPython = hasPython ? it : it.skip;
const withSpark = hasPython && hasSpark ? it : it.skip;

let spark: Spark;
/** Parquet files with the rows of the table. */
let rows: string;
/** Tables made by either library and partitioned by the odd texts, which no test changes. */
const made: { deltalake: string; Spark: string } = { deltalake: '', Spark: '' };

beforeAll(async () => {
  if (!hasPython) return;
  const place = await createPlace();
  await writeDataset(oddValues(), parquet(place, { encoder: 'wasm' }), { maxWorkers: 1 });
  rows = path.join(place, 'values');
  made.deltalake = await createByPython();
  if (!hasSpark) return;
  spark = new Spark();
  made.Spark = await createBySpark();
}, 300_000);

afterAll(async () => {
  if (hasPython && hasSpark) await spark.stop();
});

async function createByPython(): Promise<string> {
  const location = path.join(await createPlace(), 'by-python');
  changeDelta(location, ['create', rows, 'group']);
  return location;
}

async function createBySpark(): Promise<string> {
  const location = path.join(await createPlace(), 'by-spark');
  await spark.create(location, rows, 'group');
  return location;
}

async function readBy(
  reader: (typeof READERS)[number],
  location: string,
  question?: DeltaQuestion,
): Promise<DeltaContents> {
  return reader === 'Spark' ? spark.read(location, question) : readDelta(reader, location, question);
}

const READERS = [...DELTA_READERS, 'Spark'] as const;
const CASES = READERS.flatMap((reader) => (['deltalake', 'Spark'] as const).map((by) => ({ reader, by })));

describe('a Delta table with values that readers get wrong', () => {
  for (const { reader, by } of CASES) {
    const when = reader === 'Spark' || by === 'Spark' ? withSpark : withPython;
    when(
      `is the same to ${reader} as it was before ${by} wrote it`,
      async () => {
        expect(await readBy(reader, made[by])).toEqual(expected);
      },
      300_000,
    );
  }
});

/** Filters on partition values and on minima and maxima, how many rows match and how many files are opened. */
const FILTERS: readonly [filter: string, rowCount: number, most: number][] = [
  ['group = a/b', 1, 1],
  ['group = %20', 1, 1],
  ['id >= 4294967310', 3, 3],
  // Of the file whose only day is null, not every reader can tell that no row of it matches.
  ['day < 1930-01-01', 4, 5],
];

describe('a filter on a Delta table of one row a file', () => {
  for (const { reader, by } of CASES) {
    const when = reader === 'Spark' || by === 'Spark' ? withSpark : withPython;
    when(
      `opens the files with rows that match, by ${reader} on a table of ${by}`,
      async () => {
        for (const [filter, rowCount, most] of FILTERS) {
          const { files, ...found } = await readBy(reader, made[by], { filter });
          expect([filter, found.rowCount, files?.total]).toEqual([filter, rowCount, ODD_TEXTS.length]);
          expect(files?.read).toBeGreaterThanOrEqual(rowCount);
          expect(files?.read).toBeLessThanOrEqual(most);
        }
      },
      300_000,
    );
  }
});
