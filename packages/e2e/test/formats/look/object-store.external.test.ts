import { PartitionSpec, writeDataset } from '@datagen/core';
import { delta } from '@datagen/delta';
import { iceberg } from '@datagen/iceberg';
import { ducklake } from '@datagen/ducklake';
import { parquet } from '@datagen/parquet';
import { s3 } from '@datagen/s3';
import { csv, jsonl } from '@datagen/text';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createPlace } from '../../place.ts';
import { S3Server, s3Binary } from '../../s3/s3-server.ts';
import { GENERATORS } from '../generators.ts';
import { lookJson } from './looked.ts';

const [generator] = GENERATORS as [(typeof GENERATORS)[number]];
const partitionSpec = new PartitionSpec({
  startDate: '2026-01-05',
  endDate: '2026-02-08',
  partitionBy: ['year', 'month'],
});

(s3Binary === '' ? describe.skip : describe)('look at tables on S3', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await S3Server.start();
  }, 60_000);

  it.each(['parquet', 'delta', 'iceberg', 'ducklake', 'csv', 'jsonl'])(
    'says of %s what it says of the same tables on disk',
    async (format) => {
      const place = await createPlace();
      const prefix = `look ${format}`;
      const catalogs = await createPlace();
      const onS3 = () => s3(server.uri(prefix), server.options());
      const sqlite = `sqlite:${catalogs}/catalog.db`;
      const [local, remote] = {
        parquet: [parquet(place), parquet(onS3())],
        delta: [delta(place), delta(onS3())],
        iceberg: [iceberg(place), iceberg(onS3(), { catalogUri: sqlite })],
        ducklake: [ducklake(place), ducklake(onS3(), { catalog: sqlite })],
        csv: [csv(place), csv(onS3())],
        jsonl: [jsonl(place), jsonl(onS3())],
      }[format] as [ReturnType<typeof parquet>, ReturnType<typeof parquet>];
      for (const writer of [local, remote]) {
        await writeDataset(generator, writer, { partitionSpec, maxWorkers: 1 });
        await writer.close?.();
      }
      const where = {
        parquet: [],
        delta: [],
        iceberg: ['--format', 'iceberg', '--catalog-uri', sqlite],
        ducklake: ['--format', 'ducklake', '--catalog', sqlite],
        csv: [],
        jsonl: [],
      }[format] as string[];
      const found = lookJson([server.uri(prefix), ...where], server.environment());
      const expected = lookJson([place]);
      expect(found.format).toBe(format);
      // Versions, and the moments of commits, are each one's own.
      const plain = ({ tables }: typeof found) =>
        tables.map((table) => ({
          ...table,
          version: undefined,
          committedMs: undefined,
          byteSize: undefined,
        }));
      expect(plain(found)).toEqual(plain(expected));
      expect(found.tables).toHaveLength(5);
    },
    120_000,
  );
});
