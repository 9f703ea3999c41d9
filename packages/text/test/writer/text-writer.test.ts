import { appendFile, mkdir, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import zlib, { gunzipSync } from 'node:zlib';
import { PluginRegistry, writeDataset, type WriteDatasetOptions } from '@datagen/core';
import { MemoryStorage } from '@datagen/core/writer';
import { sampleGenerator } from '@datagen/testkit';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { csv, csvPlugin, jsonl, jsonlPlugin } from '../../src/index.ts';
import { createPlace, filesBelow } from '../place.ts';

const window = { startDate: '2026-01-05', endDate: '2026-01-08' };
const generatorOf = (seed = 1) => sampleGenerator({ seed, nSites: 5, eventsPerDay: 5, fileRowsTarget: 30 });
let place: string;

beforeEach(async () => {
  place = await createPlace();
});

interface Asked extends WriteDatasetOptions {
  readonly seed?: number;
  readonly csv?: Parameters<typeof csv>[1];
}

function write({ seed = 1, csv: options = {}, ...asked }: Asked = {}) {
  return writeDataset(generatorOf(seed), csv(place, options), { ...window, ...asked });
}

const names = async (table: string) =>
  (await filesBelow(path.join(place, table))).map((file) =>
    path.relative(place, file).replace(/[0-9a-f]{12}/, '<digest>'),
  );
const notes = async () => readdir(path.join(place, '.datagen', 'tables'));

/** Has something to say of tables that were written through it, and of nothing else. */
class OldDisk extends MemoryStorage {
  override readonly ref = { ...new MemoryStorage('').ref, module: import.meta.url, export: 'openOldDisk' };
  readonly warnings: string[] = [];

  override write(...args: Parameters<MemoryStorage['write']>) {
    if (args[0].endsWith('.csv')) this.warnings.push('The disk is old.');
    return super.write(...args);
  }
}

/** What the reference of `OldDisk` names. @public */
export const openOldDisk = () => new OldDisk('memory:old-disk');

describe('a table of CSV', () => {
  it('lies in hive folders, which say the values of their columns', async () => {
    await write({ partitionBy: ['day', 'group'], endDate: '2026-01-05' });
    expect(await names('events')).toEqual([
      'events/day=2026-01-05/group=50%25%20off%2F%C3%A9/events-<digest>-2026-01-05~0_2026-01-05~0.csv',
      'events/day=2026-01-05/group=a%20b/events-<digest>-2026-01-05~1_2026-01-05~1.csv',
      'events/day=2026-01-05/group=plain/events-<digest>-2026-01-05~2_2026-01-05~2.csv',
    ]);
    const [file = ''] = await filesBelow(path.join(place, 'events'));
    const [head, ...lines] = (await readFile(file, 'utf8')).split('\n');
    expect(head).toBe('event_id,site_id,ts,small,ratio,price,event_date,flag,kind,note');
    expect(lines).toHaveLength(6);
  });

  it('brings the warnings of the storage that its files were put into to the report, each once', async () => {
    const report = await writeDataset(generatorOf(), csv(openOldDisk()), window);
    expect(report.warnings).toEqual(['The disk is old.']);
  });

  it('is compressed by gzip as asked, and not by default', async () => {
    await write({ tables: 'sites' });
    const [plain = ''] = await filesBelow(path.join(place, 'sites'));
    const elsewhere = await createPlace();
    await writeDataset(generatorOf(), csv(elsewhere), { ...window, tables: 'sites', compression: 'gzip' });
    const [zipped = ''] = await filesBelow(path.join(elsewhere, 'sites'));
    expect(path.basename(zipped)).toBe(`${path.basename(plain)}.gz`);
    expect(gunzipSync(await readFile(zipped))).toEqual(await readFile(plain));
  });

  it('has the delimiter, the header and the text for nulls that are asked for', async () => {
    await write({ csv: { delimiter: 'tab', header: false, nullText: '\\N' }, tables: 'events' });
    const [file = ''] = await filesBelow(path.join(place, 'events'));
    const rows = (await readFile(file, 'utf8'))
      .split('\n')
      .slice(0, -1)
      .map((line) => line.split('\t'));
    expect(new Set(rows.map(({ length }) => length))).toEqual(new Set([11]));
    expect(rows.flat().filter((value) => value === '\\N').length).toBeGreaterThan(0);
    expect(rows.flat()).not.toContain('');
  });

  it('gives the same bytes on threads and in any storage', async () => {
    await write();
    const storage = new MemoryStorage('memory:text-writer');
    await writeDataset(generatorOf(), csv(storage), window);
    for (const { path: stored } of await storage.list('events'))
      expect(Buffer.from(await storage.read(stored))).toEqual(await readFile(path.join(place, stored)));
    expect((await storage.list('events')).length).toBeGreaterThan(1);
  });

  it('is made by the plug-ins of its names', () => {
    const registry = new PluginRegistry();
    registry.registerWriter(csvPlugin);
    registry.registerWriter(jsonlPlugin);
    expect(registry.createWriter('csv', place, { delimiter: ';' }).outputUri).toBe(place);
    expect(registry.createWriter('jsonl', place).outputUri).toBe(place);
    expect(() => registry.createWriter('csv', place, { delimiter: ':' })).toThrow(
      'Option `delimiter` of the writer "csv": expected one of ,, ;, |, tab, got ":".',
    );
    expect(() => registry.createWriter('csv', place, { nullText: 'a,b' })).toThrow(
      'expected a text without quotes, delimiters or line ends, got "a,b"',
    );
  });
});

describe('a table that lies there', () => {
  it('is refused where its files are written in another way, and named with both', async () => {
    await write({ csv: { delimiter: ';' } });
    await expect(write()).rejects.toMatchObject({
      code: 'TABLE_CONFLICT',
      message:
        `${place}/sites holds CSV files with delimiter ";", and this run asks for delimiter ",". ` +
        'Use the same options, choose another output, or replace the table with mode `overwrite`.',
    });
    await expect(write({ csv: { delimiter: ';' }, compression: 'gzip' })).rejects.toMatchObject({
      message: expect.stringContaining('with compression "none", and this run asks for compression "gzip"'),
    });
    await expect(
      write({ csv: { delimiter: ';', header: false }, mode: 'append', seed: 2 }),
    ).rejects.toMatchObject({
      message: expect.stringContaining('with header "true", and this run asks for header "false"'),
    });
    await write({ csv: { delimiter: ';' }, endDate: '2026-01-09' });
  });

  it('is refused as another dataset with what differs, and says the same to its other tables', async () => {
    await write();
    await expect(write({ seed: 2 })).rejects.toMatchObject({
      code: 'TABLE_CONFLICT',
      message: expect.stringContaining('seed 1, and this run has seed 2'),
    });
    await rm(path.join(place, 'events'), { recursive: true });
    await expect(write({ seed: 2, tables: 'events' })).rejects.toMatchObject({
      code: 'TABLE_CONFLICT',
      message: expect.stringContaining('holds `sites` of another dataset'),
    });
  });

  it('is refused where nothing says how it is written', async () => {
    await write();
    await rm(path.join(place, '.datagen'), { recursive: true });
    await expect(write()).rejects.toMatchObject({
      code: 'TABLE_CONFLICT',
      message: expect.stringContaining(
        'nothing beside the tables (in .datagen/tables) says how they are written',
      ),
    });
    await write({ mode: 'overwrite' });
    expect((await write()).tables.map(({ rowCount }) => rowCount)).toEqual([0, 0]);
  });

  it('is refused where a file is cut off, or one of somebody else is beside it', async () => {
    await write();
    const [file = ''] = await filesBelow(path.join(place, 'events'));
    await truncate(file, 100);
    await expect(write()).rejects.toMatchObject({
      message: expect.stringMatching(/events-.*\.csv is no whole CSV file: its end is missing or damaged/),
    });
    await rename(file, path.join(path.dirname(file), 'part-0.csv.gz'));
    await expect(write()).rejects.toMatchObject({
      message: expect.stringContaining('holds a CSV file that datagen did not write or that was renamed'),
    });
  });

  it('is refused where a compressed file is cut off, by however little', async () => {
    const zip = () => write({ compression: 'gzip', tables: 'events' });
    await zip();
    expect((await zip()).tables.map(({ rowCount }) => rowCount)).toEqual([0]);
    const [file = ''] = await filesBelow(path.join(place, 'events'));
    const bytes = await readFile(file);
    for (const length of [0, 10, bytes.length - 100, bytes.length - 1]) {
      await writeFile(file, bytes.subarray(0, length));
      await expect(zip()).rejects.toMatchObject({
        message: expect.stringMatching(/\.csv\.gz is no whole CSV file: its end is missing or damaged/),
      });
    }
    await rm(file);
    await zip();
    expect(await readFile(file)).toEqual(bytes);
  });

  it('is refused where it is a table of another format', async () => {
    await write();
    await expect(writeDataset(generatorOf(), jsonl(place), window)).rejects.toMatchObject({
      code: 'TABLE_CONFLICT',
      message: expect.stringMatching(
        /sites is a table of \.csv files \(sites-.*\.csv\), whose readers would not know of plain JSON Lines files/,
      ),
    });
    await mkdir(path.join(place, 'sites', '_delta_log'));
    await writeFile(path.join(place, 'sites', '_delta_log', '0.json'), '{}');
    await expect(write()).rejects.toMatchObject({ message: expect.stringContaining('is a Delta table') });
  });

  it('is replaced whole, in another layout, and continued in that one', async () => {
    await write({ csv: { delimiter: ';' } });
    const files = await names('events');
    const first = await write({ mode: 'overwrite', compression: 'gzip', seed: 2 });
    expect(first.tables.map(({ removed }) => removed?.fileCount)).toEqual([1, files.length]);
    expect((await names('events')).every((name) => name.endsWith('.csv.gz'))).toBe(true);
    expect(await notes()).toHaveLength(2);
    const again = await write({ compression: 'gzip', seed: 2 });
    expect(again.tables.map(({ rowCount }) => rowCount)).toEqual([0, 0]);
  });

  it('takes nothing after an overwrite that was broken off, until one comes to its end', async () => {
    await write({ csv: { delimiter: ';' } });
    const abort = new AbortController();
    const broken = write({
      mode: 'overwrite',
      maxWorkers: 1,
      signal: abort.signal,
      onProgress: ({ table }) => {
        if (table === 'events') abort.abort();
      },
    });
    await expect(broken).rejects.toMatchObject({ code: 'ABORTED' });
    for (const delimiter of [';', ','] as const)
      await expect(write({ csv: { delimiter } })).rejects.toMatchObject({ code: 'TABLE_CONFLICT' });
    await write({ mode: 'overwrite' });
    expect((await write()).tables.map(({ rowCount }) => rowCount)).toEqual([0, 0]);
  });

  it('leaves no file after a failure, and the next run is whole', async () => {
    await appendFile(path.join(place, 'events'), 'a file in the place of a folder');
    await expect(write()).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    await rm(path.join(place, 'events'));
    const { tables } = await write();
    expect(tables.map(({ rowCount }) => rowCount)).toEqual([5, 60]);
  });
});

const hasZstd = 'createZstdCompress' in zlib;

it(hasZstd ? 'is compressed by zstd as asked' : 'says what to do where Node.js has no zstd', async () => {
  const run = write({ compression: 'zstd', tables: 'sites' });
  if (hasZstd) {
    await run;
    expect(await names('sites')).toEqual([expect.stringMatching(/\.csv\.zst$/)]);
    expect((await write({ compression: 'zstd', tables: 'sites' })).tables[0]?.rowCount).toBe(0);
    return;
  }
  await expect(run).rejects.toMatchObject({
    code: 'INVALID_OPTION',
    message: expect.stringContaining('zstd by Node.js 22.15 and newer'),
  });
});
