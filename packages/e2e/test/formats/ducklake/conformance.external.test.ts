import { utimes } from 'node:fs/promises';
import path from 'node:path';
import { LocalStorage } from '@datagen/core/writer';
import { testWriter } from '@datagen/testkit';
import { describe, it } from '@jest/globals';
import { python } from '../../readers/pyarrow.ts';
import {
  CATALOGS,
  createLake,
  hasCatalog,
  inLake,
  isTestable,
  type TestLake,
  usePostgresql,
  writerOf,
} from './lakes/lakes.ts';

usePostgresql();

for (const kind of CATALOGS) {
  if (python === '' || !isTestable(kind)) {
    describe(`ducklake (${kind}) read by DuckDB's extension`, () => {
      it.skip('needs Python with DuckDB extensions, and PostgreSQL for catalogs there', () => undefined);
    });
    continue;
  }
  const lakes = new Map<string, TestLake>();
  const lakeAt = (place: string) => lakes.get(place) as TestLake;
  testWriter({
    name: `ducklake (${kind}) read by DuckDB's extension`,
    createPlace: async () => {
      const lake = await createLake(kind);
      lakes.set(lake.place, lake);
      return lake.place;
    },
    createWriter: (place) => writerOf(lakeAt(place)),
    readRows: async (place, { name, schema }) => {
      if (!(await hasCatalog(lakeAt(place)))) return [];
      const names = schema.fields.map((field) => `"${field.name}"`).join(', ');
      return inLake(lakeAt(place), async (lake) => {
        const known = await lake.query(`SELECT table_name FROM ducklake_table_info('lake')`);
        return known.some(({ table_name }) => table_name === name)
          ? lake.readRows(`SELECT ${names} FROM lake.${name}`)
          : [];
      });
    },
    partitionings: [[], ['year', 'month', 'day'], ['day'], ['group'], ['month', 'group']],
    catalog: {
      storageOf: (place) => new LocalStorage(path.join(place, 'main')),
      isDataFile: (file) => file.endsWith('.parquet'),
      age: (place, file) => utimes(path.join(place, 'main', file), daysAgo(2), daysAgo(2)),
    },
  });
}

function daysAgo(count: number): Date {
  return new Date(Date.now() - count * 86_400_000);
}
