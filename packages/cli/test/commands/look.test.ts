import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { datagen, SMALL, temporaryFolder } from '../terminal.ts';

const folder = temporaryFolder();
const out = path.join(folder, 'shop');
const ESCAPES = '\u001B[';

describe('datagen look', () => {
  let printed: string;
  beforeAll(async () => {
    const words = ['generate', 'ecommerce', out, ...SMALL, '--partition-by', 'day', '--tables'];
    printed = (await datagen([...words, 'customers,orders,products'])).stdout;
  });

  it('is the command that a run ends with', async () => {
    const [, words = ''] = /^Look: {3}datagen (.*)$/m.exec(printed) ?? [];
    expect(words).toBe(`look ${out}`);
    const { exitCode, stdout, stderr } = await datagen(words.split(' '));
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^customers: 50 rows in 1 file, [\d.]+ kB \(parquet\)$/m);
    expect(stdout).toMatch(/^orders: \d+ rows in 3 files, /m);
    expect(stdout).toMatch(/^customer_id +int64 +0 +50 {3}1 [▁-█]+ 50$/m);
    expect(stdout).toMatch(/^is_vip +boolean +0 +2 {3}█+▓* {2}█ false \d+ % {2}▓ true /m);
    expect(stdout).toMatch(
      /^signup_date +date +0 +\d+ {3}20\d\d-\d\d-\d\d [▁-█ ]+ 20\d\d-\d\d-\d\d by (\d+ )?months?$/m,
    );
    expect(stdout).not.toContain(ESCAPES);
  });

  it.each([40, 60, 80, 120, 200])('fits into %i columns of a terminal', async (columns) => {
    const { stdout } = await datagen(['look', out, '--tables', 'orders'], {
      isTTY: true,
      columns,
      env: { NO_COLOR: '1' },
    });
    const [, ...lines] = stdout.split('\n');
    for (const line of lines) expect(Array.from(line).length).toBeLessThanOrEqual(columns);
    expect(stdout).toMatch(/status +text/);
    expect(stdout).toMatch(/[▁-█]{5}/);
    expect(stdout).not.toContain(ESCAPES);
  });

  it('is in colours on a terminal that wants them', async () => {
    const { stdout } = await datagen(['look', out, '--tables', 'orders'], { isTTY: true, columns: 100 });
    expect(stdout).toContain(`${ESCAPES}1morders${ESCAPES}22m`);
    expect(stdout).toContain(`${ESCAPES}36m`);
  });

  it('shows as many rows as are asked for', async () => {
    const rowsOf = async (count: number) => {
      const words = ['look', out, '--tables', 'products', '--rows', String(count)];
      return (await datagen(words)).stdout.split('\n').filter((line) => /^ +\d+ {2}[A-Z]{3}-\d+/.test(line));
    };
    expect(await rowsOf(3)).toHaveLength(3);
    expect(await rowsOf(0)).toHaveLength(0);
  });

  it('tells machines the same', async () => {
    const { stdout } = await datagen(['look', out, '--tables', 'orders', '--json', '--rows', '1']);
    const { format, tables } = JSON.parse(stdout) as {
      format: string;
      tables: { rowCount: number; columns: Record<string, unknown>[]; rows: Record<string, unknown>[] }[];
    };
    expect([format, tables.length]).toEqual(['parquet', 1]);
    const [orders] = tables;
    expect(orders?.columns.find(({ name }) => name === 'order_date')).toMatchObject({
      type: 'date',
      doc: 'UTC day of `order_ts`',
      nullShare: { value: 0, isExact: true },
      min: { value: '2026-01-01', isExact: true },
      max: { value: '2026-01-03', isExact: true },
      picture: { kind: 'histogram', isTime: true, unit: { count: 1, name: 'day' } },
    });
    expect(orders?.rows).toHaveLength(1);
    expect(orders?.rows[0]).toMatchObject({ order_date: '2026-01-01', day: '2026-01-01' });
  });

  it.each([
    ['csv', ['--delimiter', ';', '--compression', 'gzip']],
    ['jsonl', []],
  ])('tells the same of tables of %s, which it finds by itself', async (format, options) => {
    const place = path.join(folder, format);
    const words = ['generate', 'ecommerce', place, ...SMALL, '--partition-by', 'day', '--format', format];
    const { stdout } = await datagen([...words, ...options, '--tables', 'customers,orders,products']);
    expect(stdout).toContain(`Look:   datagen look ${place}\n`);
    const looked = async (output: string) => {
      const { stdout: json } = await datagen(['look', output, '--json']);
      // Decimals of Parquet are off by the last bit of a double here and there.
      const rounded = (_: string, value: unknown) =>
        typeof value === 'number' ? Number(value.toPrecision(14)) : value;
      return JSON.parse(json, rounded) as { format: string; tables: Record<string, unknown>[] };
    };
    const [text, binary] = [await looked(place), await looked(out)];
    expect(text.format).toBe(format);
    // Text has no documentation of columns, and other bytes.
    const comparable = ({ tables }: typeof text) =>
      tables.map(({ columns, byteSize: _, ...table }) => ({
        ...table,
        columns: (columns as Record<string, unknown>[]).map(({ doc: __, ...column }) => column),
      }));
    expect(comparable(text)).toEqual(comparable(binary));
  });

  it('says what is of a sample', async () => {
    const words = ['look', out, '--tables', 'orders', '--sample-rows', '5'];
    const { stdout } = await datagen(words);
    expect(stdout).toMatch(/^order_id +int64 +0 +≥ 5 /m);
    expect(stdout).toMatch(/of a sample of 5 rows from all over the table\.$/m);
  });

  it('writes a page, whole, into folders that it makes', async () => {
    const page = path.join(folder, 'pages', 'shop.html');
    const { exitCode, stdout } = await datagen(['look', 'shop', '--html', 'pages/shop.html'], {
      cwd: folder,
    });
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringMatching(/^Wrote a page on 3 tables to pages\/shop\.html \(/),
    ]);
    expect(readFileSync(page, 'utf8')).toMatch(/^<!doctype html>[^]*<\/html>\n$/);
    const refused = await datagen(['look', out, '--html', path.join(page, 'below.html')]);
    expect(refused).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^datagen: Cannot write the page /) as unknown,
    });
    expect(existsSync(page)).toBe(true);
  });

  it.each([
    [['look'], 'Expected a folder or URI with tables, as in datagen look ./out/ecommerce.'],
    [['look', out, '--rows', 'x'], '--rows: expected a value of type number, got "x".'],
    [
      ['look', out, '--format', 'detla'],
      'Unknown format "detla". Did you mean "delta"? Known: parquet, delta, iceberg, ducklake, csv, jsonl, arrow.',
    ],
    [
      ['look', out, '--format', 'delta', '--version', 'x', '--tables', 'orders'],
      'Unknown table "orders". Known: ',
    ],
    [['look', out, 'more'], 'Unexpected "more": datagen look takes output-uri.'],
    [
      ['look', path.join(folder, 'none')],
      `Expected tables at ${path.join(folder, 'none')}, found nothing there.`,
    ],
  ])('answers %j in one sentence', async (words, sentence) => {
    const { exitCode, stdout, stderr } = await datagen(words);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`datagen: ${sentence}`);
    expect(stderr.split('\n')).toHaveLength(2);
  });

  it('says that tables of another format lie there, too, and shows those that are asked for', async () => {
    const mixed = path.join(folder, 'mixed');
    const day = ['--start-date', '2026-01-01', '--end-date', '2026-01-01'];
    const places = ['--n-locations', '2', '--tables', 'locations'];
    await datagen(['generate', 'ecommerce', mixed, ...SMALL, '--tables', 'products', '--format', 'csv']);
    await datagen(['generate', 'weather', mixed, ...day, ...places, '--format', 'iceberg']);
    const { exitCode, stdout, stderr } = await datagen(['look', mixed]);
    expect(exitCode).toBe(0);
    expect(stderr).toBe(
      `datagen: ${mixed} also has folders of csv files, which are no tables of iceberg and not shown: ask for them with --format csv.\n`,
    );
    expect(stdout).toMatch(/^locations: 2 rows/);
    const asked = await datagen(['look', mixed, '--format', 'csv']);
    expect([asked.exitCode, asked.stderr]).toEqual([0, '']);
    expect(asked.stdout).toMatch(/^products: \d+ rows/);
  });
});
