import { utimes } from 'node:fs/promises';
import path from 'node:path';
import { LocalStorage } from '@datagen/core/writer';
import { testWriter } from '@datagen/testkit';
import { iceberg } from '../../src/index.ts';
import { createPlace } from '../place.ts';
import { metadataOf, readRows } from './read-table.ts';

testWriter({
  name: 'iceberg',
  createPlace,
  createWriter: (place) => iceberg(place),
  readRows: async (place, table) =>
    (await metadataOf(place, table.name)) === undefined ? undefined : readRows(place, table),
  partitionings: [[], ['year', 'month', 'day'], ['day'], ['group'], ['month', 'group']],
  catalog: {
    storageOf: (place) => new LocalStorage(path.join(place, 'default')),
    isDataFile: (file) => file.endsWith('.parquet'),
    age: (place, file) => utimes(path.join(place, 'default', file), daysAgo(2), daysAgo(2)),
  },
});

function daysAgo(count: number): Date {
  return new Date(Date.now() - count * 86_400_000);
}
