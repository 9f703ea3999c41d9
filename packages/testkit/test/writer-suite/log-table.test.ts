import { mkdtemp, rm, utimes } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { LocalStorage } from '@datagen/core/writer';
import { afterAll } from '@jest/globals';
import { logTables, readLogTable, testWriter } from '../../src/index.ts';

const made: string[] = [];

testWriter({
  name: 'log table',
  createPlace: async () => {
    const place = await mkdtemp(path.join(os.tmpdir(), 'datagen-log-'));
    made.push(place);
    return place;
  },
  createWriter: (place) => logTables(place),
  readRows: (place, { name }) => readLogTable(new LocalStorage(place), name),
  partitionings: [[], ['year', 'month', 'day'], ['week'], ['group']],
  catalog: {
    storageOf: (place) => new LocalStorage(place),
    isDataFile: (file) => file.endsWith('.jsonl'),
    age: (place, file) => utimes(path.join(place, file), daysAgo(2), daysAgo(2)),
  },
});

function daysAgo(count: number): Date {
  return new Date(Date.now() - count * 86_400_000);
}

afterAll(async () => {
  for (const place of made) await rm(place, { recursive: true, force: true });
});
