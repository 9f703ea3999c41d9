import { PartitionSpec, writeDataset } from '@datagen/core';
import { isDatagenError } from '@datagen/core/writer';
import { iceberg } from '@datagen/iceberg';
import { s3 } from '@datagen/s3';
import { sampleGenerator } from '@datagen/testkit';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPlace } from '../../place.ts';
import { contentsOf } from '../../readers/delta-readers.ts';
import { hasSpark } from '../../readers/spark-session.ts';
import { FaultProxy } from '../../s3/fault-proxy.ts';
import { ACCESS_KEY, s3Binary, S3Server, SECRET_KEY } from '../../s3/s3-server.ts';
import { IcebergRestServer } from '../servers/iceberg-rest.ts';
import { expectTables, PARTITIONINGS, writeAll } from './warehouses/all-generators.ts';
import { READERS, readTables } from './warehouses/readers.ts';
import { IcebergSpark } from './warehouses/spark.ts';
import {
  CATALOG_NAME,
  CATALOGS,
  createWarehouse,
  type IcebergOptions,
  isTestable,
  type TestWarehouse,
  useServers,
} from './warehouses/warehouses.ts';

useServers(['postgresql']);

let server: S3Server;
let rest: IcebergRestServer | undefined;
beforeAll(async () => {
  if (s3Binary === '') return;
  server = await S3Server.start();
  // It puts metadata itself.
  const io = { 'io-impl': 'org.apache.iceberg.aws.s3.S3FileIO', 'client.region': 'us-east-1', ...access() };
  if (isTestable('rest'))
    rest = await IcebergRestServer.start(await createPlace(), server.uri('warehouse'), io);
}, 120_000);
afterAll(() => rest?.stop());

/** How Iceberg's own code reaches the server, in Java and in Python. */
function access(): Readonly<Record<string, string>> {
  return {
    's3.endpoint': server.url,
    's3.access-key-id': ACCESS_KEY,
    's3.secret-access-key': SECRET_KEY,
    's3.region': 'us-east-1',
    's3.path-style-access': 'true',
  };
}

const generator = sampleGenerator({ nSites: 20, eventsPerDay: 10 });

/** A warehouse in a bucket. */
async function createBucket(kind: TestWarehouse['kind'], prefix: string): Promise<TestWarehouse> {
  const { options, properties, ...others } = await createWarehouse(kind === 'rest' ? 'sqlite' : kind);
  const place = server.uri(prefix);
  const common = { ...others, kind, place };
  if (kind !== 'rest')
    return { ...common, options, properties: { ...properties, ...access(), warehouse: place } };
  const uri = rest?.uri ?? '';
  return {
    ...common,
    options: { catalog: 'rest', catalogUri: uri, namespace: options.namespace },
    properties: { name: CATALOG_NAME, type: 'rest', uri, ...access() },
  };
}

const writerOf = ({ place, options }: TestWarehouse, more: IcebergOptions = {}, port = server.port) =>
  iceberg(s3(place, server.options(port)), { ...options, ...more });

describe('a warehouse on S3', () => {
  let spark: IcebergSpark | undefined;
  afterAll(() => spark?.stop(), 60_000);

  // Each catalog and each partitioning once: on a disk read-back.external.test.ts has all pairs of them.
  for (const [i, kind] of CATALOGS.entries()) {
    const partitionBy = PARTITIONINGS[i % PARTITIONINGS.length] ?? [];
    (s3Binary !== '' && isTestable(kind) ? it : it.skip)(
      `has the tables of all generators, the same to every reader: ${kind}, partitioned by ${partitionBy.join(', ') || 'nothing'}`,
      async () => {
        const warehouse = await createBucket(kind, `all of ${kind}`);
        const tables = await writeAll(
          warehouse.options.namespace,
          (namespace) => writerOf(warehouse, { namespace }),
          partitionBy,
        );
        const names = tables.map(({ name }) => name);
        for (const reader of READERS) expectTables(reader, tables, readTables(reader, warehouse, names));
        if (!hasSpark) return;
        spark ??= new IcebergSpark();
        expectTables('spark', tables, await spark.readAll(warehouse, names));
      },
      300_000,
    );
  }

  (s3Binary !== '' && isTestable('sqlite') ? it : it.skip)(
    'is continued, overwritten and read as it was, though answers are lost',
    async () => {
      const warehouse = await createBucket('sqlite', 'answers');
      let requests = 0;
      // Every seventh request that puts something is done, and nobody hears of it.
      const proxy = await FaultProxy.start(server.port, ({ operation }) =>
        operation === 'PutObject' && ++requests % 7 === 0 ? 'lostAnswer' : undefined,
      );
      const write = (last: string, mode: 'error' | 'overwrite' = 'error') =>
        writeDataset(generator, writerOf(warehouse, {}, proxy.port), {
          partitionSpec: new PartitionSpec({ startDate: '2026-01-05', endDate: last, partitionBy: ['day'] }),
          maxWorkers: 1,
          mode,
        });
      const table = `${warehouse.options.namespace}.events`;
      const expectAll = (last: string) => {
        for (const reader of READERS)
          expect([reader, readTables(reader, warehouse, [table])[0]]).toEqual([
            reader,
            contentsOf(generator, 'events', '2026-01-05', last),
          ]);
      };
      await write('2026-01-07');
      expect((await write('2026-01-07')).tables.map(({ rowCount }) => rowCount)).toEqual([0, 0]);
      expect((await write('2026-01-09')).tables.map(({ rowCount }) => rowCount)).toEqual([0, 60]);
      expectAll('2026-01-09');
      await write('2026-01-06', 'overwrite');
      expectAll('2026-01-06');
      expect(proxy.happened.length).toBeGreaterThan(2);
    },
    120_000,
  );

  (s3Binary !== '' ? it : it.skip)('needs a catalog elsewhere, and says so', () => {
    let failure: unknown;
    try {
      iceberg(s3(server.uri('x'), server.options()));
    } catch (thrown) {
      failure = thrown;
    }
    if (!isDatagenError(failure)) throw new Error('Expected a failure.');
    expect(failure.message).toMatch(
      /^A catalog in a file does not live in s3:\/\/lake\/x\. Name one with `catalogUri`/,
    );
  });
});
