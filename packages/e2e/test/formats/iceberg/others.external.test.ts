import {
  type DatasetReport,
  PartitionSpec,
  PluginRegistry,
  type ReadTable,
  writeDataset,
  type WriteMode,
} from '@datagen/core';
import { icebergPlugin } from '@datagen/iceberg';
import { sampleGenerator } from '@datagen/testkit';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contentsOf, type DeltaContents } from '../../readers/delta-readers.ts';
import { hasSpark } from '../../readers/spark-session.ts';
import { changeTable, type IcebergChange } from './warehouses/others.ts';
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

let spark: IcebergSpark | undefined;
beforeAll(() => {
  if (hasSpark) spark = new IcebergSpark();
});
afterAll(() => spark?.stop());

const generator = sampleGenerator({ nSites: 20, eventsPerDay: 10 });
const other = sampleGenerator({ nSites: 20, eventsPerDay: 10, seed: 7 });

function write(
  warehouse: TestWarehouse,
  startDate: string,
  endDate: string,
  mode: WriteMode = 'error',
  made = generator,
  partitionBy: readonly string[] = ['day'],
): Promise<DatasetReport> {
  const partitionSpec = new PartitionSpec({ startDate, endDate, partitionBy });
  return writeDataset(made, writerOf(warehouse), { partitionSpec, maxWorkers: 1, mode });
}

const rowsAdded = ({ tables }: DatasetReport) => tables.find(({ table }) => table === 'events')?.rowCount;
const events = ({ options }: TestWarehouse) => `${options.namespace}.events`;

/** What all readers find, which has to be one thing. */
async function readByAll(warehouse: TestWarehouse, snapshot?: bigint): Promise<DeltaContents> {
  const table = events(warehouse);
  const question = snapshot === undefined ? {} : { snapshot };
  const found: (DeltaContents | undefined)[] = READERS.map(
    (reader) => readTables(reader, warehouse, [table], question)[0],
  );
  if (spark !== undefined) found.push(await spark.read(warehouse, table, snapshot?.toString()));
  for (const each of found) expect(each).toEqual(found[0]);
  return found[0] as DeltaContents;
}

async function lookAt({ place, options }: TestWarehouse): Promise<ReadTable> {
  const registry = new PluginRegistry();
  registry.registerWriter(icebergPlugin);
  const reader = registry.createReader('iceberg', place, options);
  try {
    return await reader.readTable('events', { sampleRows: 1_000 });
  } finally {
    await reader.close?.();
  }
}

/** The same command adds nothing, and a longer window just its days: 30 rows each. */
async function expectContinued(warehouse: TestWarehouse): Promise<void> {
  const before = await readByAll(warehouse);
  expect(rowsAdded(await write(warehouse, '2026-01-05', '2026-01-07'))).toBe(0);
  expect(await readByAll(warehouse)).toEqual(before);
  expect(rowsAdded(await write(warehouse, '2026-01-05', '2026-01-09'))).toBe(60);
  expect((await readByAll(warehouse)).rowCount).toBe(before.rowCount + 60);
}

for (const kind of CATALOGS) {
  const define = (name: string, run: (warehouse: TestWarehouse) => Promise<void>, canRun = true) => {
    (isTestable(kind) && canRun ? it : it.skip)(name, async () => run(await createWarehouse(kind)), 300_000);
  };
  // What others do to a table is the same in every catalog; how they find it is not.
  const itHere: typeof define = kind === 'sqlite' ? define : () => undefined;
  const change = (warehouse: TestWarehouse, ...changes: IcebergChange[]) =>
    changeTable(warehouse, events(warehouse), changes);

  describe(`tables in ${kind} that pyiceberg changes`, () => {
    define('are continued after an append, deletes, new columns and properties', async (warehouse) => {
      await write(warehouse, '2026-01-05', '2026-01-07');
      change(
        warehouse,
        ['append', 5],
        ['delete', 'small < 0'],
        ['add-column', 'extra'],
        ['append', 5],
        ['property', 'owner', 'somebody else'],
        ['tag', 'monday'],
      );
      await expectContinued(warehouse);
    });

    define('go back to an older snapshot, and get again what that has lost', async (warehouse) => {
      await write(warehouse, '2026-01-05', '2026-01-06');
      const first = change(warehouse, ['tag', 'first']) ?? '';
      const expected = await readByAll(warehouse);
      expect(rowsAdded(await write(warehouse, '2026-01-05', '2026-01-08'))).toBe(60);
      change(warehouse, ['rollback', first]);
      expect(await readByAll(warehouse)).toEqual(expected);
      expect(rowsAdded(await write(warehouse, '2026-01-05', '2026-01-08'))).toBe(60);
      expect(await readByAll(warehouse)).toEqual(contentsOf(generator, 'events', '2026-01-05', '2026-01-08'));
    });

    itHere('are continued after old snapshots have expired', async (warehouse) => {
      await write(warehouse, '2026-01-05', '2026-01-06');
      const first = change(warehouse, ['property', 'a', 'b']) ?? '';
      await write(warehouse, '2026-01-05', '2026-01-07');
      change(warehouse, ['append', 5], ['expire', first]);
      await expectContinued(warehouse);
    });

    itHere('are partitioned in another way and still known', async (warehouse) => {
      await write(warehouse, '2026-01-05', '2026-01-07');
      change(warehouse, ['partition', 'site_id', 'identity', 'site'], ['append', 5]);
      const refused = write(warehouse, '2026-01-05', '2026-01-09', 'error', generator, ['month']);
      await expect(refused).rejects.toMatchObject({ code: 'TABLE_CONFLICT' });
      await expectContinued(warehouse);
    });

    // Those of a REST server lie where that puts them.
    (kind === 'rest' ? () => undefined : define)(
      'or has made take our rows with `append`',
      async (warehouse) => {
        const namespace = `${warehouse.options.namespace}.ours`;
        const partitionSpec = new PartitionSpec({ startDate: '2026-01-01', endDate: '2026-01-03' });
        await writeDataset(generator, writerOf(warehouse, { namespace }), { partitionSpec, maxWorkers: 1 });
        change(warehouse, ['create', `${namespace}.events`]);
        const append = (endDate: string) => write(warehouse, '2026-01-05', endDate, 'append', generator, []);
        await expect(write(warehouse, '2026-01-05', '2026-01-07')).rejects.toMatchObject({
          code: 'TABLE_CONFLICT',
        });
        await append('2026-01-07');
        expect((await readByAll(warehouse)).rowCount).toBe(90 + 90);
        expect(rowsAdded(await append('2026-01-09'))).toBe(60);
        expect((await readByAll(warehouse)).rowCount).toBe(90 + 150);
      },
    );

    itHere('are overwritten, and readable as they were', async (warehouse) => {
      await write(warehouse, '2026-01-05', '2026-01-07');
      const old = BigInt(change(warehouse, ['append', 5]) ?? '');
      const before = await readByAll(warehouse);
      await write(warehouse, '2026-01-12', '2026-01-13', 'overwrite', other);
      expect(await readByAll(warehouse)).toEqual(contentsOf(other, 'events', '2026-01-12', '2026-01-13'));
      expect(await readByAll(warehouse, old)).toEqual(before);
    });
  });

  describe(`tables in ${kind} that Spark changes`, () => {
    const sql = (warehouse: TestWarehouse, statement: string) =>
      (spark as IcebergSpark).sql(warehouse, statement.replaceAll('{table}', `lake.${events(warehouse)}`));

    define(
      'are continued after rows were inserted, updated, merged and deleted, by delete files too',
      async (warehouse) => {
        await write(warehouse, '2026-01-05', '2026-01-07');
        await sql(
          warehouse,
          "ALTER TABLE {table} SET TBLPROPERTIES ('write.delete.mode' = 'merge-on-read', 'write.update.mode' = 'merge-on-read')",
        );
        await sql(warehouse, 'INSERT INTO {table} SELECT * FROM {table} LIMIT 5');
        await sql(warehouse, "UPDATE {table} SET note = 'updated' WHERE small > 0");
        await sql(warehouse, 'DELETE FROM {table} WHERE small < 0');
        await sql(warehouse, 'ALTER TABLE {table} ADD COLUMN extra STRING');
        await sql(warehouse, 'ALTER TABLE {table} ALTER COLUMN extra FIRST');
        const { rowCount, columns, warnings } = await lookAt(warehouse);
        expect(warnings).toEqual([
          expect.stringMatching(/^Others have deleted rows of `events` by \d+ delete/),
        ]);
        expect(columns[0]).toMatchObject({ name: 'extra', type: 'text', nullCount: rowCount });
        await expectContinued(warehouse);
      },
      hasSpark,
    );

    itHere(
      'are continued after files were compacted, snapshots expired and orphans removed',
      async (warehouse) => {
        await write(warehouse, '2026-01-05', '2026-01-06');
        await write(warehouse, '2026-01-05', '2026-01-07');
        await sql(warehouse, 'DELETE FROM {table} WHERE small < 0');
        const name = `'${events(warehouse)}'`;
        await sql(
          warehouse,
          `CALL lake.system.rewrite_data_files(table => ${name}, options => map('rewrite-all', 'true'))`,
        );
        await sql(warehouse, `CALL lake.system.rewrite_manifests(${name})`);
        await sql(
          warehouse,
          `CALL lake.system.expire_snapshots(table => ${name}, older_than => TIMESTAMP '2100-01-01 00:00:00', retain_last => 1)`,
        );
        const orphans = await sql(
          warehouse,
          `CALL lake.system.remove_orphan_files(table => ${name}, dry_run => true)`,
        );
        expect(orphans).toEqual([]);
        await expectContinued(warehouse);
      },
      hasSpark,
    );

    itHere(
      'keep what Spark knows of them: keys, order, partitions, comments, files and summaries',
      async (warehouse) => {
        await write(warehouse, '2026-01-05', '2026-01-07');
        const described = await sql(warehouse, 'DESCRIBE TABLE EXTENDED {table}');
        const text = described.map((row) => row.join(' ')).join('\n');
        expect(text).toContain('Money, negative too');
        expect(text).toContain('days(ts)');
        const [files] = await sql(warehouse, 'SELECT count(*), sum(record_count) FROM {table}.files');
        expect(files).toEqual(['3', '90']);
        const [snapshot] = await sql(
          warehouse,
          "SELECT operation, get_json_object(summary['datagen.run'], '$.endDate'), summary['total-records'], summary['added-data-files'] FROM {table}.snapshots",
        );
        expect(snapshot).toEqual(['append', '2026-01-07', '90', '3']);
      },
      hasSpark,
    );

    itHere(
      'of format version 3 are refused by name, of version 1 until they are upgraded',
      async (warehouse) => {
        const { place, options } = warehouse;
        const namespace = `${options.namespace}.made`;
        const partitionSpec = new PartitionSpec({ startDate: '2026-01-01', endDate: '2026-01-03' });
        await writeDataset(generator, writerOf(warehouse, { namespace }), { partitionSpec, maxWorkers: 1 });
        const location = `file://${place}/${events(warehouse).replaceAll('.', '/')}`;
        const createTable = (version: number) =>
          sql(
            warehouse,
            `CREATE TABLE {table} USING iceberg LOCATION '${location}' TBLPROPERTIES ('format-version' = '${String(version)}') AS SELECT * FROM lake.${namespace}.events`,
          );
        const append = () => write(warehouse, '2026-01-05', '2026-01-07', 'append', generator, []);
        await createTable(3);
        await expect(append()).rejects.toThrow(
          /Cannot write to .*events: it is of format version 3 of Iceberg, and datagen writes version 2\./,
        );
        await sql(warehouse, 'DROP TABLE {table} PURGE');
        await createTable(1);
        await expect(append()).rejects.toThrow(
          /it is of format version 1 of Iceberg, and datagen writes version 2\. Upgrade it/,
        );
        await sql(warehouse, "ALTER TABLE {table} SET TBLPROPERTIES ('format-version' = '2')");
        await append();
        expect((await readByAll(warehouse)).rowCount).toBe(90 + 90);
        expect(rowsAdded(await append())).toBe(0);
      },
      hasSpark,
    );
  });
}
