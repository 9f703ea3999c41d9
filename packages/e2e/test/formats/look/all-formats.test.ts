import path from 'node:path';
import { PartitionSpec, type TableDefinition, type TableWriter, writeDataset } from '@datagen/core';
import { delta } from '@datagen/delta';
import { ducklake } from '@datagen/ducklake';
import { iceberg } from '@datagen/iceberg';
import { parquet } from '@datagen/parquet';
import { csv, jsonl } from '@datagen/text';
import type { DuckDBValue } from '@duckdb/node-api';
import { describe, expect, it } from '@jest/globals';
import { createPlace } from '../../place.ts';
import { query } from '../../readers/duckdb.ts';
import { GENERATORS } from '../generators.ts';
import { textScan } from '../text/duckdb-scan.ts';
import { lookJson, tableIn } from './looked.ts';

const FORMATS: Readonly<Record<string, (place: string) => TableWriter>> = {
  parquet,
  delta,
  iceberg,
  ducklake,
  csv,
  jsonl,
};
const partitionSpec = new PartitionSpec({ startDate: '2026-01-05', endDate: '2026-01-08' });

function isText(format: string): format is 'csv' | 'jsonl' {
  return format === 'csv' || format === 'jsonl';
}

/** A table's files as DuckDB reads them without catalog or log. */
function scanOf(format: string, place: string, table: TableDefinition): string {
  if (isText(format)) return textScan(format, path.join(place, table.name), table);
  return `read_parquet('${place}/**/${table.name}-*.parquet')`;
}

/** What DuckDB says of a column: nulls, different values, and bounds as text. */
async function stated(scan: string, column: string): Promise<readonly DuckDBValue[]> {
  const name = `"${column}"`;
  const [row = []] = await query(
    `SET TimeZone = 'UTC'; SELECT count(*) - count(${name}), count(DISTINCT ${name}), min(${name})::VARCHAR, max(${name})::VARCHAR FROM ${scan}`,
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
        const definition = generator.tables.find(({ name }) => name === table);
        if (rowCount === 0 || definition === undefined) continue;
        for (const { name, type, doc, nullShare, distinct, min, max } of found.columns) {
          // Text has none.
          if (isText(format)) expect(doc).toBeUndefined();
          else expect(doc).toMatch(/./);
          expect([
            Math.round(nullShare.value * rowCount),
            distinct.value,
            duckText(type, min?.value),
            duckText(type, max?.value),
          ]).toEqual((await stated(scanOf(format, place, definition), name)).map(plain));
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
