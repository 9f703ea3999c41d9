import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from '@jest/globals';

const made: string[] = [];

/** An empty folder that is removed after the test file. */
export async function createPlace(): Promise<string> {
  const place = await mkdtemp(path.join(os.tmpdir(), 'datagen-iceberg-'));
  made.push(place);
  return place;
}

afterAll(async () => {
  for (const place of made) await rm(place, { recursive: true, force: true });
});
