import { type DatasetReport, PartitionSpec, writeDataset } from '@datagen/core';
import { isDatagenError } from '@datagen/core/writer';
import { sampleGenerator } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import Libsql from 'libsql';
import { type Cut, cutAtCommits } from '../servers/cut-connections.ts';
import { atCommits, restProxy } from './warehouses/rest-proxy.ts';
import { digestsOf } from './warehouses/scan.ts';
import {
  createWarehouse,
  type IcebergOptions,
  isTestable,
  restServer,
  type TestWarehouse,
  useServers,
  writerOf,
} from './warehouses/warehouses.ts';

useServers();

const generator = sampleGenerator({ nSites: 20, eventsPerDay: 10 });
const TABLES = ['sites', 'events'];

function write(
  warehouse: TestWarehouse,
  endDate = '2026-01-07',
  options: IcebergOptions = {},
): Promise<DatasetReport> {
  const partitionSpec = new PartitionSpec({ startDate: '2026-01-05', endDate });
  return writeDataset(generator, writerOf(warehouse, options), { partitionSpec, maxWorkers: 1 });
}

const rowCounts = ({ tables }: DatasetReport) => tables.map(({ rowCount }) => rowCount);

/** What an unbroken run makes. */
async function whole(endDate: string): Promise<readonly string[]> {
  const warehouse = await createWarehouse('sqlite');
  await write(warehouse, endDate);
  return digestsOf(warehouse, TABLES);
}

async function failureOf(run: Promise<unknown>) {
  const failure: unknown = await run.catch((thrown: unknown) => thrown);
  if (!isDatagenError(failure)) throw new Error(`Expected a failure, got ${JSON.stringify(failure)}`);
  return failure;
}

describe('a REST catalog on a bad network', () => {
  const itRest = isTestable('rest') ? it : it.skip;
  const through = async (faultOf: Parameters<typeof restProxy>[1]): Promise<IcebergOptions> => ({
    catalogUri: await restProxy(restServer().uri, faultOf),
  });

  for (const fault of ['lostQuestion', 'lostAnswer', 503, 500] as const)
    itRest(
      `holds each row once where commits meet ${String(fault)}: new tables, and more days of them`,
      async () => {
        const warehouse = await createWarehouse('rest');
        const first = await write(warehouse, '2026-01-07', await through(atCommits(fault, 3)));
        expect(rowCounts(first)).toEqual([20, 90]);
        const second = await write(warehouse, '2026-01-09', await through(atCommits(fault, 1)));
        expect(rowCounts(second)).toEqual([0, 60]);
        expect(await digestsOf(warehouse, TABLES)).toEqual(await whole('2026-01-09'));
      },
      120_000,
    );

  itRest(
    'takes a storm of conflicts, and says so where it does not end',
    async () => {
      const warehouse = await createWarehouse('rest');
      await write(warehouse);
      expect(rowCounts(await write(warehouse, '2026-01-09', await through(atCommits(409, 3))))).toEqual([
        0, 60,
      ]);
      const failure = await failureOf(write(warehouse, '2026-01-12', await through(atCommits(409, 1_000))));
      expect(failure.code).toBe('COMMIT_CONFLICT');
      expect(failure.message).toMatch(/`events`/);
      expect(await digestsOf(warehouse, TABLES)).toEqual(await whole('2026-01-09'));
    },
    120_000,
  );

  itRest(
    'gets a new token where one has expired',
    async () => {
      const warehouse = await createWarehouse('rest');
      const seen: string[] = [];
      let refused = false;
      const options = await through((request) => {
        if (request.endsWith('/v1/oauth/tokens')) seen.push(request);
        if (refused || !/^POST .*\/tables\//.test(request)) return undefined;
        refused = true;
        return 419;
      });
      const report = await write(warehouse, '2026-01-07', { ...options, credential: 'user:open-sesame' });
      expect(rowCounts(report)).toEqual([20, 90]);
      expect(seen).toHaveLength(2);
      expect(JSON.stringify(report)).not.toContain('sesame');
    },
    120_000,
  );

  itRest(
    'is told in one sentence where it is down or refuses, and nothing is there',
    async () => {
      const warehouse = await createWarehouse('rest');
      const down = await failureOf(write(warehouse, '2026-01-07', { catalogUri: 'http://127.0.0.1:9' }));
      expect(down.message).toMatch(
        /^Cannot ask for the configuration of the REST catalog at http:\/\/127\.0\.0\.1:9: /,
      );
      const refused = await failureOf(write(warehouse, '2026-01-07', await through(() => 403)));
      expect(refused.message).toMatch(
        /it answered 403 \(By the proxy\)\. Ask for the rights to it, or use another credential\.$/,
      );
      expect(await digestsOf(warehouse, TABLES)).toEqual(['no table', 'no table']);
      const lost = await failureOf(
        write(warehouse, '2026-01-07', await through(atCommits('lostQuestion', 1_000))),
      );
      expect(lost.message).toMatch(
        /the connection broke \(.*\), after 5 tries\. Run the same command again: it adds what is missing\.$/,
      );
      expect(rowCounts(await write(warehouse))).toEqual([20, 90]);
    },
    120_000,
  );
});

/** The same catalog, its connections cut at the first `times` COMMITs of a table. */
async function cutting({ options }: TestWarehouse, cut: Cut, times: number): Promise<IcebergOptions> {
  const statements = ['INSERT INTO iceberg_tables ', 'UPDATE iceberg_tables '];
  return { catalogUri: await cutAtCommits(options.catalogUri ?? '', statements, cut, times) };
}

describe('a catalog in PostgreSQL whose connection ends at COMMIT', () => {
  const itPostgresql = isTestable('postgresql') ? it : it.skip;

  for (const cut of ['question', 'answer'] as const)
    itPostgresql(
      `holds each row once, and is told as what it is, where the ${cut} was lost`,
      async () => {
        const warehouse = await createWarehouse('postgresql');
        const first = await write(warehouse, '2026-01-07', await cutting(warehouse, cut, 1));
        expect(rowCounts(first)).toEqual([20, 90]);
        const second = await write(warehouse, '2026-01-09', await cutting(warehouse, cut, 1));
        expect(rowCounts(second)).toEqual([0, 60]);
        expect(await digestsOf(warehouse, TABLES)).toEqual(await whole('2026-01-09'));
      },
      120_000,
    );

  itPostgresql(
    'at every try is one sentence, nothing is there, and the same command completes it',
    async () => {
      const warehouse = await createWarehouse('postgresql');
      await write(warehouse);
      const broken = await cutting(warehouse, 'question', Number.POSITIVE_INFINITY);
      const failure = await failureOf(write(warehouse, '2026-01-09', broken));
      expect(failure.message).toMatch(
        /^Cannot write to the PostgreSQL database postgresql:\/\/datagen:\*\*\*@.*: the connection ended 4 times \(.*\)\. Run the same command again: it adds what is missing\.$/,
      );
      expect(await digestsOf(warehouse, TABLES)).toEqual(await whole('2026-01-07'));
      expect(rowCounts(await write(warehouse, '2026-01-09'))).toEqual([0, 60]);
    },
    120_000,
  );
});

describe('a catalog in a SQLite file that a reader holds', () => {
  (isTestable('sqlite') ? it : it.skip)(
    'is told in one sentence, and the same command completes it once the reader is gone',
    async () => {
      const warehouse = await createWarehouse('sqlite');
      await write(warehouse);
      const reader = new Libsql((warehouse.options.catalogUri ?? '').replace(/^sqlite:/, ''));
      reader.exec('BEGIN');
      reader.prepare('SELECT * FROM iceberg_tables').all();
      const failure = await failureOf(write(warehouse, '2026-01-09', { lockSeconds: 1 }));
      expect(failure.message).toMatch(
        /^Cannot write to the SQLite file .*: somebody else has held it for 1 seconds \(.*\)\. End what holds it, or run the same command again\.$/,
      );
      expect(await digestsOf(warehouse, TABLES)).toEqual(await whole('2026-01-07'));
      setTimeout(() => {
        reader.exec('COMMIT');
        reader.close();
      }, 500);
      expect(rowCounts(await write(warehouse, '2026-01-09'))).toEqual([0, 60]);
      expect(await digestsOf(warehouse, TABLES)).toEqual(await whole('2026-01-09'));
    },
    120_000,
  );
});
