import path from 'node:path';
import { PartitionSpec, writeDataset } from '@datagen/core';
import { delta } from '@datagen/delta';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GENERATORS } from '../generators.ts';
import { createPlace } from '../../place.ts';
import { contentsOf, DELTA_READERS, type DeltaContents, readAllDelta } from '../../readers/delta-readers.ts';
import { python } from '../../readers/pyarrow.ts';
import { hasSpark, Spark } from '../../readers/spark.ts';

const WINDOW = ['2026-01-28', '2026-02-03'] as const;

const PARTITIONINGS: readonly (readonly string[])[] = [[], ['year', 'month', 'day'], ['month'], ['week']];

/** Units of time that partition a table are its last columns. */
const PARTS: Readonly<Record<string, readonly [name: string, type: string][]>> = {
  'year,month,day': [
    ['year', 'int32'],
    ['month', 'int32'],
    ['day', 'int32'],
  ],
  month: [['month', 'text']],
  week: [['week', 'text']],
};

interface Written {
  readonly name: string;
  readonly location: string;
  readonly expected: DeltaContents;
  readonly partitionBy: readonly string[];
}

const hasPython = python !== '';
const written: Written[] = [];

beforeAll(async () => {
  if (!hasPython) return;
  const [startDate, endDate] = WINDOW;
  for (const generator of GENERATORS) {
    const contents = new Map(
      generator.tables.map(({ name }) => [name, contentsOf(generator, name, startDate, endDate)] as const),
    );
    for (const partitionBy of PARTITIONINGS) {
      const place = await createPlace();
      const partitionSpec = new PartitionSpec({ startDate, endDate, partitionBy });
      await writeDataset(generator, delta(place), { partitionSpec, fileRowsTarget: 500, maxWorkers: 1 });
      for (const [name, expected] of contents) {
        const table = generator.tables.find((candidate) => candidate.name === name);
        written.push({
          name: `${generator.name}.${name}`,
          location: path.join(place, name),
          expected,
          partitionBy: table?.timeColumn === undefined ? [] : partitionBy,
        });
      }
    }
  }
}, 600_000);

/** Compares what a reader found: the columns of the generator, and those that the partitioning adds. */
function expectContents(found: DeltaContents | undefined, { name, expected, partitionBy }: Written): void {
  const parts = PARTS[partitionBy.join()] ?? [];
  expect([name, found?.rowCount, found?.schema]).toEqual([
    name,
    expected.rowCount,
    { ...expected.schema, ...Object.fromEntries(parts) },
  ]);
  // Nobody digests rows that are not there.
  if (expected.rowCount === 0) return;
  const columns = Object.fromEntries(
    Object.keys(expected.schema).map((column) => [column, found?.digest.columns[column]]),
  );
  expect([name, columns]).toEqual([name, expected.digest.columns]);
  if (parts.length === 0) expect([name, found?.digest.rows]).toEqual([name, expected.digest.rows]);
}

describe('the tables of all generators, in every partitioning', () => {
  for (const reader of DELTA_READERS)
    (hasPython ? it : it.skip)(
      `are the same to ${reader} as they were made`,
      () => {
        const found = readAllDelta(
          reader,
          written.map(({ location }) => location),
        );
        expect(found.length).toBe(written.length);
        expect(written.length).toBeGreaterThanOrEqual(PARTITIONINGS.length * 16);
        for (const [i, table] of written.entries()) expectContents(found[i], table);
      },
      600_000,
    );

  let spark: Spark | undefined;
  afterAll(() => spark?.stop());
  (hasPython && hasSpark ? it : it.skip)(
    'are the same to Spark as they were made',
    async () => {
      spark = new Spark();
      for (const table of written) expectContents(await spark.read(table.location), table);
    },
    900_000,
  );
});
