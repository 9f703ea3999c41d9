import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { query } from '../readers/duckdb.ts';
import { PackedPackages, root } from './packed.ts';

/** The examples of testkit's README as JavaScript, by the names of their files. */
function readmeFiles(): Record<string, string> {
  const text = readFileSync(path.join(root, 'packages/testkit/README.md'), 'utf8');
  const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  return Object.fromEntries(
    [...text.matchAll(/```ts\n\/\/ (\S+)\.ts\n([^]*?)```/g)].map(([, name = '', code = '']) => [
      `${name}.js`,
      ts.transpileModule(code, { compilerOptions: options }).outputText,
    ]),
  );
}

/** A test of the same plug-in that gets the functions of its runner by an import, and writes files. */
const testFile = (runner: string, folder: string) => `
import assert from 'node:assert/strict';
import { ParallelPipeline, writeDataset } from '@datagen/core';
import { parquet } from '@datagen/parquet';
import { testGenerator } from '@datagen/testkit';
import { visits, visitsPlugin } from './visits.js';
${runner === '' ? '' : `import { describe, it } from '${runner}';`}

testGenerator({
  plugin: visitsPlugin,
  options: { visitsPerDay: 100 },
  startDate: '2026-01-01',
  endDate: '2026-01-04',
  digestsUrl: new URL('./digests.json', import.meta.url),
}, { describe, it });

describe('visits', () => {
  it('are written into a fresh folder, once', async () => {
    const write = () => writeDataset(visits(), parquet('./${folder}'), {
      startDate: '2026-01-01', endDate: '2026-01-04', partitionBy: 'day',
      executor: new ParallelPipeline({ maxWorkers: 2, rowsPerWorker: 1 }),
    });
    assert.equal((await write()).tables[0].rowCount, 4_000);
    assert.equal((await write()).tables[0].rowCount, 0);
    await assert.rejects(
      writeDataset(visits({ seed: 1 }), parquet('./${folder}'), { startDate: '2026-01-01', endDate: '2026-01-04', partitionBy: 'day' }),
      { code: 'TABLE_CONFLICT' },
    );
  }, 60_000);
});
`;

/** The suites for writers and storages, over the shortest right writer and the local disk. */
const suitesFile = (runner: string, folder: string) => `
import { mkdirSync, mkdtempSync, utimesSync } from 'node:fs';
import { LocalStorage } from '@datagen/core';
import { logTables, readLogTable, testStorage, testWriter } from '@datagen/testkit';
${runner === '' ? '' : `import { describe, it } from '${runner}';`}

mkdirSync('./${folder}');
const dayBeforeYesterday = new Date(Date.now() - 48 * 3_600_000);
const createPlace = async () => mkdtempSync('./${folder}/place-');
testWriter({
  name: 'log table',
  createPlace,
  createWriter: (place) => logTables(place),
  readRows: (place, { name }) => readLogTable(new LocalStorage(place), name),
  partitionings: [[], ['day']],
  catalog: {
    storageOf: (place) => new LocalStorage(place),
    isDataFile: (file) => file.endsWith('.jsonl'),
    age: async (place, file) => utimesSync(place + '/' + file, dayBeforeYesterday, dayBeforeYesterday),
  },
}, { describe, it });
testStorage({ name: 'a folder', open: async () => new LocalStorage(await createPlace()) }, { describe, it });
`;

describe('a project that has installed the packages', () => {
  const folderOf = (url: string) => path.dirname(fileURLToPath(url));
  const vitest = folderOf(import.meta.resolve('vitest/package.json'));
  const jest = path.join(folderOf(import.meta.resolve('jest/package.json')), 'bin/jest.js');
  let project: string;
  const run = (args: readonly string[], environment: Record<string, string> = {}) =>
    execFileSync(process.execPath, args, {
      cwd: project,
      encoding: 'utf8',
      // Nothing of the runner around this one.
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const rowsIn = (folder: string) =>
    query(
      `SELECT count(*)::INT, count(DISTINCT visit_id)::INT FROM '${project}/${folder}/visits/**/*.parquet'`,
    );

  beforeAll(async () => {
    const packed = await PackedPackages.pack('core', 'parquet', 'testkit');
    project = await packed.install('core', 'parquet', 'testkit');
    for (const [name, code] of Object.entries(readmeFiles())) writeFileSync(path.join(project, name), code);
    symlinkSync(vitest, path.join(project, 'node_modules/vitest'));
    run(['--experimental-vm-modules', jest, 'visits.test.js'], { UPDATE_DIGESTS: '1' });
  }, 240_000);

  it('tests its plug-in in an unmodified Jest, as the README of testkit shows', async () => {
    run(['--experimental-vm-modules', jest, 'visits.test.js']);
    writeFileSync(path.join(project, 'globals.test.js'), testFile('', 'jest'));
    run(['--experimental-vm-modules', jest, 'globals.test.js']);
    expect(await rowsIn('jest')).toEqual([[4_000, 4_000]]);
  }, 240_000);

  it('tests its plug-in in Vitest', async () => {
    writeFileSync(path.join(project, 'vitest.test.js'), testFile('vitest', 'vitest'));
    run([path.join(vitest, 'vitest.mjs'), 'run', 'vitest.test.js']);
    expect(await rowsIn('vitest')).toEqual([[4_000, 4_000]]);
  }, 240_000);

  it('tests a writer and a storage in an unmodified Jest and in Vitest', () => {
    writeFileSync(path.join(project, 'suites.test.js'), suitesFile('', 'jest-suites'));
    run(['--experimental-vm-modules', jest, 'suites.test.js']);
    writeFileSync(path.join(project, 'vitest-suites.test.js'), suitesFile('vitest', 'vitest-suites'));
    run([path.join(vitest, 'vitest.mjs'), 'run', 'vitest-suites.test.js']);
  }, 240_000);

  it('tests its plug-in in node:test', async () => {
    writeFileSync(
      path.join(project, 'node.test.js'),
      testFile('node:test', 'node').replace('}, 60_000);', '});'),
    );
    run(['--test', 'node.test.js']);
    expect(await rowsIn('node')).toEqual([[4_000, 4_000]]);
  }, 240_000);

  it('is told by a failing test what its plug-in breaks', () => {
    const broken = readFileSync(path.join(project, 'visits.js'), 'utf8').replace('% 600', '% 599');
    writeFileSync(path.join(project, 'broken.js'), broken);
    const test = testFile('vitest', 'broken').replace("'./visits.js'", "'./broken.js'");
    writeFileSync(path.join(project, 'broken.test.js'), test);
    expect(() => run([path.join(vitest, 'vitest.mjs'), 'run', 'broken.test.js'])).toThrow(
      /`visits`\.`seconds` has other values with seed 42 than the golden digests say/,
    );
  }, 240_000);
});
