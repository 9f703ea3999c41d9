import { PartitionSpec, writeDataset } from '@datagen/core';
import { isDatagenError } from '@datagen/core/writer';
import { ducklake } from '@datagen/ducklake';
import { s3 } from '@datagen/s3';
import { sampleGenerator } from '@datagen/testkit';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { python } from '../../readers/pyarrow.ts';
import { ACCESS_KEY, s3Binary, S3Server, SECRET_KEY } from '../../s3/s3-server.ts';
import { GENERATORS } from '../generators.ts';
import {
  CATALOGS,
  createLake,
  inLake,
  isTestable,
  type TestLake,
  usePostgresql,
  writerOf,
} from './lakes/lakes.ts';
import { readTables } from './lakes/readers.ts';

usePostgresql();

const hasServer = python !== '' && s3Binary !== '';
let server: S3Server;
beforeAll(async () => {
  if (hasServer) server = await S3Server.start();
}, 60_000);

const generator = sampleGenerator({ nSites: 20, eventsPerDay: 10 });
const days = (startDate: string, endDate: string) =>
  new PartitionSpec({ startDate, endDate, partitionBy: ['day', 'group'] });

/** What makes DuckDB reach the server. */
function secret(): string {
  const endpoint = server.url.replace('http://', '');
  return `CREATE OR REPLACE SECRET s (TYPE s3, KEY_ID '${ACCESS_KEY}', SECRET '${SECRET_KEY}', REGION 'us-east-1', ENDPOINT '${endpoint}', USE_SSL false, URL_STYLE 'path')`;
}

/** What DuckDB finds in a lake: its rows, and in how many files that lie below a place. */
function lookAt(lake: TestLake, prefix: string) {
  return inLake(lake, async (attached) => {
    await attached.query(secret());
    const [found] = await attached.query(
      'SELECT count(*)::INT AS n, sum(hash(e)::HUGEINT)::VARCHAR AS digest FROM lake.events e',
    );
    const files = await attached.query("SELECT data_file FROM ducklake_list_files('lake', 'events')");
    for (const { data_file: file } of files) expect(String(file).startsWith(prefix)).toBe(true);
    return { rowCount: found?.['n'], digest: found?.['digest'], fileCount: files.length };
  });
}

/** Row count and a digest of each table, whatever the order of its rows. */
function digestsOf(lake: TestLake, tables: readonly string[]) {
  return inLake(lake, async (attached) => {
    await attached.query(secret());
    const found: unknown[] = [];
    for (const table of tables) {
      const [digest] = await attached.query(
        `SELECT count(*)::INT AS n, sum(hash(t)::HUGEINT)::VARCHAR AS digest FROM lake.${table} t`,
      );
      found.push([table, digest]);
    }
    return found;
  });
}

describe('a lake whose data is on S3', () => {
  for (const kind of CATALOGS.filter((each) => each !== 'duckdb'))
    (hasServer && isTestable(kind) ? it : it.skip)(
      `has the rows of one on a disk, of all generators: ${kind}`,
      async () => {
        const [local, remote] = [await createLake(kind), await createLake(kind)];
        const partitionSpec = new PartitionSpec({ startDate: '2026-01-28', endDate: '2026-02-03' });
        const storage = s3(server.uri(`all-of-${kind}`), server.options());
        for (const made of GENERATORS) {
          const schema = made.name;
          const run = { partitionSpec, maxWorkers: 1 };
          await writeDataset(made, writerOf(local, { schema }), run);
          await writeDataset(made, ducklake(storage, { catalog: remote.catalog ?? '', schema }), run);
        }
        const tables = GENERATORS.flatMap((made) => made.tables.map(({ name }) => `${made.name}.${name}`));
        expect(tables.length).toBeGreaterThanOrEqual(16);
        expect(await digestsOf(remote, tables)).toEqual(await digestsOf(local, tables));
        // And read from there by an implementation that shares no code with the extension.
        const environment = { ...server.environment(), AWS_ALLOW_HTTP: 'true' };
        const [theirs, ours] = [
          await readTables('sdk', remote, tables, undefined, environment),
          await readTables('sdk', local, tables),
        ];
        expect(theirs).toEqual(ours);
        // Tables of what happens seldom may have no rows in these days.
        expect(theirs.filter(({ rowCount }) => rowCount > 0).length).toBeGreaterThanOrEqual(16);
      },
      300_000,
    );

  for (const kind of CATALOGS.filter((each) => each !== 'duckdb'))
    (hasServer && isTestable(kind) ? it : it.skip)(
      `has the rows of one on a disk, and is continued: ${kind}`,
      async () => {
        const [local, remote] = [await createLake(kind), await createLake(kind)];
        await writeDataset(generator, writerOf(local), {
          partitionSpec: days('2026-01-05', '2026-01-08'),
          maxWorkers: 1,
        });
        const location = server.uri(`lake of ${kind}`);
        const write = (endDate: string) =>
          writeDataset(
            generator,
            ducklake(s3(location, server.options()), { catalog: remote.catalog ?? '' }),
            { partitionSpec: days('2026-01-05', endDate), maxWorkers: 1 },
          );
        await write('2026-01-06');
        expect((await write('2026-01-06')).tables.map(({ rowCount }) => rowCount)).toEqual([0, 0]);
        expect((await write('2026-01-08')).tables.map(({ rowCount }) => rowCount)).toEqual([0, 60]);
        const expected = await lookAt(local, `${local.place}/main/events/`);
        expect(await lookAt(remote, `${location}/main/events/`)).toEqual(expected);
        expect([expected.rowCount, expected.fileCount]).toEqual([120, 12]);
      },
      120_000,
    );

  (hasServer ? it : it.skip)('needs a catalog elsewhere, and says so', () => {
    let failure: unknown;
    try {
      ducklake(s3(server.uri('x'), server.options()));
    } catch (thrown) {
      failure = thrown;
    }
    if (!isDatagenError(failure)) throw new Error('Expected a failure.');
    expect(failure.message).toBe(
      `A catalog in a file does not live in ${server.uri('x')}. Name one with \`catalog\`: a file on this machine (sqlite:lake.sqlite) or a PostgreSQL database (postgresql://me@host/lake).`,
    );
  });
});
