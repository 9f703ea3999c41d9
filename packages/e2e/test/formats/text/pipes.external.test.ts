import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Row, rowsOf } from '@datagen/core';
import { typeNameOf } from '@datagen/core/generator';
import { ecommerce } from '@datagen/ecommerce';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contentsOf } from '../../readers/delta-readers.ts';
import { python, scriptAt } from '../../readers/pyarrow.ts';
import { postgresqlBin, PostgresqlServer, query } from '../servers/postgresql.ts';

/** A Python with chdb, the engine of ClickHouse, and DuckDB's command line beside it; empty where there is none. */
const pipesPython = process.env['DATAGEN_PIPES'] ?? '';
const duckdb = path.join(path.dirname(pipesPython), 'duckdb');

const bin = fileURLToPath(new URL('../../../../cli/bin/datagen.js', import.meta.url));
const [startDate, endDate] = ['2026-01-05', '2026-01-11'];
const shop = ecommerce({ nCustomers: 500, nProducts: 100, ordersPerDay: 200 });
const GENERATE = [
  'generate',
  'ecommerce',
  '-',
  '--tables',
  'orders',
  '--start-date',
  startDate,
  '--end-date',
  endDate,
];
const SHOP = ['--n-customers', '500', '--n-products', '100', '--orders-per-day', '200'];

/** What comes out of a program that reads the orders of a shop from a pipe of the shell: `datagen … | program`. */
async function piped(format: string, program: string, ...words: string[]): Promise<string> {
  const quoted = (parts: readonly string[]) =>
    parts.map((part) => `'${part.replaceAll("'", "'\\''")}'`).join(' ');
  const source = quoted([process.execPath, bin, ...GENERATE, ...SHOP, '--format', format]);
  const line = `set -o pipefail; ${source} | ${quoted([program, ...words])}`;
  const { stdout } = await promisify(execFile)('bash', ['-c', line], { env: { ...process.env, TZ: 'UTC' } });
  return stdout.trim();
}

/** Sums of the orders' columns by which a reader that lost or misread something is found out. */
const SUMS =
  'count(*), sum(order_id), sum(amount), count(coupon_code), count(delivered_ts), min(order_ts), max(updated_at), max(order_date)';

/** What those are, of the rows that the generator makes; instants as milliseconds. */
function expectedSums(): (string | number)[] {
  const rows = rowsOf(shop, 'orders', { startDate, endDate });
  const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0);
  const present = (name: string) => rows.filter((row) => row[name] !== null).length;
  const times = (name: string) => rows.map((row) => (row[name] as Date).getTime());
  return [
    rows.length,
    sum((row) => Number(row['order_id'])),
    (sum((row) => Math.round(Number(row['amount']) * 100)) / 100).toFixed(2),
    present('coupon_code'),
    present('delivered_ts'),
    Math.min(...times('order_ts')),
    Math.max(...times('updated_at')),
    rows
      .map((row) => String(row['order_date']))
      .sort()
      .at(-1) ?? '',
  ];
}

/** The sums as a reader prints them, in one line with commas between. */
function sumsIn(line: string): (string | number)[] {
  const [count, ids, amount, coupons, delivered, first, last, day] = line.replaceAll('"', '').split(',');
  const ms = (text = '') => Date.parse(`${text.slice(0, 23).replace(' ', 'T')}Z`);
  const cents = Number(amount).toFixed(2);
  return [
    Number(count),
    Number(ids),
    cents,
    Number(coupons),
    Number(delivered),
    ms(first),
    ms(last),
    day ?? '',
  ];
}

/** The columns of the orders as a reader declares them, by its names of our types. */
function declared(types: Readonly<Record<string, string>>, nullable = (type: string) => type): string {
  const fields = shop.tables.find(({ name }) => name === 'orders')?.schema.fields ?? [];
  const columns = fields.map((field) => {
    const kind = typeNameOf(field);
    const type = types[kind] ?? kind;
    return `${field.name} ${field.nullable ? nullable(type) : type}`;
  });
  return columns.join(', ');
}

describe('orders through a pipe', () => {
  const withPipes = pipesPython === '' ? it.skip : it;

  withPipes.each([
    ['csv', "read_csv('/dev/stdin', allow_quoted_nulls = false)"],
    ['jsonl', "read_json('/dev/stdin', format = 'newline_delimited')"],
  ])(
    'are read by the command line of DuckDB, which finds their types: %s',
    async (format, source) => {
      const sql = `SET TimeZone = 'UTC'; SELECT ${SUMS.replace('sum(amount)', 'sum(amount::DECIMAL(18, 2))')} FROM ${source}`;
      const printed = await piped(format, duckdb, '-csv', '-noheader', '-c', sql);
      expect(sumsIn(printed)).toEqual(expectedSums());
    },
    60_000,
  );

  const CLICKHOUSE = {
    int32: 'Int32',
    int64: 'Int64',
    text: 'String',
    timestamp: "DateTime64(6, 'UTC')",
    date: 'Date',
  };
  withPipes.each([
    ['csv', 'CSVWithNames'],
    ['jsonl', 'JSONEachRow'],
  ])(
    'are read by the engine of ClickHouse: %s',
    async (format, name) => {
      const structure = declared(CLICKHOUSE, (type) => `Nullable(${type})`).replaceAll("'", "''");
      const sql = `SELECT ${SUMS} FROM file('/dev/stdin', '${name}', '${structure}') SETTINGS date_time_input_format = 'best_effort'`;
      const printed = await piped(format, pipesPython, '-m', 'chdb', sql, 'CSV');
      expect(sumsIn(printed)).toEqual(expectedSums());
    },
    120_000,
  );

  (python === '' ? it.skip : it)(
    'are an Arrow stream whose rows pyarrow finds, each value',
    async () => {
      const printed = await piped('arrow', python, scriptAt('files/read_text.py'), 'arrow');
      expect(JSON.parse(printed)).toEqual(contentsOf(shop, 'orders', startDate, endDate));
    },
    60_000,
  );

  describe('into PostgreSQL', () => {
    let server: PostgresqlServer | undefined;
    beforeAll(async () => {
      if (postgresqlBin !== '') server = await PostgresqlServer.start();
    }, 60_000);
    afterAll(async () => {
      await server?.stop();
    });

    (postgresqlBin === '' ? it.skip : it)(
      'are copied by psql',
      async () => {
        const database = (await server?.createDatabase()) ?? '';
        const types = { int32: 'int', int64: 'bigint', timestamp: 'timestamptz', text: 'text' };
        await query(database, `CREATE TABLE orders (${declared(types)})`);
        const psql = path.join(postgresqlBin, 'psql');
        await piped('csv', psql, database, '-q', '-c', '\\copy orders FROM STDIN (FORMAT csv, HEADER)');
        const sums = SUMS.replace(/(min|max)\((order_ts|updated_at)\)/g, "$1($2) AT TIME ZONE 'UTC'");
        const [row] = await query(database, `SELECT concat_ws(',', ${sums}) AS sums FROM orders`);
        expect(sumsIn(String(row?.['sums']))).toEqual(expectedSums());
      },
      60_000,
    );
  });
});
