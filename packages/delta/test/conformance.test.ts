import { utimes } from 'node:fs/promises';
import path from 'node:path';
import { LocalStorage } from '@datagen/core/writer';
import { testWriter } from '@datagen/testkit';
import { delta } from '../src/index.ts';
import { createPlace } from './place.ts';
import { readLog, readRows } from './read-table.ts';

testWriter({
  name: 'delta',
  createPlace,
  createWriter: (place) => delta(place),
  readRows: async (place, table) =>
    (await readLog(place, table.name)).length > 0 ? readRows(place, table) : undefined,
  partitionings: [[], ['year', 'month', 'day'], ['week'], ['group'], ['month', 'group']],
  catalog: {
    storageOf: (place) => new LocalStorage(place),
    isDataFile: (file) => file.endsWith('.parquet') && !file.includes('/_delta_log/'),
    age: (place, file) => utimes(path.join(place, file), daysAgo(2), daysAgo(2)),
  },
});

function daysAgo(count: number): Date {
  return new Date(Date.now() - count * 86_400_000);
}
