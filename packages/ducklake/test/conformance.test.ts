import { utimes } from 'node:fs/promises';
import path from 'node:path';
import { LocalStorage } from '@datagen/core/writer';
import { testWriter } from '@datagen/testkit';
import { ducklake } from '../src/index.ts';
import { createPlace } from './place.ts';
import { catalogRows, FILE_CATALOGS, optionsFor, readRows } from './read-lake.ts';

for (const kind of FILE_CATALOGS) {
  testWriter({
    name: `ducklake (${kind})`,
    createPlace,
    createWriter: (place) => ducklake(place, optionsFor(kind, place)),
    readRows: async (place, table) => {
      const tables = await catalogRows(
        kind,
        place,
        `SELECT 1 FROM ducklake_table WHERE table_name = '${table.name}'`,
      );
      return tables.length > 0 ? readRows(kind, place, table) : undefined;
    },
    partitionings: [[], ['year', 'month', 'day'], ['day'], ['group'], ['month', 'group']],
    catalog: {
      storageOf: (place) => new LocalStorage(path.join(place, 'main')),
      isDataFile: (file) => file.endsWith('.parquet'),
      age: (place, file) => utimes(path.join(place, 'main', file), daysAgo(2), daysAgo(2)),
    },
  });
}

function daysAgo(count: number): Date {
  return new Date(Date.now() - count * 86_400_000);
}
