import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { writeDataset } from '@datagen/core';
import { parquet } from '@datagen/parquet';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPlace } from '../place.ts';
import { changeDelta, contentsOf, DELTA_READERS, type DeltaContents, readDelta } from './delta-readers.ts';
import { oddValues } from './odd-values.ts';
import { python } from './pyarrow.ts';
import { hasSpark, Spark, SPARK_FEATURES } from './spark.ts';

const original = contentsOf(oddValues(), 'values', '2026-01-05', '2026-01-05');
const hasPython = python !== '';
const withSpark = hasPython && hasSpark ? it : it.skip;

let spark: Spark;
/** Parquet files with the rows of the tables. */
let rows: string;

beforeAll(async () => {
  if (!hasPython) return;
  const place = await createPlace();
  await writeDataset(oddValues(), parquet(place, { encoder: 'wasm' }), { maxWorkers: 1 });
  rows = path.join(place, 'values');
  if (hasSpark) spark = new Spark();
}, 300_000);

afterAll(async () => {
  if (hasPython && hasSpark) await spark.stop();
});

async function createTable(): Promise<string> {
  const location = path.join(await createPlace(), 'table');
  expect(changeDelta(location, ['create', rows, 'group']).version).toBe(0);
  return location;
}

/** Without Spark the tests say which readers they heard. */
const all = hasSpark ? 'all readers' : 'all readers but Spark';

/** What all readers find, which has to be one thing. */
async function readByAll(location: string, version?: number): Promise<DeltaContents> {
  const question = version === undefined ? {} : { version };
  const [first, ...others] = DELTA_READERS.map((reader) => readDelta(reader, location, question));
  if (hasSpark) others.push(await spark.read(location, question));
  for (const other of others) expect(other).toEqual(first);
  return first as DeltaContents;
}

const dataFiles = (location: string): string[] =>
  readdirSync(location, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.parquet'));

describe('what deltalake does to a table', () => {
  (hasPython ? it : it.skip)(
    `is the same to ${all} after every step`,
    async () => {
      const table = await createTable();
      expect(changeDelta(table, ['append', 5]).version).toBe(1);
      expect((await readByAll(table)).rowCount).toBe(22);
      expect(changeDelta(table, ['delete', "day < '1930-01-01'"]).version).toBe(2);
      const rest = await readByAll(table);
      expect(rest.rowCount).toBeLessThanOrEqual(18);
      expect(changeDelta(table, ['optimize']).version).toBe(3);
      expect(await readByAll(table)).toEqual(rest);
      expect(changeDelta(table, ['restore', 0]).version).toBe(4);
      expect(await readByAll(table)).toEqual(original);
      changeDelta(table, ['checkpoint']);
      expect(readdirSync(path.join(table, '_delta_log'))).toContain('_last_checkpoint');
      expect(await readByAll(table)).toEqual(original);
      expect(await readByAll(table, 3)).toEqual(rest);
      changeDelta(table, ['vacuum']);
      expect(dataFiles(table).filter((name) => !name.startsWith('_delta_log'))).toHaveLength(17);
      expect(await readByAll(table)).toEqual(original);
    },
    300_000,
  );
});

/** Statements of Spark in the order they are run in, with the number of rows after each. */
const STATEMENTS: readonly [statement: string, rowCount: number][] = [
  ['INSERT INTO {table} SELECT * FROM {table} LIMIT 3', 20],
  [
    'MERGE INTO {table} AS old USING (SELECT DISTINCT id + 1000 AS id, small, ratio, price, ts, day, flag, note, ' +
      '`group` FROM {table} UNION ALL SELECT DISTINCT * FROM {table} WHERE id = 4294967312) AS new ON old.id = ' +
      'new.id WHEN MATCHED THEN UPDATE SET note = "merged" WHEN NOT MATCHED THEN INSERT *',
    37,
  ],
  ["ALTER TABLE {table} SET TBLPROPERTIES ('team' = 'others')", 37],
  ['ALTER TABLE {table} ADD COLUMN later STRING', 37],
  ['INSERT OVERWRITE {table} SELECT * FROM {table} LIMIT 4', 4],
];

describe('what Spark does to a table', () => {
  withSpark(
    'is the same to all readers after every step',
    async () => {
      const table = await createTable();
      for (const [i, [statement, rowCount]] of STATEMENTS.entries()) {
        expect(await spark.sql(table, statement)).toBe(i + 1);
        expect((await readByAll(table)).rowCount).toBe(rowCount);
      }
      expect(Object.keys((await readByAll(table)).schema).at(-1)).toBe('later');
    },
    300_000,
  );

  withSpark(
    'fails with the reason, and leaves the session whole',
    async () => {
      const table = await createTable();
      await expect(spark.sql(table, 'DELETE FROM {table} WHERE nothing = 1')).rejects.toThrow('nothing');
      expect(await spark.read(table)).toEqual(original);
    },
    300_000,
  );
});

/** What each feature leaves in the protocol of the table. */
const PROTOCOLS: Readonly<Record<keyof typeof SPARK_FEATURES, object>> = {
  columnMapping: { minWriterVersion: 7, writerFeatures: expect.arrayContaining(['columnMapping']) },
  deletionVectors: { minReaderVersion: 3, readerFeatures: ['deletionVectors'] },
  changeDataFeed: { minWriterVersion: 7, writerFeatures: expect.arrayContaining(['changeDataFeed']) },
  checkConstraint: { minReaderVersion: 1, minWriterVersion: 3 },
};

describe('a feature that not every writer knows', () => {
  for (const feature of Object.keys(PROTOCOLS) as (keyof typeof SPARK_FEATURES)[])
    withSpark(
      `can be turned on by Spark: ${feature}`,
      async () => {
        const table = await createTable();
        expect(await spark.sql(table, SPARK_FEATURES[feature])).toBe(1);
        const log = readFileSync(path.join(table, '_delta_log/00000000000000000001.json'), 'utf8');
        const actions = log
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as { protocol?: object });
        expect(actions.find(({ protocol }) => protocol)?.protocol).toMatchObject(PROTOCOLS[feature]);
        expect(await spark.read(table)).toEqual(original);
      },
      300_000,
    );
});
