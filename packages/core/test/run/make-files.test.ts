import { setTimeout } from 'node:timers/promises';
import type { RecordBatch } from 'apache-arrow';
import { describe, expect, it } from '@jest/globals';
import {
  type DatasetGenerator,
  parseOptions,
  PartitionSpec,
  type PlannedFile,
  planTable,
  type TableDefinition,
} from '../../src/index.ts';
import { makeFiles } from '../../src/run/make-files.ts';
import { countRows } from './counting-writer.ts';
import { faultyPlugin } from './faulty-plugin.ts';

const STORING_MS = 100;
const log: string[] = [];

/** Lets the first file take until the fourth one is generated. */
const UNTIL_FOURTH = 'until the fourth';

/** Takes its time to store a file, as a remote storage does, and fails on the day that its options name. @public */
export async function storeSlowly(options: unknown, file: PlannedFile, batches: AsyncIterable<RecordBatch>) {
  const day = file.firstBlock;
  const made = await countRows(options, file, batches);
  log.push(`generated ${day}`);
  await setTimeout(STORING_MS);
  while (options === UNTIL_FOURTH && day === '2026-01-01' && !log.includes('generated 2026-01-04'))
    await setTimeout(1);
  log.push(`stored ${day}`);
  if (day === options) throw new Error('the disk is gone');
  return made;
}

function faulty(options: object, chunkSize?: number) {
  const config = parseOptions(faultyPlugin.options, { fault: 'none', ...options }, 'generator "faulty"');
  return faultyPlugin.create(config, chunkSize);
}

const generator = faulty({});

async function jobsOf(generator: DatasetGenerator, days: number, options?: string) {
  const table = generator.tables[0] as TableDefinition;
  const spec = new PartitionSpec({ startDate: '2026-01-01', endDate: `2026-01-0${String(days)}` });
  const fileWriter = { module: import.meta.url, export: 'storeSlowly', options };
  const { files } = await planTable(generator, table, spec, { fileRowsTarget: 1_000 });
  return files.map((file) => ({ file, fileWriter }));
}

describe('makeFiles', () => {
  it('generates a file while three before it are stored, and no fifth one', async () => {
    log.length = 0;
    const files = [];
    for await (const { path } of makeFiles(generator, await jobsOf(generator, 5, UNTIL_FOURTH), () => ({})))
      files.push(path);
    expect(files).toEqual(['2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04', '2026-01-05']);
    expect(log.filter((line) => line.startsWith('generated'))).toHaveLength(5);
    expect(log.indexOf('generated 2026-01-04')).toBeLessThan(log.indexOf('stored 2026-01-01'));
    expect(log.indexOf('generated 2026-01-05')).toBeGreaterThan(log.indexOf('stored 2026-01-01'));
  });

  it('ends with the failure of a file once those after it have ended, too', async () => {
    log.length = 0;
    const run = async () => {
      for await (const _ of makeFiles(generator, await jobsOf(generator, 9, '2026-01-02'), () => ({})));
    };
    await expect(run()).rejects.toThrow('the disk is gone');
    const ended = [...log];
    expect(ended).toContain('stored 2026-01-03');
    expect(ended).not.toContain('generated 2026-01-07');
    await setTimeout(2 * STORING_MS);
    expect(log).toEqual(ended);
  });

  it('stops the file that is being generated when the one before fails', async () => {
    // 100,000 batches take much longer than the first file takes to fail.
    const slow = faulty({ rowsPerDay: 1_000_000 }, 10);
    let rowCount = 0;
    const run = async () => {
      const files = makeFiles(slow, await jobsOf(slow, 2, '2026-01-01'), ({ file }) => ({
        onRows: (added) => {
          if (file.firstBlock === '2026-01-02') rowCount += added;
        },
      }));
      for await (const _ of files);
    };
    await expect(run()).rejects.toThrow('the disk is gone');
    expect(rowCount).toBeGreaterThan(0);
    expect(rowCount).toBeLessThan(1_000_000);
  });
});
