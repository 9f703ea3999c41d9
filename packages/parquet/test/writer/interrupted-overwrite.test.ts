import { truncate } from 'node:fs/promises';
import { statSync } from 'node:fs';
import path from 'node:path';
import { type DatasetGenerator, writeDataset } from '@datagen/core';
import type { WriteMode } from '@datagen/core/writer';
import { sampleGenerator } from '@datagen/testkit';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { parquet } from '../../src/index.ts';
import { filesBelow, readFileRows } from '../hyparquet-reader.ts';
import { createPlace } from '../place.ts';

const WHOLE = { startDate: '2026-01-05', endDate: '2026-01-14' };
/** The days that the interrupted run replaces. */
const REPLACED = { startDate: '2026-01-06', endDate: '2026-01-09' };
/** Rows of a day; a file of so many is one of a day, and twice as many make files of two days. */
const DAY_ROWS = 15;
/** Ten days with one Sunday. */
const ALL_ROWS = 9 * DAY_ROWS;

interface Asked {
  readonly startDate?: string;
  readonly endDate?: string;
  readonly mode?: WriteMode;
  readonly fileRowsTarget?: number;
}

let place: string;

function generatorOf(fileRowsTarget = DAY_ROWS) {
  return sampleGenerator({ seed: 1, nSites: 5, eventsPerDay: 5, fileRowsTarget });
}

function write({ fileRowsTarget, ...options }: Asked = {}) {
  return writeDataset(generatorOf(fileRowsTarget), parquet(place), { ...WHOLE, ...options });
}

/** Replaces days by files of two days, and is interrupted as soon as a row of a later day is to be made. */
async function interrupt({ fileRowsTarget = 2 * DAY_ROWS, at = '2026-01-08' } = {}): Promise<void> {
  const original = generatorOf(fileRowsTarget);
  const { name, version, config, tables } = original;
  const interruption = new AbortController();
  const generator: DatasetGenerator = {
    name,
    version,
    config,
    tables,
    blocks: (...asked) => original.blocks(...asked),
    generate: (table, block, memory) => {
      if (block.key.startsWith(at)) interruption.abort();
      return original.generate(table, block, memory);
    },
  };
  const options = { ...REPLACED, mode: 'overwrite-window', maxWorkers: 1 } as const;
  const run = writeDataset(generator, parquet(place), { ...options, signal: interruption.signal });
  await expect(run).rejects.toMatchObject({ code: 'ABORTED' });
}

const events = async () => (await filesBelow(path.join(place, 'events'))).sort();
const isReplaced = (file: string) => /-2026-01-0[6-9]/.test(path.basename(file));

async function eventIds(): Promise<unknown[]> {
  const rows = await Promise.all((await events()).map((file) => readFileRows(file)));
  return rows.flat().map((row) => row['event_id']);
}

/** The files of other days with the time of their last change. */
async function untouched(): Promise<unknown[]> {
  return (await events()).filter((file) => !isReplaced(file)).map((file) => [file, statSync(file).mtimeMs]);
}

async function expectEveryRowOnce(): Promise<void> {
  const ids = await eventIds();
  expect(ids).toHaveLength(ALL_ROWS);
  expect(new Set(ids).size).toBe(ALL_ROWS);
}

beforeEach(async () => {
  place = await createPlace();
  await write();
});

describe('an interrupted overwrite-window', () => {
  it('is finished by the same command: every row is there once, and other days are untouched', async () => {
    const others = await untouched();
    await interrupt();
    expect(await eventIds()).toHaveLength(ALL_ROWS + 2 * DAY_ROWS);
    const { tables } = await write({ ...REPLACED, mode: 'overwrite-window', fileRowsTarget: 2 * DAY_ROWS });
    // Four older files, and the one that the interrupted run had put.
    expect(tables[1]).toMatchObject({ rowCount: 4 * DAY_ROWS, fileCount: 2, removed: { fileCount: 5 } });
    expect((await events()).filter(isReplaced)).toHaveLength(2);
    await expectEveryRowOnce();
    expect(await untouched()).toEqual(others);
    expect((await write()).tables[1]).toMatchObject({ rowCount: 0 });
  });

  it('is finished by the same command, too, where its files have the size of the older ones', async () => {
    await interrupt({ fileRowsTarget: DAY_ROWS, at: '2026-01-07' });
    await expectEveryRowOnce();
    const { tables } = await write({ ...REPLACED, mode: 'overwrite-window' });
    // Names do not say which of them the interrupted run has made.
    expect(tables[1]).toMatchObject({ rowCount: 4 * DAY_ROWS, fileCount: 4, removed: { fileCount: 4 } });
    await expectEveryRowOnce();
  });

  it.each(['error', 'append'] as const)(
    'is met in mode %s with the rows that are twice, their days, and what mends them',
    async (mode) => {
      await interrupt();
      await expect(write({ mode })).rejects.toMatchObject({
        code: 'TABLE_CONFLICT',
        message: expect.stringMatching(
          /events holds rows twice: .* An interrupted overwrite, .* Replace the days from 2026-01-06 to 2026-01-07 with mode `overwrite-window`, or all files with mode `overwrite`, or remove/,
        ),
      });
      await write({ startDate: '2026-01-06', endDate: '2026-01-07', mode: 'overwrite-window' });
      await expectEveryRowOnce();
      await write({ mode });
      await expectEveryRowOnce();
    },
  );

  it('is mended by a longer window, and not by one that cuts its files or is elsewhere', async () => {
    await interrupt();
    const before = await events();
    const other = (startDate: string, endDate: string) =>
      write({ startDate, endDate, mode: 'overwrite-window' });
    await expect(other('2026-01-07', '2026-01-09')).rejects.toMatchObject({
      code: 'TABLE_CONFLICT',
      message: expect.stringMatching(/holds days from 2026-01-06 to 2026-01-07\. Widen the window/),
    });
    await expect(other('2026-01-12', '2026-01-13')).rejects.toMatchObject({
      code: 'TABLE_CONFLICT',
      message: expect.stringContaining('holds rows twice'),
    });
    expect(await events()).toEqual(before);
    await other('2026-01-05', '2026-01-12');
    await expectEveryRowOnce();
  });

  it('replaces a damaged file of its window, and refuses one of another day', async () => {
    const cut = async (day: string) => {
      const file = (await events()).find((each) => path.basename(each).includes(`-${day}`)) ?? '';
      await truncate(file, statSync(file).size - 100);
    };
    await interrupt();
    await cut('2026-01-08');
    await write({ ...REPLACED, mode: 'overwrite-window' });
    await expectEveryRowOnce();
    await cut('2026-01-12');
    await expect(write({ ...REPLACED, mode: 'overwrite-window' })).rejects.toMatchObject({
      code: 'TABLE_CONFLICT',
      message: expect.stringContaining('is no whole Parquet file'),
    });
  });
});
