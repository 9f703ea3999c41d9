import { mkdtemp, rm, utimes } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { LocalStorage } from '@datagen/core/writer';
import { afterAll, describe, expect, it } from '@jest/globals';
import { logTables, readLogTable, writerChecksFor, type WriterSuite } from '../../src/index.ts';
import { brokenWriters } from './broken-writers.ts';

const made: string[] = [];

/** That of `log-table.test.ts`, in which the unbroken writer passes. */
const suite: WriterSuite = {
  name: 'log table',
  createPlace: async () => {
    const place = await mkdtemp(path.join(os.tmpdir(), 'datagen-broken-'));
    made.push(place);
    return place;
  },
  createWriter: (place) => logTables(place),
  readRows: (place, { name }) => readLogTable(new LocalStorage(place), name),
  partitionings: [[], ['group']],
  catalog: {
    storageOf: (place) => new LocalStorage(place),
    isDataFile: (file) => file.endsWith('.jsonl'),
    age: (place, file) => utimes(path.join(place, file), 0, 0),
  },
};

afterAll(async () => {
  for (const place of made) await rm(place, { recursive: true, force: true });
});

describe('a writer that is broken', () => {
  const checks = writerChecksFor(suite);

  it('is there for every check', () => {
    expect(Object.keys(brokenWriters)).toEqual(checks.map(({ name }) => name));
  });

  const cases = checks.flatMap(({ name, run }) =>
    (brokenWriters[name] ?? []).map((broken) => ({ name, run, ...broken })),
  );
  it.each(cases)(
    'is found out: "$name" by $fault',
    async ({ run, createWriter, finding }) => {
      await expect((async () => run({ ...suite, createWriter }))()).rejects.toThrow(finding);
    },
    60_000,
  );
});
