import { utimes } from 'node:fs/promises';
import path from 'node:path';
import { LocalStorage } from '@datagen/core/writer';
import { testWriter } from '@datagen/testkit';
import { ducklake } from '../src/index.ts';
import { createPlace } from './place.ts';
import { FILE_CATALOGS, optionsFor, readRows } from './read-lake.ts';

for (const kind of FILE_CATALOGS) {
  testWriter({
    name: `ducklake (${kind})`,
    createPlace,
    createWriter: (place) => ducklake(place, optionsFor(kind, place)),
    readRows: (place, table) => readRows(kind, place, table),
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
