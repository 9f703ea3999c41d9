import { PartitionSpec, writeDataset } from '@datagen/core';
import { describe, expect, it } from '@jest/globals';
import { contentsOf } from '../../readers/delta-readers.ts';
import { python } from '../../readers/pyarrow.ts';
import { GENERATORS } from '../generators.ts';
import { CATALOGS, createLake, inLake, isTestable, usePostgresql, writerOf } from './lakes/lakes.ts';
import { readersOf, readTables } from './lakes/readers.ts';

usePostgresql();

const WINDOW = ['2026-01-28', '2026-02-03'] as const;
const [startDate, endDate] = WINDOW;

/** Without partitions, with a unit of time alone, and with all of them. */
const PARTITIONINGS: readonly (readonly string[])[] = [[], ['month'], ['year', 'month', 'day']];

const expected = new Map<string, () => ReturnType<typeof contentsOf>>(
  GENERATORS.flatMap((generator) =>
    generator.tables.map(
      ({ name }) =>
        [`${generator.name}.${name}`, () => contentsOf(generator, name, startDate, endDate)] as const,
    ),
  ),
);
const made = new Map<string, ReturnType<typeof contentsOf>>();

/** What a table has to hold; made once for all catalogs. */
function contentsFor(name: string): ReturnType<typeof contentsOf> {
  const found = made.get(name) ?? expected.get(name)?.();
  if (found === undefined) throw new Error(`Expected a table that a generator makes, got ${name}.`);
  made.set(name, found);
  return found;
}

describe('the tables of all generators in one lake, a schema for each', () => {
  for (const kind of CATALOGS)
    for (const partitionBy of PARTITIONINGS)
      (python !== '' && isTestable(kind) ? it : it.skip)(
        `are the same to every reader as they were made: ${kind}, partitioned by ${partitionBy.join(', ') || 'nothing'}`,
        async () => {
          const lake = await createLake(kind);
          for (const generator of GENERATORS) {
            const partitionSpec = new PartitionSpec({ startDate, endDate, partitionBy });
            await writeDataset(generator, writerOf(lake, { schema: generator.name }), {
              partitionSpec,
              fileRowsTarget: 500,
              maxWorkers: 1,
            });
          }
          const names = [...expected.keys()];
          expect(names.length).toBeGreaterThanOrEqual(16);
          for (const reader of readersOf(lake)) {
            const found = await readTables(reader, lake, names);
            for (const [i, name] of names.entries()) {
              const { rowCount, ...contents } = contentsFor(name);
              // Nobody digests rows that are not there.
              if (rowCount === 0) expect([reader, name, found[i]?.rowCount]).toEqual([reader, name, 0]);
              else expect([reader, name, found[i]]).toEqual([reader, name, { rowCount, ...contents }]);
            }
          }
          // One snapshot for each generator, whatever the number of its tables.
          const snapshots = await inLake(lake, (attached) =>
            attached.query(
              `SELECT author, commit_message FROM ducklake_snapshots('lake') ORDER BY snapshot_id`,
            ),
          );
          expect(snapshots.length).toBe(1 + GENERATORS.length);
          expect(snapshots[1]).toEqual({
            author: expect.stringMatching(/^datagen\//) as unknown,
            commit_message: `ecommerce from ${startDate} to ${endDate}: customers, products, promotions, orders, order_items`,
          });
        },
        300_000,
      );
});
