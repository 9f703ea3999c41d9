import { gzipSync } from 'node:zlib';
import { PartitionSpec, type ReadTable, type TableReader, writeDataset } from '@datagen/core';
import { MemoryStorage, type Storage, typeNameOf } from '@datagen/core/writer';
import { readColumns, sampleGenerator } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { csv, csvPlugin, jsonl, jsonlPlugin } from '../../src/index.ts';
import type { RowFormat } from '../../src/rows/row-format.ts';
import { putNote } from '../../src/writer/note.ts';
import { batchOf, textOfRows, type Values } from '../rows/all-types.ts';

const DAYS = { startDate: '2026-01-05', endDate: '2026-01-08' };
const FORMATS = ['csv', 'jsonl'] as const;
type Format = (typeof FORMATS)[number];

let places = 0;
const newPlace = () => new MemoryStorage(`memory:text-reader-${String(++places)}`);

/** A storage that counts the bytes which are read of it. */
class CountingStorage extends MemoryStorage {
  bytes = 0;

  override async read(path: string, start?: number, end?: number): Promise<Uint8Array> {
    const found = await super.read(path, start, end);
    this.bytes += found.byteLength;
    return found;
  }
}

function readerOf(format: Format, storage: Storage): TableReader {
  const { reader } = format === 'csv' ? csvPlugin : jsonlPlugin;
  if (reader === undefined) throw new Error('expected a reader');
  return reader.open(storage, {});
}

const writerOf = (format: Format, storage: Storage) => (format === 'csv' ? csv(storage) : jsonl(storage));

async function put(storage: Storage, path: string, content: string | Uint8Array): Promise<void> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const chunks = (async function* () {
    yield await Promise.resolve(bytes);
  })();
  await storage.write(path, chunks);
}

const columnOf = (table: ReadTable, name: string) => {
  const found = table.columns.find((column) => column.name === name);
  if (found === undefined) throw new Error(`expected the column ${name}`);
  return found;
};

const samplesOf = ({ columns }: ReadTable) =>
  Object.fromEntries(columns.map(({ name, sample }) => [name, sample]));

const ALL_TYPES = {
  int32: [-2_147_483_648, 0, null, 7],
  int64: [2n ** 63n - 1n, -(2n ** 53n) - 1n, null, 42n],
  float64: [Number.NaN, Number.NEGATIVE_INFINITY, null, 1e-7],
  boolean: [true, false, null, true],
  date: [20_458, -719_162, null, 0],
  instant: [1n, -1n, null, 1_767_571_200_123_456n],
  decimal: [1_234_567n, -5n, null, 0n],
  money: [1990n, -5n, null, 100n],
  text: ['', 'a "quoted", text;\nof 1234567890123456789 lines\r\n', null, ' größer😀 '],
  category: ['null', '\\N', null, ''],
} satisfies Values;

const READ_BACK = {
  ...ALL_TYPES,
  int64: [2n ** 63n - 1n, -(2n ** 53n) - 1n, null, 42],
  instant: [1, -1, null, 1_767_571_200_123_456],
  decimal: [1.234567, -0.000005, null, 0],
  money: [19.9, -0.05, null, 1],
};

describe.each<[string, RowFormat]>([
  ['csv', { format: 'csv', delimiter: ',', header: true, nullText: '' }],
  ['csv', { format: 'csv', delimiter: '\t', header: false, nullText: '\\N' }],
  ['csv', { format: 'csv', delimiter: ';', header: true, nullText: 'null' }],
  ['jsonl', { format: 'jsonl' }],
])('a table of %s', (_, format) => {
  it(`gives values of all types as they were written as ${JSON.stringify(format)}`, async () => {
    const batch = batchOf(ALL_TYPES);
    const storage = newPlace();
    const { format: name, ...layout } = format;
    const digest = '0123456789ab';
    await put(storage, `all/all-${digest}-0_1.${name}`, await textOfRows(format, batch));
    await putNote(storage, 'all', {
      dataset: { generator: 'all', version: 1, options: {}, digest },
      columns: batch.schema.fields.map((field) => `${field.name} ${typeNameOf(field)}`),
      layout: Object.fromEntries(Object.entries(layout).map(([key, value]) => [key, String(value)])),
    });
    const table = await readerOf(name, storage).readTable('all', { sampleRows: 100 });
    expect(samplesOf(table)).toEqual(READ_BACK);
    expect(columnOf(table, 'int64')).toMatchObject({
      type: 'int64',
      nullCount: 1,
      min: -(2n ** 53n) - 1n,
      max: 2n ** 63n - 1n,
    });
    expect([columnOf(table, 'float64').min, columnOf(table, 'float64').max]).toEqual([-Infinity, 1e-7]);
  });
});

describe.each(FORMATS)('a folder of %s', (format) => {
  const write = async (partitionBy: readonly string[], compression: 'none' | 'gzip' = 'none') => {
    const storage = newPlace();
    const generator = sampleGenerator({ nSites: 300, eventsPerDay: 40, compression });
    const partitionSpec = new PartitionSpec({ ...DAYS, partitionBy });
    await writeDataset(generator, writerOf(format, storage), { partitionSpec, maxWorkers: 1 });
    return { storage, generator };
  };

  it('is recognised by its paths, and found by name', async () => {
    const { storage } = await write(['day']);
    const { reader } = format === 'csv' ? csvPlugin : jsonlPlugin;
    expect(reader?.recognise((await storage.list('')).map(({ path }) => path))).toBe('files');
    expect(reader?.recognise(['events/_delta_log/0.json', 'events/part.parquet'])).toBeUndefined();
    expect(await readerOf(format, storage).tableNames()).toEqual(['events', 'sites']);
    await expect(
      readerOf(format, storage).readTable('events', { sampleRows: 1, version: '1' }),
    ).rejects.toThrow('they keep no versions');
    await expect(readerOf(format, storage).readTable('event', { sampleRows: 1 })).rejects.toMatchObject({
      code: 'UNKNOWN_NAME',
    });
  });

  it.each(['none', 'gzip'] as const)('gives all rows, and what its folders say, in %s', async (codec) => {
    const { storage, generator } = await write(['day', 'group'], codec);
    const table = await readerOf(format, storage).readTable('events', { sampleRows: 10_000 });
    const rows = readColumns(generator, 'events', DAYS.startDate, DAYS.endDate);
    const ids = rows.numbers('event_id');
    expect([table.rowCount, table.sampleRowCount, table.fileCount]).toEqual([ids.length, ids.length, 12]);
    expect(table.isEstimate).toBeUndefined();
    expect(columnOf(table, 'event_id')).toMatchObject({
      type: 'int64',
      nullCount: 0,
      min: Math.min(...ids),
      max: Math.max(...ids),
    });
    expect([...columnOf(table, 'event_id').sample].sort()).toEqual([...ids].sort());
    expect([...columnOf(table, 'ts').sample].sort()).toEqual([...rows.numbers('ts')].sort());
    expect(columnOf(table, 'group')).toMatchObject({ type: 'text', min: '50% off/é', max: 'plain' });
    expect(new Set(columnOf(table, 'day').sample)).toEqual(
      new Set(['2026-01-05', '2026-01-06', '2026-01-07', '2026-01-08']),
    );
  });

  it('counts all rows and bounds all values where the sample is smaller', async () => {
    const { storage } = await write([]);
    const table = await readerOf(format, storage).readTable('sites', { sampleRows: 30 });
    expect(table).toMatchObject({ rowCount: 300, sampleRowCount: 30 });
    expect(columnOf(table, 'site_id')).toMatchObject({ min: 1, max: 300, nullCount: 0 });
    expect(columnOf(table, 'site_id').sample).toEqual(Array.from({ length: 30 }, (_, i) => i * 10 + 1));
  });

  it('refuses values that the note says nothing of, by the file', async () => {
    const { storage } = await write([]);
    const [file] = await storage.list('sites');
    const path = file?.path ?? '';
    const text = new TextDecoder().decode(await storage.read(path));
    await put(storage, path, text.replace(/\b17\b/, '"x"'));
    await expect(readerOf(format, storage).readTable('sites', { sampleRows: 10 })).rejects.toMatchObject({
      code: 'TABLE_CONFLICT',
      message: expect.stringContaining(
        `values of type int64 in the column \`site_id\`, not "x", and ${path} has something else`,
      ) as unknown,
    });
  });
});

/** Rows in whose texts line ends, quotes and delimiters stand, numbered. */
function oddRows(format: Format, count: number): string {
  const row =
    format === 'csv'
      ? (i: number) => `${String(i)},"first line of ${String(i)}\nsecond, with ""quotes""\n7,""",true\n`
      : (i: number) => `{"id":${String(i)},"text":"first line of ${String(i)}\\n7,\\"","flag":true}\n`;
  const lines = Array.from({ length: count }, (_, i) => row(i));
  return (format === 'csv' ? 'id,text,flag\n' : '') + lines.join('');
}

describe.each(FORMATS)('a table of %s that is larger than what is read of it', (format) => {
  const count = 1_000_000;

  it('is read in places all over it, which begin with whole rows', async () => {
    const storage = new CountingStorage(`memory:text-reader-${String(++places)}`);
    await put(storage, `odd/part.${format}`, oddRows(format, count));
    const table = await readerOf(format, storage).readTable('odd', { sampleRows: 5_000 });
    expect(table.byteSize).toBeGreaterThan(40_000_000);
    expect(storage.bytes).toBeLessThan(34 * 1024 * 1024);
    expect(table.isEstimate).toBe(true);
    expect(Math.abs(table.rowCount - count)).toBeLessThan(count / 50);
    expect(table.sampleRowCount).toBe(5_000);
    const ids = columnOf(table, 'id').sample as number[];
    expect(ids.every((id, i) => i === 0 || id > (ids[i - 1] ?? 0))).toBe(true);
    expect(ids.at(0)).toBeLessThan(count / 20);
    expect(ids.at(-1)).toBeGreaterThan(count * 0.95);
    expect(
      columnOf(table, 'text').sample.every((text, i) => String(text).includes(` of ${String(ids[i])}\n`)),
    ).toBe(true);
    // Nobody has read all values.
    expect(Object.keys(columnOf(table, 'id'))).toEqual(['name', 'type', 'sample']);
  }, 60_000);

  it('is read in the beginnings of its compressed files', async () => {
    const storage = new CountingStorage(`memory:text-reader-${String(++places)}`);
    // Digits that hardly compress.
    const random = Array.from({ length: 100_000 }, (_, i) => {
      const text = [1, 2, 3, 4].map((k) => ((i * 2_654_435_761 * k) % 4_294_967_291).toString(36)).join('');
      return format === 'csv' ? `${String(i)},${text}\n` : `{"id":${String(i)},"text":"${text}"}\n`;
    });
    const zipped = gzipSync((format === 'csv' ? 'id,text\n' : '') + random.join(''));
    for (let i = 0; i < 5; i++) await put(storage, `odd/part-${String(i)}.${format}.gz`, zipped);
    const table = await readerOf(format, storage).readTable('odd', { sampleRows: 1_000 });
    expect(storage.bytes).toBeLessThan(table.byteSize / 2 + 1_000_000);
    expect(storage.bytes).toBeLessThan(6 * 1024 * 1024);
    expect(table.isEstimate).toBe(true);
    expect(Math.abs(table.rowCount - 500_000)).toBeLessThan(50_000);
    expect(table.sampleRowCount).toBe(1_000);
  }, 60_000);
});

describe('a table without a note', () => {
  it('has the columns of its first line, and the types that all values have', async () => {
    const storage = newPlace();
    const lines = [
      '\uFEFFid;zip;price;when;day;flag;"note; quoted"',
      '1;01234;1.5;2026-01-05T00:00:01.5Z;2026-01-05;true;"a\nb"',
      '2;99999;2;2026-01-05 00:00:02;;false;',
    ];
    await put(storage, 'foreign/year=2026/x.csv', `${lines.join('\r\n')}\r\n`);
    const table = await readerOf('csv', storage).readTable('foreign', { sampleRows: 10 });
    expect(table.columns.map(({ name, type }) => [name, type])).toEqual([
      ['id', 'int64'],
      ['zip', 'text'],
      ['price', 'float64'],
      ['when', 'timestamp'],
      ['day', 'date'],
      ['flag', 'boolean'],
      ['note; quoted', 'text'],
      ['year', 'text'],
    ]);
    expect(samplesOf(table)).toMatchObject({
      zip: ['01234', '99999'],
      price: [1.5, 2],
      when: [1_767_571_201_500_000, 1_767_571_202_000_000],
      day: [20_458, null],
      flag: [true, false],
      'note; quoted': ['a\nb', null],
      year: ['2026', '2026'],
    });
    expect(table.rowCount).toBe(2);
  });

  it('takes texts of JSON for texts, and what is nested as JSON', async () => {
    const storage = newPlace();
    await put(storage, 'foreign/x.ndjson', '{"code":"7","n":7,"list":[1]}\n\n{"n":0.5,"code":"8","more":1}');
    const table = await readerOf('jsonl', storage).readTable('foreign', { sampleRows: 10 });
    expect(table.columns.map(({ name, type }) => [name, type])).toEqual([
      ['code', 'text'],
      ['n', 'float64'],
      ['list', 'text'],
    ]);
    expect(samplesOf(table)).toEqual({ code: ['7', '8'], n: [7, 0.5], list: ['[1]', null] });
  });

  it('is refused where its files are not of the format, or have other columns', async () => {
    const storage = newPlace();
    await put(storage, 'a/x.jsonl', '[1, 2]\n');
    await put(storage, 'b/x.csv', 'a,b\n1,2\n1,2,3\n');
    await put(storage, 'c/x.csv.gz', 'a,b\n1,2\n');
    await expect(readerOf('jsonl', storage).readTable('a', { sampleRows: 10 })).rejects.toThrow(
      'Cannot look at `a` as JSON Lines: expected a JSON object on each line, and a/x.jsonl has something else.',
    );
    await expect(readerOf('csv', storage).readTable('b', { sampleRows: 10 })).rejects.toThrow(
      'Cannot look at `b` as CSV: expected rows of 2 columns, and b/x.csv has something else.',
    );
    await put(storage, 'd/x.csv', 'a,b\n1,2\n');
    await put(storage, 'd/y.csv', 'b,a\n2,1\n');
    await expect(readerOf('csv', storage).readTable('d', { sampleRows: 10 })).rejects.toThrow(
      'expected the columns a, b in this order, and d/y.csv has something else.',
    );
    await expect(readerOf('csv', storage).readTable('c', { sampleRows: 10 })).rejects.toThrow(
      /^Cannot read c\/x\.csv\.gz: incorrect header check/,
    );
  });

  it('may be empty', async () => {
    const storage = newPlace();
    await put(storage, 'a/x.jsonl', '');
    await put(storage, 'b/x.csv', 'a,b\n');
    expect(await readerOf('jsonl', storage).readTable('a', { sampleRows: 10 })).toMatchObject({
      rowCount: 0,
      columns: [],
    });
    expect(await readerOf('csv', storage).readTable('b', { sampleRows: 10 })).toMatchObject({
      rowCount: 0,
      columns: [{ name: 'a', sample: [] }, { name: 'b' }],
    });
  });
});
