import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from '@jest/globals';

const made: string[] = [];

/** An empty folder that is removed after the test file. */
export async function createPlace(): Promise<string> {
  const place = await mkdtemp(path.join(os.tmpdir(), 'datagen-text-'));
  made.push(place);
  return place;
}

afterAll(async () => {
  for (const place of made) await rm(place, { recursive: true, force: true });
});

/** Paths of all files below a folder, sorted; none if it does not exist. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
