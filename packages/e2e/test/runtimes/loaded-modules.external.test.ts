import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { createPlace } from '../place.ts';
import { query } from '../readers/duckdb.ts';
import { nodes } from './nodes.ts';

const packages = fileURLToPath(new URL('../../../', import.meta.url));
const BIN = path.join(packages, 'cli/bin/datagen.js');
/** Brings its own import of zod, as most plug-ins do. */
const PLUGIN = path.join(packages, 'cli/test/fixtures/tally.mjs');
const WINDOW = ['--start-date', '2026-01-01', '--end-date', '2026-01-02'];

const hasHooks = (node: string) =>
  execFileSync(node, ['-p', "typeof require('node:module').registerHooks"], { encoding: 'utf8' }).trim() ===
  'function';

/** The modules of a library that the command loads on its main thread, by what V8 says of each script it has compiled. */
async function loadedFrom(library: string, node: string, ...words: string[]): Promise<readonly string[]> {
  const place = await createPlace();
  const env = { ...process.env, NODE_V8_COVERAGE: place };
  execFileSync(node, [BIN, ...words], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const reports = readdirSync(place).map((name) => readFileSync(path.join(place, name), 'utf8'));
  const urls = reports.flatMap((report) =>
    (JSON.parse(report) as { result: { url: string }[] }).result.map(({ url }) => url),
  );
  expect(urls.some((url) => url.endsWith('/cli/dist/process/main.js'))).toBe(true);
  return urls.filter((url) => url.includes(library));
}

describe.each(nodes)('on Node.js $version', ({ binary: node }) => {
  it('zod comes from core, and apache-arrow from one file where Node.js can be told so', async () => {
    expect(await loadedFrom('node_modules/zod/', node, 'plan', 'weather', ...WINDOW)).toEqual([]);
    const arrow = await loadedFrom('apache-arrow', node, 'plan', 'weather', ...WINDOW);
    if (hasHooks(node))
      expect(arrow).toEqual([expect.stringMatching(/cli\/dist\/process\/apache-arrow\.js$/)]);
    else expect(arrow.length).toBeGreaterThan(100);
  });

  it('plug-ins that import zod themselves are known by their schemas', async () => {
    const place = await createPlace();
    const run = (...words: string[]) =>
      execFileSync(node, [BIN, ...words, '--plugin', PLUGIN], { encoding: 'utf8', cwd: place });
    expect(run('generate', 'tally', '--help')).toMatch(/--count <n> .*\(default: \d+\)/s);
    run('generate', 'tally', './out', '--count', '1000');
    expect(await query(`SELECT count(*)::INT, max(tally_id)::INT FROM '${place}/out/*/*.parquet'`)).toEqual([
      [1_000, 1_000],
    ]);
  });
});

it('the one file of apache-arrow has the names of the library, and its streams', () => {
  const script = `import * as library from 'apache-arrow';
    import * as joined from './cli/dist/process/apache-arrow.js';
    const lengthOf = async ({ RecordBatchStreamWriter, tableFromArrays }) => {
      let length = 0;
      const writer = RecordBatchStreamWriter.writeAll(tableFromArrays({ x: [1, 2, 3] }));
      for await (const bytes of writer.toNodeStream()) length += bytes.length;
      return length;
    };
    const both = [library, joined];
    console.log(JSON.stringify([both.map(Object.keys), await Promise.all(both.map(lengthOf))]));`;
  const words = ['--input-type=module', '-e', script];
  const printed = execFileSync(process.execPath, words, { cwd: packages, encoding: 'utf8' });
  const [names, lengths] = JSON.parse(printed) as [string[][], number[]];
  expect(names[1]).toEqual(names[0]);
  expect(lengths[0]).toBeGreaterThan(100);
  expect(lengths[1]).toBe(lengths[0]);
});

if (nodes.length === 0) it.skip('modules that other versions of Node.js load', () => undefined);
