import { PartitionSpec, writeDataset } from '@datagen/core';
import { hourlyGenerator, sampleGenerator } from '@datagen/testkit';
import { afterAll, describe, expect, it } from '@jest/globals';
import { contentsOf } from '../../readers/delta-readers.ts';
import { hasSpark } from '../../readers/spark-session.ts';
import { expectTables, PARTITIONINGS, WINDOW, writeAll } from './warehouses/all-generators.ts';
import { READERS, readTables } from './warehouses/readers.ts';
import { IcebergSpark } from './warehouses/spark.ts';
import {
  CATALOGS,
  createWarehouse,
  isTestable,
  type TestWarehouse,
  useServers,
  writerOf,
} from './warehouses/warehouses.ts';

useServers();

const [startDate, endDate] = WINDOW;

const writeAllInto = (warehouse: TestWarehouse, partitionBy: readonly string[]) =>
  writeAll(warehouse.options.namespace, (namespace) => writerOf(warehouse, { namespace }), partitionBy);

describe('the tables of all generators in one warehouse, a namespace for each', () => {
  let spark: IcebergSpark | undefined;
  afterAll(() => spark?.stop(), 60_000);

  for (const kind of CATALOGS) {
    for (const partitionBy of PARTITIONINGS)
      (isTestable(kind) ? it : it.skip)(
        `are the same to every reader as they were made: ${kind}, partitioned by ${partitionBy.join(', ') || 'nothing'}`,
        async () => {
          const warehouse = await createWarehouse(kind);
          const tables = await writeAllInto(warehouse, partitionBy);
          const names = tables.map(({ name }) => name);
          for (const reader of READERS) expectTables(reader, tables, readTables(reader, warehouse, names));
        },
        300_000,
      );

    (isTestable(kind) && hasSpark ? it : it.skip)(
      `are the same to Spark as they were made: ${kind}, partitioned by day`,
      async () => {
        const warehouse = await createWarehouse(kind);
        const tables = await writeAllInto(warehouse, ['day']);
        spark ??= new IcebergSpark();
        const names = tables.map(({ name }) => name);
        expectTables('spark', tables, await spark.readAll(warehouse, names));
      },
      300_000,
    );
  }
});

describe('a table whose partitions are values of a column', () => {
  for (const kind of CATALOGS)
    (isTestable(kind) ? it : it.skip)(
      `is the same to every reader as it was made, also by awkward values: ${kind}`,
      async () => {
        const warehouse = await createWarehouse(kind);
        const generator = sampleGenerator({ nSites: 20, eventsPerDay: 10 });
        const partitionSpec = new PartitionSpec({ startDate, endDate, partitionBy: ['group', 'day'] });
        await writeDataset(generator, writerOf(warehouse), { partitionSpec, maxWorkers: 1 });
        const expected = contentsOf(generator, 'events', startDate, endDate);
        for (const reader of READERS) {
          const [found] = readTables(reader, warehouse, [`${warehouse.options.namespace}.events`]);
          expect([reader, found]).toEqual([reader, expected]);
        }
      },
      300_000,
    );
});

describe('a table whose blocks are hours', () => {
  for (const kind of CATALOGS)
    (isTestable(kind) ? it : it.skip)(
      `is the same to every reader as it was made, partitioned by hour: ${kind}`,
      async () => {
        const warehouse = await createWarehouse(kind);
        const hourly = hourlyGenerator();
        const partitionBy = ['year', 'month', 'day', 'hour'];
        const partitionSpec = new PartitionSpec({ startDate, endDate: startDate, partitionBy });
        const report = await writeDataset(hourly, writerOf(warehouse), { partitionSpec, maxWorkers: 1 });
        expect(report.tables[0]?.fileCount).toBe(24);
        const name = `${warehouse.options.namespace}.events`;
        const expected = contentsOf(hourly, 'events', startDate, startDate);
        for (const reader of READERS)
          expectTables(reader, [{ name, expected }], readTables(reader, warehouse, [name]));
        // Of two hours the files of two partitions are read, no more.
        const filter = `ts < '${startDate}T02:00:00+00:00'`;
        const [some] = readTables('pyiceberg', warehouse, [name], { filter });
        expect([some?.rowCount, some?.files]).toEqual([4, { read: 2, total: 24 }]);
      },
      120_000,
    );
});
