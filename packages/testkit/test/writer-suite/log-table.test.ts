import { mkdtemp, rm, utimes } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { writeDataset } from '@datagen/core';
import { LocalStorage, MemoryStorage } from '@datagen/core/writer';
import { afterAll, expect, it } from '@jest/globals';
import { logTables, readLogTable, sampleGenerator, testWriter } from '../../src/index.ts';

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

it('a log table has in its report what its storage says of the files that were written', async () => {
  const storage = Object.assign(new MemoryStorage('memory:unsure-log'), { warnings: ['This disk is slow.'] });
  const { warnings } = await writeDataset(sampleGenerator(), logTables(storage), {
    startDate: '2026-01-01',
    endDate: '2026-01-01',
  });
  expect(warnings).toEqual(['This disk is slow.']);
});

function daysAgo(count: number): Date {
  return new Date(Date.now() - count * 86_400_000);
}

afterAll(async () => {
  for (const place of made) await rm(place, { recursive: true, force: true });
});
