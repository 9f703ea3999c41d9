import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { writeDataset } from '@datagen/core';
import { typeNameOf } from '@datagen/core/generator';
import { csv, jsonl } from '@datagen/text';
import { sampleGenerator, testWriter } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { createPlace } from '../../place.ts';
import { contentsOf } from '../../readers/delta-readers.ts';
import { cellText, query } from '../../readers/duckdb.ts';
import { jsonLines, python } from '../../readers/pyarrow.ts';
import { textScan } from './duckdb-scan.ts';

for (const [format, write] of [
  ['csv', csv],
  ['jsonl', jsonl],
] as const)
  testWriter({
    name: `${format} read by DuckDB`,
    createPlace,
    createWriter: (place) => write(place),
    readRows: async (place, table) => {
      const folder = path.join(place, table.name);
      if (!existsSync(folder)) return [];
      const columns = table.schema.fields.map(({ name }) => `"${name}"`).join(', ');
      const rows = await query(
        `SELECT ${columns} FROM ${textScan(format, folder, table, partitionColumns(folder))}`,
      );
      return rows.map((row) => row.map(cellText));
    },
    partitionings: [[], ['year', 'month', 'day'], ['week'], ['group'], ['month', 'group']],
  });

/** The columns of the suite's tables that folders hold. An overwrite may leave empty folders of other partitionings. */
function partitionColumns(folder: string): readonly string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.some((name) => /group=.*\.(csv|jsonl)/.test(name)) ? ['group'] : [];
}

describe('hive folders of CSV', () => {
  (python === '' ? it.skip : it).each(['csv', 'csv-polars', 'jsonl'])(
    'have the values of their columns by Python, nulls and empty texts apart: %s',
    async (reader) => {
      const place = await createPlace();
      const generator = sampleGenerator();
      const [startDate, endDate] = ['2026-01-05', '2026-01-11'];
      const writer = reader === 'jsonl' ? jsonl(place) : csv(place);
      await writeDataset(generator, writer, { startDate, endDate, partitionBy: 'group', maxWorkers: 1 });
      const [, { name, schema } = { name: '', schema: undefined }] = generator.tables;
      const types = Object.fromEntries(schema?.fields.map((field) => [field.name, typeNameOf(field)]) ?? []);
      const found = jsonLines('files/read_text.py', reader, JSON.stringify(types), path.join(place, name));
      expect(found).toEqual([contentsOf(generator, name, startDate, endDate)]);
    },
    60_000,
  );
});
