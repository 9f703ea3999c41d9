import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { createPlace } from '../place.ts';
import { query } from '../readers/duckdb.ts';

const script = fileURLToPath(new URL('./write-shop.mjs', import.meta.url));

async function rowsIn(place: string) {
  return query(`SELECT * FROM '${place}/orders/*.parquet' ORDER BY order_id`);
}

function run(command: string, ...words: string[]) {
  const output = execFileSync(command, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return JSON.parse(output) as unknown;
}

describe('the encoder "javascript"', () => {
  it('writes the same rows without WebAssembly, and loads no addon', async () => {
    const [usual, jitless] = [await createPlace(), await createPlace()];
    expect(run(process.execPath, script, usual)).toEqual({
      encoder: 'javascript',
      hasWasm: true,
      addons: [],
    });
    const found = run(process.execPath, '--jitless', script, jitless);
    expect(found).toEqual({ encoder: 'javascript', hasWasm: false, addons: [] });
    const rows = await rowsIn(jitless);
    expect(rows.length).toBeGreaterThan(10);
    expect(rows).toEqual(await rowsIn(usual));
  });

  // Memory of WebAssembly is reserved with gigabytes of guard pages.
  (process.platform === 'linux' ? it : it.skip)('writes them in a small address space', async () => {
    const place = await createPlace();
    const found = run('sh', '-c', 'ulimit -v 3000000; exec "$0" "$1" "$2"', process.execPath, script, place);
    expect(found).toMatchObject({ encoder: 'javascript' });
    expect((await rowsIn(place)).length).toBeGreaterThan(10);
  });
});
