import { PartitionSpec, type ReadTable, type Storage, writeDataset } from '@datagen/core';
import { MemoryStorage } from '@datagen/core/writer';
import { readColumns, sampleGenerator } from '@datagen/testkit';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { parquet } from '../../src/index.ts';
import { folderReader } from '../../src/reader/folder-reader.ts';

const DAYS = { startDate: '2026-01-05', endDate: '2026-01-08' };
let places = 0;
const generator = sampleGenerator({ nSites: 300, eventsPerDay: 40 });

/** A storage that counts the bytes which are read of it. */
class CountingStorage extends MemoryStorage {
  bytes = 0;

  override async read(path: string, start?: number, end?: number): Promise<Uint8Array> {
    const found = await super.read(path, start, end);
    this.bytes += found.byteLength;
    return found;
  }
}

async function written(options: Parameters<typeof parquet>[1] = {}, partitionBy: readonly string[] = []) {
  const storage = new MemoryStorage(`tables ${String(++places)}`);
  const partitionSpec = new PartitionSpec({ ...DAYS, partitionBy });
  await writeDataset(generator, parquet(storage, options), { partitionSpec, maxWorkers: 1 });
  return storage;
}

const columnOf = (table: ReadTable, name: string) => {
  const found = table.columns.find((column) => column.name === name);
  if (found === undefined) throw new Error(`expected the column ${name}`);
  return found;
};

describe('a folder of Parquet files', () => {
  let storage: Storage;
  beforeAll(async () => {
    storage = await written({}, ['day', 'group']);
  });

  it('is recognised by its paths, and found by name', async () => {
    const paths = (await storage.list('')).map(({ path }) => path);
    expect(folderReader.recognise(paths)).toBe('files');
    expect(folderReader.recognise(['events/_delta_log/0.json', 'events/part.csv'])).toBeUndefined();
    expect(await folderReader.open(storage, {}).tableNames()).toEqual(['events', 'sites']);
  });

  it('gives all rows of a small table, and what footers and folders say of all', async () => {
    const table = await folderReader.open(storage, {}).readTable('events', { sampleRows: 10_000 });
    const rows = readColumns(generator, 'events', DAYS.startDate, DAYS.endDate);
    const ids = rows.numbers('event_id');
    expect([table.rowCount, table.sampleRowCount, table.fileCount]).toEqual([ids.length, ids.length, 12]);
    expect(columnOf(table, 'event_id')).toMatchObject({
      type: 'int64',
      nullCount: 0,
      min: Math.min(...ids),
      max: Math.max(...ids),
      doc: 'Number of the event, beyond 32 bits',
    });
    expect([...columnOf(table, 'event_id').sample].sort()).toEqual([...ids].sort());
    expect([...columnOf(table, 'ts').sample].sort()).toEqual([...rows.numbers('ts')].sort());
    const prices = columnOf(table, 'price');
    expect(prices.type).toBe('decimal(12,2)');
    expect(prices.nullCount).toBe(prices.sample.filter((value) => value === null).length);
    expect(columnOf(table, 'group')).toMatchObject({ type: 'text', min: '50% off/é', max: 'plain' });
    expect(new Set(columnOf(table, 'day').sample)).toEqual(
      new Set(['2026-01-05', '2026-01-06', '2026-01-07', '2026-01-08']),
    );
  });

  it.each(['snappy', 'zstd', 'gzip', 'none'] as const)('is read in %s', async (compression) => {
    const place = new MemoryStorage(`tables ${String(++places)}`);
    const made = sampleGenerator({ nSites: 300, eventsPerDay: 40, compression });
    await writeDataset(made, parquet(place), { partitionSpec: new PartitionSpec(DAYS), maxWorkers: 1 });
    const table = await folderReader.open(place, {}).readTable('sites', { sampleRows: 1_000 });
    expect(columnOf(table, 'site_id').sample).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
  });

  it('reads a small part of a large file', async () => {
    const place = new CountingStorage(`tables ${String(++places)}`);
    const large = sampleGenerator({ nSites: 1_500_000, eventsPerDay: 0, fileRowsTarget: 1_500_000 });
    await writeDataset(large, parquet(place), {
      partitionSpec: new PartitionSpec(DAYS),
      tables: ['sites'],
      maxWorkers: 1,
    });
    place.bytes = 0;
    const table = await folderReader.open(place, {}).readTable('sites', { sampleRows: 5_000 });
    expect(table).toMatchObject({ rowCount: 1_500_000 });
    const { min, max, spans = [], sample } = columnOf(table, 'site_id');
    expect([min, max]).toEqual([1, 1_500_000]);
    // By pages: sorted, so they lie side by side and hold all rows.
    expect(spans.length).toBeGreaterThan(50);
    expect(spans.reduce((sum, { count }) => sum + count, 0)).toBe(1_500_000);
    expect(spans.every((span, i) => i === 0 || span.min > (spans[i - 1] as { max: number }).max)).toBe(true);
    expect(Math.max(...(sample as number[])) - Math.min(...(sample as number[]))).toBeGreaterThan(1_300_000);
    // A third of the pages, and each dictionary once.
    expect(place.bytes).toBeLessThan(table.byteSize);
  }, 60_000);
});
