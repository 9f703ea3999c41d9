import { MemoryStorage } from '@datagen/core/writer';
import { writeDataset } from '@datagen/core';
import { sampleGenerator } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { refuseLargeFile, refuseLongFile } from '../src/data-file/file-limits.ts';
import { parquet } from '../src/index.ts';
import { thingsBatch, writeThings } from './all-types.ts';

const file = {
  table: 'events',
  partition: [],
  firstBlock: 'a',
  lastBlock: 'b',
  blockCount: 1,
  rowCount: 32_767 * 1_024 + 1,
  exact: true,
};

describe('a file beyond what Parquet or an encoder can hold', () => {
  it('is refused before a row is made where it would have too many row groups', async () => {
    const generator = sampleGenerator({ nSites: file.rowCount });
    const made: string[] = [];
    const run = writeDataset(
      generator,
      parquet(new MemoryStorage('memory:limits'), { rowGroupRows: 1_024 }),
      {
        startDate: '2026-01-05',
        endDate: '2026-01-05',
        tables: 'sites',
        fileRowsTarget: 100_000_000,
        onProgress: ({ table }) => made.push(table),
        maxWorkers: 1,
      },
    );
    await expect(run).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      message:
        'A file of `sites` would have 33553409 rows, and with `rowGroupRows` 1024 a file holds at most 33553408. Raise `rowGroupRows`, or lower `fileRowsTarget`.',
    });
    expect(made).toEqual([]);
    expect(() => {
      refuseLongFile({ ...file, rowCount: file.rowCount - 1 }, 1_024);
    }).not.toThrow();
  });

  it('ends, and is no file, where its encoder cannot count its bytes', async () => {
    async function* pieces() {
      for (let i = 0; i < 5; i++) yield await Promise.resolve(new Uint8Array(100));
    }
    const storage = new MemoryStorage('memory:large');
    const put = (maxFileBytes: number) =>
      storage.write('x', refuseLargeFile(file, { name: 'small', maxFileBytes }, pieces()));
    expect(await put(500)).toBe(500);
    await storage.remove('x');
    await expect(put(499)).rejects.toMatchObject({
      code: 'ENCODE_FAILED',
      message:
        'A file of `events` grows beyond 499 bytes, the most that the encoder "small" can write. Lower `fileRowsTarget`, or use the encoder "native".',
    });
    expect(await storage.list('')).toEqual([]);
  });
});

describe('what a data file says of its columns', () => {
  it('counts NaNs of table formats, outside the bounds, and tells the exact time', async () => {
    const identity = { incarnation: '', generation: 0 };
    async function* batches() {
      const batch = thingsBatch(0, 200);
      const values = batch.getChild('ratio')?.data[0]?.values as Float64Array;
      values[3] = Number.NaN;
      values[4] = Number.NaN;
      yield await Promise.resolve(batch);
    }
    const { file: written } = await writeThings(batches(), { identity });
    const valid = [3, 4].filter((row) => thingsBatch(0, 200).getChild('ratio')?.isValid(row));
    expect(written.columns['ratio']?.nanCount).toBe(valid.length);
    expect(valid.length).toBeGreaterThan(0);
    for (const bound of ['min', 'max'] as const)
      expect(Number.isNaN(written.columns['ratio']?.[bound] ?? 0)).toBe(false);
    const { file: plain } = await writeThings(batches());
    expect(plain.columns['ratio']).not.toHaveProperty('nanCount');
  });
});
