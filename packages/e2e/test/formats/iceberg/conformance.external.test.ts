import { utimes } from 'node:fs/promises';
import path from 'node:path';
import { LocalStorage } from '@datagen/core/writer';
import { testWriter } from '@datagen/testkit';
import { describe, it } from '@jest/globals';
import { scanRows } from './warehouses/scan.ts';
import {
  CATALOGS,
  createWarehouse,
  isTestable,
  type TestWarehouse,
  useServers,
  writerOf,
} from './warehouses/warehouses.ts';

useServers();

for (const kind of CATALOGS) {
  if (!isTestable(kind)) {
    describe(`iceberg (${kind}) read by DuckDB's extension`, () => {
      it.skip('needs Python with DuckDB extensions, and the server of its catalog', () => undefined);
    });
    continue;
  }
  const warehouses = new Map<string, TestWarehouse>();
  const warehouseAt = (place: string) => warehouses.get(place) as TestWarehouse;
  const folderAt = (place: string) => path.join(place, ...warehouseAt(place).options.namespace.split('.'));
  testWriter({
    name: `iceberg (${kind}) read by DuckDB's extension`,
    createPlace: async () => {
      const warehouse = await createWarehouse(kind);
      warehouses.set(warehouse.place, warehouse);
      return warehouse.place;
    },
    createWriter: (place) => writerOf(warehouseAt(place)),
    readRows: (place, { name, schema }) =>
      scanRows(
        warehouseAt(place),
        name,
        schema.fields.map((field) => field.name),
      ),
    partitionings: [[], ['year', 'month', 'day'], ['day'], ['group'], ['month', 'group']],
    catalog: {
      storageOf: (place) => new LocalStorage(folderAt(place)),
      isDataFile: (file) => file.endsWith('.parquet'),
      age: (place, file) => utimes(path.join(folderAt(place), file), daysAgo(2), daysAgo(2)),
    },
  });
}

function daysAgo(count: number): Date {
  return new Date(Date.now() - count * 86_400_000);
}
