import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { ENCODERS, resolveEncoder } from '@datagen/parquet';
import { createPlace } from '../place.ts';
import { query } from '../readers/duckdb.ts';

const writeMatrix = fileURLToPath(new URL('./write-matrix.mjs', import.meta.url));

/** Native where it is built. */
const TESTED = ENCODERS.filter((name) => name !== 'native' || resolveEncoder('auto') === 'native');

/** A small dataset of every generator: some thousand rows, several blocks and files. */
const DATASETS: readonly [module: string, plugin: string, tables: readonly string[], options: object][] = [
  [
    '@datagen/ecommerce',
    'ecommercePlugin',
    ['customers', 'products', 'promotions', 'orders', 'order_items'],
    { nCustomers: 900, nProducts: 300, ordersPerDay: 150, startDate: '2026-01-01', endDate: '2026-01-09' },
  ],
  [
    '@datagen/market',
    'marketOhlcvPlugin',
    ['symbols', 'ohlcv'],
    { nSymbols: 4, frequency: '5m', startDate: '2026-01-05', endDate: '2026-01-16' },
  ],
  [
    '@datagen/market',
    'marketQuotesPlugin',
    ['symbols', 'quotes'],
    { nSymbols: 2, quotesPerMinute: 3, startDate: '2026-01-05', endDate: '2026-01-09' },
  ],
  [
    '@datagen/sensors',
    'sensorsPlugin',
    [
      'sites',
      'gateways',
      'devices',
      'work_orders',
      'calibrations',
      'battery_changes',
      'outages',
      'anomalies',
      'messages',
      'readings',
    ],
    {
      nDevices: 6,
      samplingSeconds: 1800,
      calibrationDays: 28,
      batteryDays: 30,
      lateRate: 0.05,
      duplicateRate: 0.05,
      messages: true,
      startDate: '2026-01-01',
      endDate: '2026-01-07',
    },
  ],
  [
    '@datagen/weather',
    'weatherPlugin',
    ['locations', 'weather_hourly', 'weather_daily', 'weather_synop'],
    { locations: ['Berlin', 'Sydney'], synop: true, startDate: '2026-01-01', endDate: '2026-02-28' },
  ],
];

describe('the same rows by 1, 2 and 8 workers, 3 batch sizes, 3 file sizes and every encoder, each pair of them once', () => {
  it.each(DATASETS)(
    '%s %s',
    async (module, plugin, tables, options) => {
      const place = await createPlace();
      const text = JSON.stringify({ ...options, tables, encoders: TESTED });
      const lines = execFileSync(process.execPath, [writeMatrix, module, plugin, text, place], {
        encoding: 'utf8',
      });
      const outputs = lines
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as string);
      expect(new Set(outputs).size).toBe(9);
      for (const table of tables) {
        const expected = await digestOf(`${outputs[0] ?? ''}/${table}`);
        expect(Number(expected[0])).toBeGreaterThan(0);
        for (const output of outputs)
          expect([output, await digestOf(`${output}/${table}`)]).toEqual([output, expected]);
      }
    },
    300_000,
  );
});

/** Row count and a hash of all rows whatever their order, as DuckDB reads them. */
async function digestOf(folder: string): Promise<string[]> {
  const files = `read_parquet('${folder}/**/*.parquet')`;
  const columns = await query(`SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${files})`);
  // Instants as microseconds, so that how a file annotates them does not matter.
  const values = columns.map(([name, type]) =>
    String(type).startsWith('TIMESTAMP') ? `epoch_us("${String(name)}")` : `"${String(name)}"`,
  );
  const [row] = await query(
    `SELECT count(*), sum(hash(${values.join(', ')})::HUGEINT), bit_xor(hash(${values.join(', ')})) FROM ${files}`,
  );
  return (row ?? []).map(String);
}
