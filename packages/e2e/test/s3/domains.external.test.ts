import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { s3 } from '@datagen/s3';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createPlace } from '../place.ts';
import { printedBy, python } from '../readers/pyarrow.ts';
import { treeDigests } from '../tree.ts';
import { ACCESS_KEY, S3Server, s3Binary, SECRET_KEY } from './s3-server.ts';

const bin = fileURLToPath(new URL('../../../cli/bin/datagen.js', import.meta.url));
const DAYS = ['--start-date', '2026-01-05', '--end-date', '2026-02-08', '--partition-by', 'year,month'];

/** Small datasets of all domains, with a table each and columns of it that its readers are asked for. */
const DATASETS: readonly [words: readonly string[], table: string, columns: readonly string[]][] = [
  [
    ['ecommerce', '--n-customers', '500', '--orders-per-day', '150'],
    'orders',
    ['order_id', 'customer_id', 'order_ts', 'status', 'year', 'month'],
  ],
  [
    ['market_ohlcv', '--n-symbols', '3', '--frequency', '1h'],
    'ohlcv',
    ['symbol', 'ts', 'close', 'year', 'month'],
  ],
  [
    ['market_quotes', '--n-symbols', '2', '--quotes-per-minute', '1'],
    'quotes',
    ['symbol', 'ts', 'bid_price'],
  ],
  [['sensors', '--n-devices', '4', '--sampling-seconds', '3600'], 'readings', ['device_id', 'value']],
  [['weather', '--locations', 'Berlin,Sydney'], 'weather_hourly', ['location_id', 'temperature_c']],
];

(s3Binary === '' ? describe.skip : describe)('datagen generate to S3', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await S3Server.start();
  }, 60_000);
  const env = () => ({ ...process.env, ...server.environment() });
  const generate = (words: readonly string[], output: string) =>
    execFileSync(process.execPath, [bin, 'generate', ...words, output, ...DAYS, '--max-workers', '2'], {
      env: env(),
      encoding: 'utf8',
    });
  const read = (reader: string, place: string, columns: readonly string[], setup = {}) =>
    printedBy('read_lake.py', [reader, place, ...columns], { ...server.environment(), ...setup });

  it.each(DATASETS)(
    'puts the objects that are files elsewhere, and which readers read: %j',
    async (words, table, columns) => {
      const [name = ''] = words;
      const place = await createPlace();
      generate(words, place);
      const files = treeDigests(place);
      generate(words, server.uri(name));
      expect(treeDigests(path.join(server.folder, name))).toEqual(files);
      const listed = await s3(server.uri(name), server.options()).list('');
      expect(listed.map((file) => file.path)).toEqual(Object.keys(files));
      expect(generate(words, server.uri(name))).toContain('Nothing to do');
      if (python === '') return;
      for (const reader of ['duckdb', 'pyarrow', 'polars']) {
        const rows = read(reader, server.uri(`${name}/${table}`), columns);
        expect(rows.split('\n').length).toBeGreaterThan(500);
        expect(rows).toBe(read(reader, path.join(place, table), columns));
      }
    },
    120_000,
  );

  (python === '' ? it.skip : it)(
    'tells a query for DuckDB that shows rows, once the secrets are put in',
    () => {
      const flags = ['--s3-endpoint-url', server.url, '--s3-key', ACCESS_KEY, '--s3-secret', SECRET_KEY];
      const report = generate(['ecommerce', '--tables', 'orders', ...flags], server.uri('shop'));
      const [, sql = ''] = /^Query: +duckdb -c "(.*)"$/m.exec(report) ?? [];
      const [secret = '', select = ''] = sql
        .replace("KEY_ID '***', SECRET '***'", `KEY_ID '${ACCESS_KEY}', SECRET '${SECRET_KEY}'`)
        .split('; ');
      expect(secret).toMatch(/^CREATE SECRET \(TYPE s3, /);
      expect(select).toMatch(/^SELECT \* FROM read_parquet\('s3:\/\/lake\/shop\/orders\/\*\*\/\*\.parquet'/);
      const setup = { DUCKDB_SETUP: `${secret}; ${select}` };
      const rows = read('duckdb', server.uri('shop/orders'), ['order_id'], setup);
      expect(rows.split('\n').length).toBeGreaterThan(1_000);
    },
    120_000,
  );

  if (python === '') it.skip('is read by DuckDB, pyarrow and polars: needs Python', () => undefined);
});
