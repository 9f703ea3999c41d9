import { PartitionSpec, type TableWriter, writeDataset } from '@datagen/core';
import { expect } from '@jest/globals';
import { contentsOf, type DeltaContents } from '../../../readers/delta-readers.ts';
import { GENERATORS } from '../../generators.ts';

/** The days that tests of all generators write. */
export const WINDOW = ['2026-01-28', '2026-02-03'] as const;
const [startDate, endDate] = WINDOW;

/** Without partitions, by a unit of time, and by several, of which Iceberg takes the finest. */
export const PARTITIONINGS: readonly (readonly string[])[] = [[], ['month'], ['year', 'month', 'day']];

/** A table with the name that readers know it by. */
export interface WrittenTable {
  readonly name: string;
  readonly expected: DeltaContents;
}

const made = new Map<string, DeltaContents>();

/** What a table has to hold; made once for all catalogs. */
function contentsFor(generator: (typeof GENERATORS)[number], table: string): DeltaContents {
  const key = `${generator.name}.${table}`;
  const found = made.get(key) ?? contentsOf(generator, table, startDate, endDate);
  made.set(key, found);
  return found;
}

/** Writes all generators, each into a namespace of its own below `parent`. */
export async function writeAll(
  parent: string,
  writerOf: (namespace: string) => TableWriter,
  partitionBy: readonly string[],
): Promise<readonly WrittenTable[]> {
  for (const generator of GENERATORS)
    await writeDataset(generator, writerOf(`${parent}.${generator.name}`), {
      partitionSpec: new PartitionSpec({ startDate, endDate, partitionBy }),
      fileRowsTarget: 500,
      maxWorkers: 1,
    });
  const tables = GENERATORS.flatMap((generator) =>
    generator.tables.map(({ name }) => ({
      expected: contentsFor(generator, name),
      name: `${parent}.${generator.name}.${name}`,
    })),
  );
  expect(tables.length).toBeGreaterThanOrEqual(16);
  return tables;
}

/** Compares what a reader has found, table by table; nobody digests rows that are not there. */
export function expectTables(
  reader: string,
  tables: readonly WrittenTable[],
  found: readonly DeltaContents[],
): void {
  expect(found).toHaveLength(tables.length);
  for (const [i, { name, expected }] of tables.entries())
    if (expected.rowCount === 0) expect([reader, name, found[i]?.rowCount]).toEqual([reader, name, 0]);
    else expect([reader, name, found[i]]).toEqual([reader, name, expected]);
}
