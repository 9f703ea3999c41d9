import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { query } from '../readers/duckdb.ts';
import { PackedPackages } from './packed.ts';

/** Prints the rows that it wrote and the threads that were started. */
const PROGRAM = `import { writeDataset } from '@datagen/core';
import { ecommerce } from '@datagen/ecommerce';
import { parquet } from '@datagen/parquet';
const maxWorkers = Number(process.argv[2]);
let threads = 0;
process.on('worker', () => threads++);
const report = await writeDataset(ecommerce({ nCustomers: 1_000, ordersPerDay: 40_000 }), parquet('./out'), {
  startDate: '2026-01-01', endDate: '2026-01-14', partitionBy: 'day', maxWorkers, tables: 'orders',
});
console.log(JSON.stringify([report.tables[0].rowCount, threads]));
`;

describe('a bundled program', () => {
  let project: string;

  beforeAll(async () => {
    const packed = await PackedPackages.pack('core', 'ecommerce', 'parquet');
    project = await packed.install('core', 'ecommerce', 'parquet');
    writeFileSync(path.join(project, 'make.js'), PROGRAM);
  }, 240_000);

  async function bundle(outfile: string, external: string[] = []): Promise<void> {
    await build({
      absWorkingDir: project,
      entryPoints: ['make.js'],
      outfile,
      external,
      bundle: true,
      platform: 'node',
      format: 'esm',
      logLevel: 'error',
    });
  }

  it('runs on threads with the packages outside of it', async () => {
    await bundle('outside.js', ['@datagen/*']);
    const printed = execFileSync(process.execPath, ['outside.js', '2'], { cwd: project, encoding: 'utf8' });
    const [rowCount, threads] = JSON.parse(printed) as [number, number];
    expect(threads).toBe(2);
    expect(rowCount).toBeGreaterThan(500_000);
    expect(await query(`SELECT count(*)::INT FROM '${project}/out/orders/**/*.parquet'`)).toEqual([
      [rowCount],
    ]);
  }, 240_000);

  it('is told to leave them outside, with threads and without', async () => {
    await bundle('inside.js');
    for (const maxWorkers of ['1', '2']) {
      const { status, stderr } = spawnSync(process.execPath, [path.join(project, 'inside.js'), maxWorkers], {
        // A folder without the output of the other program.
        cwd: path.join(project, 'node_modules'),
        encoding: 'utf8',
      });
      expect(status).toBe(1);
      expect(stderr).toContain(
        'Expected the @datagen packages outside of the bundle, since they are imported again while a run goes on, ' +
          'got them inside: mark `@datagen/*` as external.',
      );
    }
  }, 240_000);

  it('says what to do where the writer alone is inside', async () => {
    await bundle('writer-inside.js', ['@datagen/core', '@datagen/core/*', '@datagen/ecommerce']);
    const { status, stderr } = spawnSync(process.execPath, [path.join(project, 'writer-inside.js'), '1'], {
      cwd: path.join(project, 'node_modules'),
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /Cannot import file:.*\/data-file\/write\.js: there is no such file\. If its package is in a bundle, mark that as external/,
    );
  }, 240_000);
});
