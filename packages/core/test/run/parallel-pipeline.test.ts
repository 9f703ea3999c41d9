import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { ParallelPipeline, parseOptions, PartitionSpec, writeDataset } from '../../src/index.ts';
import { countingWriter } from './counting-writer.ts';
import { faultyPlugin } from './faulty-plugin.ts';

const partitionSpec = new PartitionSpec({ startDate: '2026-01-01', endDate: '2026-01-20' });
/** Threads even for a handful of rows. */
const executor = new ParallelPipeline({ maxWorkers: 2, rowsPerWorker: 1 });
const withThisThread = new ParallelPipeline({ maxWorkers: 2, rowsPerWorker: 1, usesCallingThread: true });

function faulty(options: object = {}) {
  return faultyPlugin.create(
    parseOptions(faultyPlugin.options, { fileRowsTarget: 1_000, ...options }, 'generator "faulty"'),
  );
}

describe('ParallelPipeline', () => {
  it.each([
    ['threads', executor],
    ['threads and the calling one', withThisThread],
  ])('makes every file once on %s and commits them in the order of the plan', async (_, executor) => {
    const writer = countingWriter();
    const seen: number[] = [];
    const report = await writeDataset(faulty(), writer, {
      partitionSpec,
      executor,
      onProgress: ({ rowCount }) => seen.push(rowCount),
    });
    expect(report.tables).toMatchObject([{ table: 'events', rowCount: 20_000, fileCount: 20 }]);
    const files = writer.commits[0]?.[0]?.files.map(({ path }) => path);
    expect(files).toEqual([...(files ?? [])].sort());
    expect(new Set(files).size).toBe(20);
    expect(seen.at(-1)).toBe(20_000);
  });

  it('names the block and the cause when a generator throws in a worker, and commits nothing', async () => {
    const writer = countingWriter();
    const run = writeDataset(faulty({ fault: 'throw' }), writer, { partitionSpec, executor });
    await expect(run).rejects.toMatchObject({
      name: 'DatagenError',
      code: 'GENERATE_FAILED',
      message: 'Block 2026-01-05 of `events` failed: the cause',
      details: { table: 'events', block: '2026-01-05' },
      cause: {
        name: 'TypeError',
        message: 'the cause',
        stack: expect.stringContaining('TypeError: the cause') as unknown,
      },
    });
    expect(writer.commits).toEqual([]);
  });

  it('makes files on the calling thread too, if it may', async () => {
    const generator = faulty();
    const generate = generator.generate.bind(generator);
    const here: string[] = [];
    generator.generate = (table, block, memory) => {
      here.push(block.key);
      // Slow here, so that the other thread has its turn.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 250);
      return generate(table, block, memory);
    };
    await writeDataset(generator, countingWriter(), { partitionSpec, executor });
    expect(here).toEqual([]);
    const report = await writeDataset(generator, countingWriter(), {
      partitionSpec,
      executor: withThisThread,
    });
    expect(report.tables).toMatchObject([{ rowCount: 20_000, fileCount: 20 }]);
    expect(here.length).toBeGreaterThan(0);
    expect(here.length).toBeLessThan(20);
  });

  it.each(['2026-01-01', '2026-01-20'])('ends all threads when block %s fails on one', async (faultDay) => {
    const writer = countingWriter();
    const run = writeDataset(faulty({ fault: 'throw', faultDay }), writer, {
      partitionSpec,
      executor: withThisThread,
    });
    await expect(run).rejects.toMatchObject({ message: `Block ${faultDay} of \`events\` failed: the cause` });
    expect(writer.commits).toEqual([]);
  });

  it('reports errors that cannot be cloned', async () => {
    const run = writeDataset(faulty({ fault: 'unclonable' }), countingWriter(), { partitionSpec, executor });
    await expect(run).rejects.toMatchObject({ message: 'Block 2026-01-05 of `events` failed: odd' });
  });

  it('names the block a worker died in', async () => {
    const writer = countingWriter();
    const run = writeDataset(faulty({ fault: 'exit' }), writer, { partitionSpec, executor });
    await expect(run).rejects.toMatchObject({
      code: 'GENERATE_FAILED',
      message: 'A worker thread died while it made block 2026-01-05 of `events`: worker exited with code: 7',
    });
    expect(writer.commits).toEqual([]);
  });

  it('stops at the signal', async () => {
    const controller = new AbortController();
    const run = writeDataset(faulty({ rowsPerDay: 2_000_000 }), countingWriter(), {
      partitionSpec,
      executor,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(run).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it('refuses a number of workers that is none', () => {
    expect(() => new ParallelPipeline({ maxWorkers: 0 })).toThrow(
      'Expected maxWorkers to be a whole number from 1 on, got 0.',
    );
  });

  it('refuses a run that begins as a worker imports its plug-in, instead of starting threads without end', () => {
    const core = pathToFileURL(path.resolve(import.meta.dirname, '../../src')).href;
    const script = path.join(import.meta.dirname, 'self-starting.mjs');
    const { stderr, status, error } = spawnSync(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), '--conditions=@datagen/source', script],
      { env: { ...process.env, CORE: core }, encoding: 'utf8', timeout: 60_000 },
    );
    expect(error).toBeUndefined();
    expect(status).toBe(1);
    expect(stderr).toContain('A worker thread of a run imported a module that starts a run itself.');
  });
});
