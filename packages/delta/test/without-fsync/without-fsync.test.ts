import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { createPlace } from '../place.ts';

const script = fileURLToPath(new URL('./write.ts', import.meta.url));
const preload = new URL('./preload.mjs', import.meta.url).href;
const WARNING = /^The file system of the output cannot be told to write files to disk/;

/** How many warnings about syncing are in the reports of the runs of `write.ts`, where files whose names contain `noSync` cannot be synced. */
async function warningsWithout(noSync: string): Promise<Record<string, number>> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--conditions=@datagen/source', script, await createPlace()],
    // Threads take options of their own, and those of the environment.
    { env: { ...process.env, NODE_OPTIONS: `--import=${preload}`, NO_SYNC: noSync } },
  );
  const warnings = Object.entries(JSON.parse(stdout) as Record<string, string[]>);
  return Object.fromEntries(
    warnings.map(([name, texts]) => [name, texts.filter((text) => WARNING.test(text)).length]),
  );
}

describe('a run where the system cannot sync files', () => {
  it.each([
    ['data files alone', '.parquet'],
    ['any file', '.'],
  ])(
    'says so once, whichever thread writes them: %s',
    async (_, noSync) => {
      expect(await warningsWithout(noSync)).toEqual({
        'parquet inline': 1,
        'parquet threads': 1,
        'delta inline': 1,
        'delta threads': 1,
      });
    },
    60_000,
  );
});
