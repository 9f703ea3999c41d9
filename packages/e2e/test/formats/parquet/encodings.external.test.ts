import path from 'node:path';
import { writeDataset } from '@datagen/core';
import { ecommerce } from '@datagen/ecommerce';
import { parquet, resolveEncoder } from '@datagen/parquet';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createPlace } from '../../place.ts';
import * as duckdb from '../../readers/duckdb.ts';
import { python, readRows } from '../../readers/pyarrow.ts';

const shop = ecommerce({ nCustomers: 300, ordersPerDay: 800 });
const columns = shop.tables.find(({ name }) => name === 'orders')?.schema.names.map(String) ?? [];
const sorted = (rows: readonly (readonly unknown[])[]) => rows.map((row) => row.join('\t')).sort();

const ENCODERS = [
  ...(resolveEncoder('auto') === 'native' ? (['native'] as const) : []),
  'wasm',
  'javascript',
] as const;
const FILES = ENCODERS.flatMap((encoder) =>
  (['modern', 'classic'] as const).map((encodings) => [encoder, encodings] as const),
);

describe.each(FILES)('files of the %s encoder with %s encodings', (encoder, encodings) => {
  let folder: string;
  let expected: readonly string[];

  beforeAll(async () => {
    const place = await createPlace();
    const window = { startDate: '2026-01-01', endDate: '2026-01-10', tables: 'orders' };
    await writeDataset(shop, parquet(place, { encoder, encodings }), { ...window, maxWorkers: 1 });
    folder = path.join(place, 'orders');
    expected = sorted(await duckdb.readParquet(folder, columns));
  });

  it('have instants that DuckDB knows to be UTC in any time zone', async () => {
    const sql = `SET TimeZone = 'Asia/Tokyo'; SELECT typeof(order_ts), count(*) FILTER (CAST(order_ts AT TIME ZONE 'UTC' AS DATE) = order_date) = count(*) FROM '${folder}/*.parquet' GROUP BY 1`;
    expect(await duckdb.query(sql)).toEqual([['TIMESTAMP WITH TIME ZONE', true]]);
  });

  (python === '' ? it.skip : it).each(['pyarrow', 'polars', 'fastparquet'] as const)(
    'have the same rows for %s as for DuckDB, or are in the list of those that have not',
    (reader) => {
      const rows = sorted(readRows(reader, folder, columns));
      // Of DELTA_BINARY_PACKED it makes other numbers, without a word: docs/formats.md.
      const isMisread = reader === 'fastparquet' && encodings === 'modern' && encoder !== 'javascript';
      expect(rows).toHaveLength(expected.length);
      if (isMisread) expect(rows).not.toEqual(expected);
      else expect(rows).toEqual(expected);
    },
  );
});
