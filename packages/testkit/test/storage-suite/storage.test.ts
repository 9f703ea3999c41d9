import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { LocalStorage, MemoryStorage } from '@datagen/core/writer';
import { afterAll } from '@jest/globals';
import { testStorage } from '../../src/index.ts';

const made: string[] = [];
let count = 0;

testStorage({
  name: 'memory',
  open: () => Promise.resolve(new MemoryStorage(`memory:storage-suite-${String(count++)}`)),
});

testStorage({
  name: 'local',
  open: async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'datagen-storage-'));
    made.push(folder);
    return new LocalStorage(path.join(folder, 'output'));
  },
  readLocation: (location) => readFile(location),
});

afterAll(async () => {
  for (const folder of made) await rm(folder, { recursive: true, force: true });
});
