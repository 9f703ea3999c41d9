import { PartitionSpec, writeDataset } from '@datagen/core';
import { sampleGenerator } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { python } from '../../readers/pyarrow.ts';
import {
  CATALOGS,
  createLake,
  inLake,
  isTestable,
  usePostgresql,
  writerOf,
} from '../ducklake/lakes/lakes.ts';
import { lookJson, tableIn } from './looked.ts';

usePostgresql();

const generator = sampleGenerator({ nSites: 20, eventsPerDay: 10 });
const partitionSpec = new PartitionSpec({ startDate: '2026-01-05', endDate: '2026-01-07' });

describe('rows of a lake that others deleted and added', () => {
  for (const kind of CATALOGS) {
    (python !== '' && isTestable(kind) ? it : it.skip)(
      `are counted, or named where they lie in no file: ${kind}`,
      async () => {
        const lake = await createLake(kind);
        const writer = writerOf(lake);
        await writeDataset(generator, writer, { partitionSpec, maxWorkers: 1 });
        await writer.close?.();
        const catalog = lake.catalog === undefined ? [] : ['--format', 'ducklake', '--catalog', lake.catalog];
        const look = () => tableIn(lookJson([lake.place, ...catalog]), 'events');
        expect(look()).toMatchObject({ rowCount: 90, warnings: [] });
        const count = await inLake(lake, async (attached) => {
          await attached.query("DELETE FROM lake.events WHERE ts < TIMESTAMPTZ '2026-01-06 00:00:00+00'");
          return attached.query('SELECT count(*)::INT AS rows FROM lake.events');
        });
        const { rowCount, warnings } = look();
        expect([{ rows: rowCount }]).toEqual(count);
        expect(rowCount).toBe(60);
        expect(warnings).toEqual([expect.stringMatching(/^30 rows of `events` were deleted by others/)]);
        await inLake(lake, (attached) =>
          attached.query('INSERT INTO lake.events SELECT * FROM lake.events LIMIT 4'),
        );
        const after = look();
        // DuckDB keeps a few rows in the catalog, or puts them into a file.
        const inlined = after.warnings.some((warning) =>
          warning.startsWith('4 rows of `events` lie in the catalog'),
        );
        expect(after.rowCount).toBe(inlined ? 60 : 64);
      },
      120_000,
    );
  }
});
