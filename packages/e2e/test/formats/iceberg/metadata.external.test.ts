import { PartitionSpec, writeDataset } from '@datagen/core';
import { docOf } from '@datagen/core/generator';
import { sampleGenerator } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { jsonLines } from '../../readers/pyarrow.ts';
import { GENERATORS } from '../generators.ts';
import { readTables } from './warehouses/readers.ts';
import { filesRead } from './warehouses/scan.ts';
import { createWarehouse, isTestable, type TestWarehouse, writerOf } from './warehouses/warehouses.ts';

const itSqlite = isTestable('sqlite') ? it : it.skip;

interface Shown {
  readonly columns: readonly (readonly [name: string, type: string, required: boolean, doc: string])[];
  readonly identifiers: readonly string[];
  readonly partitioning: readonly (readonly [name: string, transform: string, source: string])[];
  readonly order: readonly (readonly [name: string, transform: string, direction: string])[];
  readonly properties: Readonly<Record<string, string>>;
  readonly snapshots: readonly Readonly<Record<string, string>>[];
}

const show = ({ properties }: TestWarehouse, ...tables: string[]) =>
  jsonLines('iceberg/show_iceberg.py', JSON.stringify(properties), ...tables) as Shown[];

/** Writes tables into a namespace of their own, and gives their names. */
async function write(
  warehouse: TestWarehouse,
  generator: (typeof GENERATORS)[number],
  partitionBy: readonly string[],
): Promise<readonly string[]> {
  const namespace = `${warehouse.options.namespace}.${generator.name}`;
  const partitionSpec = new PartitionSpec({ startDate: '2026-01-05', endDate: '2026-01-08', partitionBy });
  const options = { partitionSpec, maxWorkers: 1, fileRowsTarget: 2_000 };
  await writeDataset(generator, writerOf(warehouse, { namespace }), options);
  return generator.tables.map(({ name }) => `${namespace}.${name}`);
}

describe('what a table says of itself', () => {
  itSqlite(
    'is read by pyiceberg: columns with docs, keys, order, partitions, and the run in the summary',
    async () => {
      const warehouse = await createWarehouse('sqlite');
      for (const generator of GENERATORS) {
        const tables = await write(warehouse, generator, ['year', 'month', 'day']);
        for (const [i, shown] of show(warehouse, ...tables).entries()) {
          const table = generator.tables[i];
          if (table === undefined) throw new Error('Expected a table.');
          const what = `${generator.name}.${table.name}`;
          expect([what, shown.columns.map(([name]) => name)]).toEqual([
            what,
            table.schema.fields.map(({ name }) => name),
          ]);
          for (const [name, , required, doc] of shown.columns) {
            const field = table.schema.fields.find((candidate) => candidate.name === name);
            expect([what, name, required, doc]).toEqual([
              what,
              name,
              !field?.nullable,
              field && docOf(field),
            ]);
          }
          expect([what, shown.identifiers]).toEqual([what, [...table.primaryKey].sort()]);
          expect(shown.partitioning).toEqual(
            table.timeColumn === undefined ? [] : [[`${table.timeColumn}_day`, 'day', table.timeColumn]],
          );
          expect(shown.order.map(([name]) => name)).toEqual(table.sortedBy ?? []);
          expect(shown.snapshots).toHaveLength(1);
          expect(shown.snapshots[0]).toMatchObject({ operation: 'append', 'engine-name': 'datagen' });
          expect(JSON.parse(shown.snapshots[0]?.['datagen.run'] ?? '')).toMatchObject({
            dataset: { generator: generator.name },
            startDate: '2026-01-05',
            endDate: '2026-01-08',
          });
        }
      }
    },
    300_000,
  );

  itSqlite(
    'is what pyiceberg would write of the same files: partitions, counts, sizes, bounds and offsets',
    async () => {
      const warehouse = await createWarehouse('sqlite');
      const tables: string[] = [];
      for (const generator of GENERATORS) tables.push(...(await write(warehouse, generator, ['day'])));
      const odd = sampleGenerator({ nSites: 20, eventsPerDay: 10 });
      tables.push(...(await write(warehouse, odd, ['month', 'group'])));
      const found = jsonLines(
        'iceberg/check_manifests.py',
        JSON.stringify(warehouse.properties),
        ...tables,
      ) as { table: string; files: number; differences: unknown[] }[];
      for (const { table, differences } of found) expect([table, differences]).toEqual([table, []]);
      // Tables of what happens seldom may have no rows in these days, and so no manifest.
      expect(found.filter(({ files }) => files > 0).length).toBeGreaterThanOrEqual(16);
    },
    300_000,
  );
});

describe('files that a filter leaves out', () => {
  const generator = sampleGenerator({ nSites: 20, eventsPerDay: 10 });

  itSqlite(
    'are not read, by time, by a partition column, by keys: pyiceberg and DuckDB',
    async () => {
      const warehouse = await createWarehouse('sqlite');
      const [, table = ''] = await write(warehouse, generator, ['day', 'group']);
      const total = 4 * 3;
      for (const [filter, read] of [
        ["ts >= '2026-01-06T00:00:00+00:00' and ts < '2026-01-08T00:00:00+00:00'", 2 * 3],
        ["group = 'plain'", 4],
        ['event_id < 0', 0],
      ] as const) {
        const [found] = readTables('pyiceberg', warehouse, [table], { filter });
        expect([filter, found?.files]).toEqual([filter, { read, total }]);
      }
      const namespace = table.replace(/\.events$/, '');
      const lake = { ...warehouse, options: { ...warehouse.options, namespace } };
      expect(await filesRead(lake, 'events', 'true')).toBe(total);
      expect(
        await filesRead(
          lake,
          'events',
          "ts >= TIMESTAMPTZ '2026-01-06 00:00:00+00' AND ts < TIMESTAMPTZ '2026-01-08 00:00:00+00'",
        ),
      ).toBe(2 * 3);
    },
    120_000,
  );
});
