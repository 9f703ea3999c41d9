import { existsSync } from 'node:fs';
import { utimes } from 'node:fs/promises';
import path from 'node:path';
import { PartitionSpec, writeDataset } from '@datagen/core';
import { delta } from '@datagen/delta';
import { s3, type S3Storage } from '@datagen/s3';
import { sampleGenerator, testWriter } from '@datagen/testkit';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { liveFiles } from '../formats/delta/live-rows.ts';
import { GENERATORS } from '../formats/generators.ts';
import { contentsOf, DELTA_READERS, type DeltaContents, readAllDelta } from '../readers/delta-readers.ts';
import * as duckdb from '../readers/duckdb.ts';
import { python } from '../readers/pyarrow.ts';
import { type Fault, FaultProxy, type SeenRequest } from './fault-proxy.ts';
import { ACCESS_KEY, S3Server, s3Binary, SECRET_KEY } from './s3-server.ts';

const generator = sampleGenerator({ nSites: 20, eventsPerDay: 10 });
const run = {
  partitionSpec: new PartitionSpec({
    startDate: '2026-01-05',
    endDate: '2026-01-07',
    partitionBy: ['group'],
  }),
  maxWorkers: 1,
};

if (s3Binary === '') {
  describe('Delta tables on S3', () => {
    it.skip('need a server, which Go compiles', () => undefined);
  });
} else {
  let server: S3Server;
  let proxy: FaultProxy;
  let count = 0;
  beforeAll(async () => {
    server = await S3Server.start();
    proxy = await FaultProxy.start(server.port);
  }, 60_000);
  const createPlace = () => Promise.resolve(`place-${count++}`);
  const storageOf = (place: string, port = proxy.port): S3Storage =>
    s3(server.uri(place), server.options(port));

  testWriter({
    name: 'delta on S3',
    createPlace,
    createWriter: (place) => delta(storageOf(place)),
    // From the server's disk.
    readRows: (place, { name, schema }) => {
      const files = liveFiles(path.join(server.folder, place, name));
      return duckdb.readFiles(
        files,
        schema.fields.map((field) => field.name),
      );
    },
    partitionings: [[], ['year', 'month', 'day'], ['week']],
    catalog: {
      storageOf,
      isDataFile: (file) => file.endsWith('.parquet') && !file.includes('/_delta_log/'),
      age: (place, file) => {
        const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
        return utimes(path.join(server.folder, place, file), twoDaysAgo, twoDaysAgo);
      },
    },
  });

  describe('a Delta table on S3', () => {
    (python === '' ? it.skip : it)(
      'of any generator is the same to deltalake, polars and DuckDB as it was made',
      async () => {
        const [startDate, endDate] = ['2026-01-28', '2026-02-03'];
        const partitionSpec = new PartitionSpec({ startDate, endDate });
        const places: string[] = [];
        const expected: DeltaContents[] = [];
        for (const made of GENERATORS) {
          const place = await createPlace();
          await writeDataset(made, delta(storageOf(place)), { partitionSpec, maxWorkers: 1 });
          for (const { name } of made.tables) {
            const contents = contentsOf(made, name, startDate, endDate);
            if (contents.rowCount === 0) continue;
            places.push(server.uri(`${place}/${name}`));
            expected.push(contents);
          }
        }
        expect(places.length).toBeGreaterThan(10);
        const options = {
          aws_endpoint: server.url,
          aws_access_key_id: ACCESS_KEY,
          aws_secret_access_key: SECRET_KEY,
          aws_region: 'us-east-1',
          aws_allow_http: 'true',
        };
        for (const reader of DELTA_READERS)
          expect(readAllDelta(reader, places, {}, options)).toEqual(expected);
      },
      300_000,
    );

    it.each<[name: string, Fault]>([
      ['an answer that is lost', 'lostAnswer'],
      ['a store that is busy', 'slowDown'],
      ['a connection that is reset', 'reset'],
    ])(
      'is committed once, whatever becomes of the commit: %s',
      async (_, fault) => {
        const isCommit = ({ operation, key }: SeenRequest) =>
          operation === 'PutObject' && key.endsWith('events/_delta_log/00000000000000000000.json');
        let isFirst = true;
        const faulty = await FaultProxy.start(server.port, (request) => {
          if (!isFirst || !isCommit(request)) return undefined;
          isFirst = false;
          return fault;
        });
        const place = await createPlace();
        const report = await writeDataset(generator, delta(storageOf(place, faulty.port)), run);
        expect(faulty.happened).toEqual([[fault, 'PutObject']]);
        expect(report.tables[1]?.rowCount).toBe(90);
        const table = path.join(server.folder, place, 'events');
        expect(existsSync(path.join(table, '_delta_log/00000000000000000001.json'))).toBe(false);
        expect(liveFiles(table)).toHaveLength(report.tables[1]?.fileCount ?? 0);
      },
      120_000,
    );

    it('ends with one sentence without the secret where the store does not answer', async () => {
      const place = await createPlace();
      const gone = await FaultProxy.start(server.port);
      await gone.close();
      const failed = writeDataset(generator, delta(storageOf(place, gone.port)), run);
      const error = await failed.then(
        () => undefined,
        (thrown: unknown) => thrown as Error & { readonly code: string },
      );
      expect(error?.code).toBe('STORAGE_FAILED');
      expect(error?.message).toMatch(/^Cannot (read|list) [^\n]*\.$/);
      expect(error?.message).not.toContain(SECRET_KEY);
    }, 120_000);
  });
}
