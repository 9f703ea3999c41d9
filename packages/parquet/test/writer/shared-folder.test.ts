import { copyFile, mkdir, readdir, truncate, utimes, writeFile } from 'node:fs/promises';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { type DatasetGenerator, planDataset, writeDataset } from '@datagen/core';
import { MemoryStorage, ownOwner, type WriteMode } from '@datagen/core/writer';
import { sampleGenerator } from '@datagen/testkit';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { parquet } from '../../src/index.ts';
import { filesBelow, readMetadata } from '../hyparquet-reader.ts';
import { createPlace } from '../place.ts';

const window = { startDate: '2026-01-05', endDate: '2026-01-14' };
const generatorOf = (fileRowsTarget: number, seed = 1) =>
  sampleGenerator({ seed, nSites: 5, eventsPerDay: 5, fileRowsTarget });
let place: string;

beforeEach(async () => {
  place = await createPlace();
});

interface Asked {
  readonly fileRowsTarget?: number;
  readonly seed?: number;
  readonly mode?: WriteMode;
  readonly startDate?: string;
  readonly endDate?: string;
  readonly partitionBy?: string;
  readonly tables?: string;
}

function write({ fileRowsTarget = 30, seed = 1, mode = 'error', ...options }: Asked = {}) {
  return writeDataset(generatorOf(fileRowsTarget, seed), parquet(place), { ...window, mode, ...options });
}

async function rowsOf(table = 'events'): Promise<number> {
  let rowCount = 0;
  for (const file of await filesBelow(path.join(place, table)))
    rowCount += Number((await readMetadata(file)).num_rows);
  return rowCount;
}

const events = async () => (await filesBelow(path.join(place, 'events'))).sort();
/** Ten days with one Sunday, of three groups of five rows. */
const ALL_ROWS = 9 * 15;

describe('two runs at once', () => {
  it('with other sizes of files: one is refused with the table named, the rows are there once', async () => {
    const runs = await Promise.allSettled([write({ fileRowsTarget: 30 }), write({ fileRowsTarget: 45 })]);
    const refused = runs.filter((run) => run.status === 'rejected');
    expect(refused.length).toBeLessThan(2);
    for (const { reason } of refused)
      expect(reason).toMatchObject({
        code: 'TABLE_CONFLICT',
        message: expect.stringMatching(/Another run has been writing `(sites|events)`/),
      });
    expect(await rowsOf()).toBe(ALL_ROWS);
    await write();
    expect(await rowsOf()).toBe(ALL_ROWS);
  });

  it('leave no claim behind, nor does a run that fails', async () => {
    await write();
    await expect(write({ seed: 2 })).rejects.toMatchObject({ code: 'TABLE_CONFLICT' });
    expect(
      existsSync(path.join(place, '.datagen', 'claims'))
        ? await readdir(path.join(place, '.datagen', 'claims'))
        : [],
    ).toEqual([]);
  });

  it('a claim of a process that has gone is no hindrance, one of a process that lives is', async () => {
    const claims = path.join(place, '.datagen', 'claims');
    await mkdir(claims, { recursive: true });
    const put = (owner: string) =>
      writeFile(
        path.join(claims, 'events-other.json'),
        JSON.stringify({ table: 'events', runId: 'other', owner, startedMs: Date.now() - 60_000 }),
      );
    await put(ownOwner());
    await expect(write()).rejects.toMatchObject({ code: 'TABLE_CONFLICT' });
    expect(existsSync(path.join(place, 'events'))).toBe(false);
    // Nobody knows whether a process on another machine lives, but it would have renewed its claim.
    await put('another machine');
    await expect(write()).rejects.toMatchObject({ code: 'TABLE_CONFLICT' });
    const tenMinutesAgo = new Date(Date.now() - 600_000);
    await utimes(path.join(claims, 'events-other.json'), tenMinutesAgo, tenMinutesAgo);
    await write();
    expect(await rowsOf()).toBe(ALL_ROWS);
    expect(existsSync(claims)).toBe(false);
  });

  it('that did not see each other are noticed by their files, at the start and at the end', async () => {
    await write({ fileRowsTarget: 30 });
    const other = await createPlace();
    await writeDataset(generatorOf(45), parquet(other), window);
    const stray = (await filesBelow(path.join(other, 'events'))).map((file) => path.basename(file));
    for (const name of stray)
      await copyFile(path.join(other, 'events', name), path.join(place, 'events', name));
    await expect(write()).rejects.toMatchObject({
      code: 'TABLE_CONFLICT',
      message: expect.stringMatching(
        /holds rows twice: events\/.*\.parquet and events\/.*\.parquet have blocks in common/,
      ),
    });
    // The same while a run is under way: the files come after it has looked.
    const late = await createPlace();
    const run = writeDataset(generatorOf(30), parquet(late), {
      ...window,
      onProgress: ({ table }) => {
        if (table === 'events' && !existsSync(path.join(late, 'events', stray[0] as string)))
          void copyFile(
            path.join(other, 'events', stray[0] as string),
            path.join(late, 'events', stray[0] as string),
          ).catch(() => undefined);
      },
      maxWorkers: 1,
    });
    await expect(run).rejects.toMatchObject({
      code: 'TABLE_CONFLICT',
      message: expect.stringContaining('holds rows twice'),
    });
  });
});

describe('a file that is not what its name says', () => {
  it('cut at its end, is named and not taken for present', async () => {
    await write();
    const [file = ''] = await events();
    await truncate(file, statSync(file).size - 100);
    await expect(write()).rejects.toMatchObject({
      code: 'TABLE_CONFLICT',
      message: expect.stringContaining(
        `${path.basename(file)} is no whole Parquet file: its end is missing or damaged`,
      ),
    });
  });

  it.each(['copy of $', '$.copy.parquet', '_$', '.$', 'orders-%ZZ_x.parquet', 'EVENTS.PARQUET'])(
    'named %s, is refused by name, since readers take it for a part of the table',
    async (pattern) => {
      await write();
      const [file = ''] = await events();
      const name = pattern.replace('$', path.basename(file));
      await copyFile(file, path.join(path.dirname(file), name));
      await expect(write()).rejects.toMatchObject({
        code: 'TABLE_CONFLICT',
        message: expect.stringContaining(name),
      });
    },
  );

  it('copied into another partition, is noticed', async () => {
    await write({ partitionBy: 'day' });
    const [first = '', second = ''] = await events();
    await copyFile(first, path.join(path.dirname(second), path.basename(first)));
    await expect(write({ partitionBy: 'day' })).rejects.toMatchObject({
      code: 'TABLE_CONFLICT',
      message: expect.stringContaining('holds rows twice'),
    });
  });
});

describe('a table without blocks', () => {
  it.each([undefined, 'day', 'group'])(
    'has one file with its schema, partitioned by %s, which goes when rows come',
    async (partitionBy) => {
      const empty = { ...(partitionBy !== undefined && { partitionBy }) };
      const generator = generatorOf(30);
      // No day has a block, as no weekend has one of a stock exchange.
      const idle: DatasetGenerator = {
        name: generator.name,
        version: generator.version,
        config: generator.config,
        tables: generator.tables,
        blocks: (table, ...rest) => (table.name === 'events' ? [] : generator.blocks(table, ...rest)),
        generate: (...block) => generator.generate(...block),
      };
      for (const mode of ['error', 'error', 'overwrite-window'] as const) {
        const { tables } = await writeDataset(idle, parquet(place), { ...window, ...empty, mode });
        expect(tables[1]).toMatchObject({ table: 'events', rowCount: 0, fileCount: 0 });
        const [file = '', ...others] = await events();
        expect(others).toEqual([]);
        const metadata = await readMetadata(file);
        expect(Number(metadata.num_rows)).toBe(0);
        expect(metadata.schema.map(({ name }) => name)).toContain('event_id');
      }
      await write(empty);
      expect(await rowsOf()).toBe(ALL_ROWS);
      expect((await events()).filter((file) => file.includes('none'))).toEqual([]);
    },
  );
});

describe('overwrite-window', () => {
  it('replaces the days of the window alone, and says what it removed', async () => {
    await write({ fileRowsTarget: 15 });
    const before = await events();
    const report = await write({
      mode: 'overwrite-window',
      fileRowsTarget: 1_000,
      startDate: '2026-01-06',
      endDate: '2026-01-08',
    });
    expect(report.tables[1]).toMatchObject({ rowCount: 45, fileCount: 1, removed: { fileCount: 3 } });
    expect(report.tables[0]).toMatchObject({ rowCount: 0 });
    const after = await events();
    expect(after.filter((file) => !before.includes(file))).toHaveLength(1);
    expect(after).toHaveLength(before.length - 2);
    expect(await rowsOf()).toBe(ALL_ROWS);
  });

  it('refuses a file that holds other days too, and another dataset', async () => {
    await write({ fileRowsTarget: 1_000 });
    const asked = { mode: 'overwrite-window', startDate: '2026-01-06', endDate: '2026-01-08' } as const;
    await expect(write(asked)).rejects.toMatchObject({
      code: 'TABLE_CONFLICT',
      message: expect.stringMatching(/holds days from 2026-01-05 to 2026-01-14\. Widen the window/),
    });
    await expect(write({ ...asked, seed: 2 })).rejects.toMatchObject({ code: 'TABLE_CONFLICT' });
    expect(await rowsOf()).toBe(ALL_ROWS);
  });

  it('is said by overwrite, too: how many files went', async () => {
    await write({ fileRowsTarget: 15 });
    const report = await write({ mode: 'overwrite', endDate: '2026-01-06' });
    expect(report.tables[1]).toMatchObject({ rowCount: 30, removed: { fileCount: 9 } });
    expect(await rowsOf()).toBe(30);
  });

  it('leaves nothing of the partitioning before', async () => {
    await write({ partitionBy: 'day' });
    await write({ mode: 'overwrite' });
    const names = await readdir(path.join(place, 'events'), { recursive: true });
    expect(names.filter((name) => !/^events-.*\.parquet$/.test(name))).toEqual([]);
    expect(names.length).toBeGreaterThan(0);
  });
});

describe('one output, two datasets', () => {
  it('are refused across tables, since rows of one would refer to rows of the other', async () => {
    await write({ tables: 'sites' });
    await expect(write({ seed: 2, tables: 'events' })).rejects.toMatchObject({
      code: 'TABLE_CONFLICT',
      message: expect.stringMatching(
        /holds `sites` of another dataset, to which rows of events would not fit: generator "sample" with seed 1, and this run has seed 2/,
      ),
    });
    expect(existsSync(path.join(place, 'events'))).toBe(false);
  });

  it('say what breaks where the mode allows them', async () => {
    await write();
    const over = await write({ seed: 2, tables: 'sites', mode: 'overwrite' });
    expect(over.warnings.join()).toMatch(
      /`events` keeps another dataset than `sites`: its rows refer to rows of `sites` that may not be there/,
    );
    const more = await write({ seed: 3, mode: 'append' });
    expect(more.warnings.join()).toMatch(
      /`events` holds rows of more than one dataset now: values of its key \(event_id\) repeat/,
    );
  });
});

it('plans beside what is there without a claim', async () => {
  const storage = new MemoryStorage('memory:planned');
  const writer = parquet(storage);
  const before = await planDataset(generatorOf(30), writer, window);
  expect(before.planned.map(({ plan }) => plan.missingRowCount)).toEqual([5, ALL_ROWS]);
  expect(await storage.list('')).toEqual([]);
  await writeDataset(generatorOf(30), writer, { ...window, endDate: '2026-01-06' });
  const after = await planDataset(generatorOf(30), writer, window);
  expect(after.planned.map(({ plan }) => plan.missingRowCount)).toEqual([0, ALL_ROWS - 30]);
  await expect(planDataset(generatorOf(30, 2), writer, window)).rejects.toMatchObject({
    code: 'TABLE_CONFLICT',
  });
});
