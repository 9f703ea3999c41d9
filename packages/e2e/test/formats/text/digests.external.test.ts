import path from 'node:path';
import { type DatasetGenerator, PartitionSpec, writeDataset } from '@datagen/core';
import { typeNameOf } from '@datagen/core/generator';
import { parquet } from '@datagen/parquet';
import { csv, jsonl } from '@datagen/text';
import { describe, expect, it } from '@jest/globals';
import { createPlace } from '../../place.ts';
import { contentsOf, type DeltaContents } from '../../readers/delta-readers.ts';
import { query } from '../../readers/duckdb.ts';
import { jsonLines, python } from '../../readers/pyarrow.ts';
import { GENERATORS } from '../generators.ts';
import { textScan } from './duckdb-scan.ts';

const [startDate, endDate] = ['2026-01-28', '2026-02-03'];
const partitionSpec = new PartitionSpec({ startDate, endDate, partitionBy: ['month'] });

const FORMATS = {
  csv: { write: csv, compression: 'none' },
  'csv, gzip': { write: csv, compression: 'gzip' },
  jsonl: { write: jsonl, compression: 'none' },
  'jsonl, gzip': { write: jsonl, compression: 'gzip' },
} as const;

/** By table the number of its rows and a digest of them, whatever their order. */
async function digestsOf(
  { tables }: DatasetGenerator,
  scan: (table: DatasetGenerator['tables'][number]) => string,
) {
  const found: Record<string, unknown> = {};
  for (const table of tables) {
    const columns = table.schema.fields.map(({ name }) => `"${name}"`).join(', ');
    const [row] = await query(
      `SELECT count(*)::INT, sum(hash(${columns})::HUGEINT)::VARCHAR FROM (SELECT ${columns} FROM ${scan(table)})`,
    );
    found[table.name] = row;
  }
  return found;
}

/** A table without rows has no batch, which would name its columns. */
function withoutEmptyColumns({ digest, ...contents }: DeltaContents): DeltaContents {
  return { ...contents, digest: contents.rowCount === 0 ? { ...digest, columns: {} } : digest };
}

describe('the tables of a generator as text', () => {
  for (const generator of GENERATORS) {
    it(`have the digests of Parquet by DuckDB: ${generator.name}`, async () => {
      const expected = await createPlace();
      await writeDataset(generator, parquet(expected), { partitionSpec, maxWorkers: 1 });
      const digests = await digestsOf(
        generator,
        ({ name }) => `read_parquet('${expected}/${name}/**/*.parquet', hive_partitioning = false)`,
      );
      for (const [name, { write, compression }] of Object.entries(FORMATS)) {
        const place = await createPlace();
        await writeDataset(generator, write(place), { partitionSpec, compression, maxWorkers: 1 });
        const format = write === csv ? 'csv' : 'jsonl';
        const found = await digestsOf(generator, (table) =>
          textScan(format, path.join(place, table.name), table),
        );
        expect([name, found]).toEqual([name, digests]);
      }
    }, 120_000);

    for (const [reader, write] of [
      ['csv', csv],
      ['csv-polars', csv],
      ['jsonl', jsonl],
    ] as const)
      (python === '' ? it.skip : it)(
        `have the digests of their rows by Python: ${generator.name} as ${reader}`,
        async () => {
          const place = await createPlace();
          await writeDataset(generator, write(place), {
            partitionSpec: { startDate, endDate },
            maxWorkers: 1,
          });
          const words = generator.tables.flatMap(({ name, schema }) => [
            JSON.stringify(Object.fromEntries(schema.fields.map((field) => [field.name, typeNameOf(field)]))),
            path.join(place, name),
          ]);
          const found = jsonLines('files/read_text.py', reader, ...words) as DeltaContents[];
          const expected = generator.tables.map(({ name }) =>
            contentsOf(generator, name, startDate, endDate),
          );
          expect(found.map(withoutEmptyColumns)).toEqual(expected.map(withoutEmptyColumns));
        },
        120_000,
      );
  }
});
