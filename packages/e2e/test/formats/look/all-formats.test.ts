import { PartitionSpec, type TableWriter, writeDataset } from '@datagen/core';
import { delta } from '@datagen/delta';
import { ducklake } from '@datagen/ducklake';
import { iceberg } from '@datagen/iceberg';
import { parquet } from '@datagen/parquet';
import type { DuckDBValue } from '@duckdb/node-api';
import { describe, expect, it } from '@jest/globals';
import { createPlace } from '../../place.ts';
import { query } from '../../readers/duckdb.ts';
import { GENERATORS } from '../generators.ts';
import { lookJson, tableIn } from './looked.ts';

const FORMATS: Readonly<Record<string, (place: string) => TableWriter>> = {
  parquet,
  delta,
  iceberg,
  ducklake,
};
const partitionSpec = new PartitionSpec({ startDate: '2026-01-05', endDate: '2026-01-08' });

/** What DuckDB says of a column of Parquet files: nulls, different values, and bounds as text. */
async function stated(files: string, column: string): Promise<readonly DuckDBValue[]> {
  const name = `"${column}"`;
  const [row = []] = await query(
    `SET TimeZone = 'UTC'; SELECT count(*) - count(${name}), count(DISTINCT ${name}), min(${name})::VARCHAR, max(${name})::VARCHAR FROM read_parquet('${files}')`,
  );
  return row;
}

/** A bound as DuckDB casts it to text. */
function duckText(type: string, value: string | number | boolean | undefined): string | null {
  if (value === undefined) return null;
  if (type === 'float64' && typeof value === 'number' && Number.isInteger(value)) return `${String(value)}.0`;
  if (type !== 'timestamp' || typeof value !== 'string') return String(value);
  return `${value.length === 10 ? `${value} 00:00:00` : value.length === 16 ? `${value}:00` : value}+00`;
}

// Each file lies in a table's first commit, so DuckDB may read them without catalog or log.
describe.each(Object.keys(FORMATS))('look at tables of %s', (format) => {
  it.each(GENERATORS.map((generator) => [generator.name, generator] as const))(
    'says of %s what DuckDB says of its files',
    async (_, generator) => {
      const place = await createPlace();
      const writer = (FORMATS[format] as (place: string) => TableWriter)(place);
      const report = await writeDataset(generator, writer, { partitionSpec, maxWorkers: 1 });
      await writer.close?.();
      const looked = lookJson([place]);
      expect(looked.format).toBe(format);
      expect(looked.tables.map(({ name }) => name)).toEqual(report.tables.map(({ table }) => table).sort());
      for (const { table, rowCount } of report.tables) {
        const found = tableIn(looked, table);
        expect([found.rowCount, found.isSampleWhole, found.warnings]).toEqual([rowCount, true, []]);
        if (rowCount === 0) continue;
        for (const { name, type, doc, nullShare, distinct, min, max } of found.columns) {
          expect(doc).toMatch(/./);
          expect([
            Math.round(nullShare.value * rowCount),
            distinct.value,
            duckText(type, min?.value),
            duckText(type, max?.value),
          ]).toEqual((await stated(`${place}/**/${table}-*.parquet`, name)).map(plain));
        }
      }
    },
    120_000,
  );
});

function plain(value: DuckDBValue): string | number | null {
  if (typeof value === 'bigint') return Number(value);
  return value as string | null;
}
