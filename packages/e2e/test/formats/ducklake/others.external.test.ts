import path from 'node:path';
import { type DatasetReport, PartitionSpec, writeDataset, type WriteMode } from '@datagen/core';
import { sampleGenerator } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { contentsOf, type DeltaContents } from '../../readers/delta-readers.ts';
import { python } from '../../readers/pyarrow.ts';
import type { Lake } from './lakes/extension.ts';
import {
  CATALOGS,
  createLake,
  inCatalog,
  inLake,
  isTestable,
  type TestLake,
  usePostgresql,
  writerOf,
} from './lakes/lakes.ts';
import { readersOf, readTables } from './lakes/readers.ts';

usePostgresql();

const generator = sampleGenerator({ nSites: 20, eventsPerDay: 10 });
const other = sampleGenerator({ nSites: 20, eventsPerDay: 10, seed: 7 });

function write(
  lake: TestLake,
  startDate: string,
  endDate: string,
  mode: WriteMode = 'error',
  made = generator,
  partitionBy: readonly string[] = ['day'],
): Promise<DatasetReport> {
  const partitionSpec = new PartitionSpec({ startDate, endDate, partitionBy });
  return writeDataset(made, writerOf(lake), { partitionSpec, maxWorkers: 1, mode });
}

const eventsOf = ({ tables }: DatasetReport) => tables.find(({ table }) => table === 'events')?.rowCount;

/** What all readers find, which has to be one thing. */
async function readByAll(lake: TestLake, table: string, version?: number): Promise<DeltaContents> {
  const found: DeltaContents[] = [];
  for (const reader of readersOf(lake))
    found.push(...(await readTables(reader, lake, [`main.${table}`], version)));
  for (const each of found) expect(each).toEqual(found[0]);
  return found[0] as DeltaContents;
}

/** The same command adds nothing, and a longer window just its days: 30 rows each. */
async function expectContinued(lake: TestLake): Promise<void> {
  const before = await readByAll(lake, 'events');
  expect(eventsOf(await write(lake, '2026-01-05', '2026-01-07'))).toBe(0);
  expect(await readByAll(lake, 'events')).toEqual(before);
  expect(eventsOf(await write(lake, '2026-01-05', '2026-01-09'))).toBe(60);
  expect((await readByAll(lake, 'events')).rowCount).toBe(before.rowCount + 60);
  // Row ids are a table's own, whoever wrote.
  const [ids] = await inLake(lake, (attached) =>
    attached.query('SELECT (count(*) - count(DISTINCT rowid))::INT AS repeated FROM lake.events'),
  );
  expect(ids).toEqual({ repeated: 0 });
}

/** Rows of days that no run has, like those that are there. */
const INSERT = `INSERT INTO lake.events BY NAME SELECT * REPLACE (event_id + 1000000000 AS event_id, 'inserted' AS note) FROM lake.events LIMIT 5`;

/** Keeps the newest snapshot alone, and removes all files that nobody needs then. */
async function expire(lake: Lake): Promise<void> {
  await lake.query("CALL ducklake_expire_snapshots('lake', older_than => now()::TIMESTAMP + INTERVAL 1 DAY)");
  await lake.query("CALL ducklake_cleanup_old_files('lake', cleanup_all => true)");
}

const filesRead = async (lake: Lake, sql: string): Promise<number> => {
  const plan = await lake.query(`EXPLAIN ANALYZE ${sql}`);
  return Number(/Total Files Read: (\d+)/.exec(JSON.stringify(plan))?.[1]);
};

for (const kind of CATALOGS) {
  const itWith = (name: string, run: (lake: TestLake) => Promise<void>) => {
    (python !== '' && isTestable(kind) ? it : it.skip)(
      name,
      async () => run(await createLake(kind)),
      300_000,
    );
  };

  describe(`a lake in ${kind} that others change`, () => {
    itWith('is continued after INSERT, UPDATE, DELETE, ADD COLUMN and a comment', async (lake) => {
      await write(lake, '2026-01-05', '2026-01-07');
      await inLake(lake, async (attached) => {
        await attached.query(INSERT);
        await attached.query("UPDATE lake.events SET note = 'updated' WHERE small > 0");
        await attached.query("DELETE FROM lake.events WHERE small < 0 AND ts < TIMESTAMPTZ '2026-01-06'");
        await attached.query("ALTER TABLE lake.events ADD COLUMN extra VARCHAR DEFAULT 'none'");
        await attached.query(INSERT.replace('inserted', 'again').replace('1000000000', '2000000000'));
        await attached.query("COMMENT ON TABLE lake.events IS 'changed'");
      });
      await expectContinued(lake);
    });

    itWith('merges its files with ours in partitions of months and of awkward names', async (lake) => {
      const by = ['month', 'group'];
      await write(lake, '2026-01-05', '2026-01-06', 'error', generator, by);
      await inLake(lake, (attached) => attached.query(INSERT.replace('LIMIT 5', 'LIMIT 100')));
      await write(lake, '2026-01-05', '2026-01-08', 'error', generator, by);
      await inLake(lake, async (attached) => {
        const digest =
          'SELECT count(*)::INT AS n, sum(hash(e)::HUGEINT)::VARCHAR AS digest FROM lake.events e';
        const before = await attached.query(digest);
        expect(before[0]?.['n']).toBe(2 * 60 + 60);
        const folders = `SELECT count(DISTINCT parse_dirpath(data_file))::INT AS n FROM ducklake_list_files('lake', 'events')`;
        expect(await attached.query(folders)).toEqual([{ n: 3 }]);
        await attached.query("CALL ducklake_merge_adjacent_files('lake')");
        expect(await attached.query(digest)).toEqual(before);
        const files = await attached.query("FROM ducklake_list_files('lake', 'events')");
        expect(files.length).toBe(3);
      });
      expect(eventsOf(await write(lake, '2026-01-05', '2026-01-08', 'error', generator, by))).toBe(0);
    });

    itWith('is continued after files were merged, rewritten, expired and removed', async (lake) => {
      await write(lake, '2026-01-05', '2026-01-07');
      await inLake(lake, async (attached) => {
        await attached.query(INSERT);
        await attached.query('DELETE FROM lake.events WHERE small < 0');
        await attached.query("CALL ducklake_flush_inlined_data('lake')");
        await attached.query("CALL ducklake_rewrite_data_files('lake', delete_threshold => 0)");
        await attached.query("CALL ducklake_merge_adjacent_files('lake')");
        await expire(attached);
        const orphans = await attached.query(
          "CALL ducklake_delete_orphaned_files('lake', dry_run => true, cleanup_all => true)",
        );
        expect(orphans).toEqual([]);
      });
      await expectContinued(lake);
    });

    itWith('shows what was written, skips files by time, and goes back between runs', async (lake) => {
      await write(lake, '2026-01-05', '2026-01-07');
      await write(lake, '2026-01-08', '2026-01-09');
      await write(lake, '2026-01-12', '2026-01-12', 'overwrite', other);
      expect(await readByAll(lake, 'events', 1)).toEqual(
        contentsOf(generator, 'events', '2026-01-05', '2026-01-07'),
      );
      expect(await readByAll(lake, 'events', 2)).toEqual(
        contentsOf(generator, 'events', '2026-01-05', '2026-01-09'),
      );
      expect(await readByAll(lake, 'events')).toEqual(
        contentsOf(other, 'events', '2026-01-12', '2026-01-12'),
      );
      await write(lake, '2026-01-12', '2026-01-16', 'error', other);
      await inLake(lake, async (attached) => {
        const info = await attached.query(
          "SELECT table_name, file_count FROM ducklake_table_info('lake') ORDER BY 1",
        );
        expect(info).toEqual([
          { table_name: 'events', file_count: '5' },
          { table_name: 'sites', file_count: '1' },
        ]);
        const listed = await attached.query("SELECT data_file FROM ducklake_list_files('lake', 'events')");
        expect(listed.length).toBe(5);
        const all = await filesRead(attached, 'SELECT * FROM lake.events');
        const some = await filesRead(
          attached,
          "SELECT * FROM lake.events WHERE ts >= TIMESTAMPTZ '2026-01-13' AND ts < TIMESTAMPTZ '2026-01-15'",
        );
        expect([all, some]).toEqual([5, 2]);
        const snapshots = await attached.query(
          "SELECT commit_extra_info FROM ducklake_snapshots('lake') ORDER BY snapshot_id",
        );
        expect(JSON.parse(String(snapshots[1]?.['commit_extra_info']))).toMatchObject({
          dataset: { generator: 'sample' },
          startDate: '2026-01-05',
          endDate: '2026-01-07',
        });
        const nulls = attached.query('INSERT INTO lake.events (event_id) VALUES (1)');
        await expect(nulls).rejects.toThrow(/NOT NULL constraint/);
        const [comment] = await attached.query(
          "SELECT comment FROM duckdb_columns() WHERE database_name = 'lake' AND column_name = 'price'",
        );
        expect(comment).toEqual({ comment: 'Money, negative too' });
      });
    });

    itWith('keeps its files after a table of the same name was dropped and cleaned away', async (lake) => {
      await write(lake, '2026-01-05', '2026-01-06');
      await inLake(lake, async (attached) => {
        await attached.query('DROP TABLE lake.events');
        await attached.query(
          "CALL ducklake_expire_snapshots('lake', older_than => now()::TIMESTAMP + INTERVAL 1 DAY)",
        );
      });
      await write(lake, '2026-01-05', '2026-01-06');
      await inLake(lake, expire);
      expect(await readByAll(lake, 'events')).toEqual(
        contentsOf(generator, 'events', '2026-01-05', '2026-01-06'),
      );
    });

    itWith('keeps its files after a table whose folder it has was renamed', async (lake) => {
      await write(lake, '2026-01-05', '2026-01-06');
      await inLake(lake, async (attached) => {
        await attached.query('ALTER TABLE lake.events RENAME TO old_events');
        await expire(attached);
      });
      await write(lake, '2026-01-05', '2026-01-06');
      await inLake(lake, async (attached) => {
        await attached.query('DROP TABLE lake.old_events');
        await expire(attached);
      });
      expect(await readByAll(lake, 'events')).toEqual(
        contentsOf(generator, 'events', '2026-01-05', '2026-01-06'),
      );
    });

    itWith('is overwritten with rows that DuckDB keeps in the catalog', async (lake) => {
      await write(lake, '2026-01-05', '2026-01-07');
      await inLake(lake, (attached) => attached.query(INSERT));
      const refused = write(lake, '2026-01-06', '2026-01-06', 'overwrite-window');
      await expect(refused).rejects.toMatchObject({
        code: 'TABLE_CONFLICT',
        message: expect.stringContaining('ducklake_flush_inlined_data') as unknown,
      });
      const deletes = '(DATA_INLINING_ROW_LIMIT 0)';
      await inLake(lake, (attached) => attached.query('DELETE FROM lake.events WHERE small < 0'), deletes);
      await write(lake, '2026-01-05', '2026-01-06', 'overwrite');
      // A file of deletes ends with the file that it is for, or nobody would ever remove it.
      const open = 'SELECT CAST(count(*) AS VARCHAR) AS n FROM ducklake_delete_file';
      expect(await inCatalog(lake, open)).not.toEqual([{ n: '0' }]);
      expect(await inCatalog(lake, `${open} WHERE end_snapshot IS NULL`)).toEqual([{ n: '0' }]);
      expect(await readByAll(lake, 'events')).toEqual(
        contentsOf(generator, 'events', '2026-01-05', '2026-01-06'),
      );
    });
  });

  describe(`a lake in ${kind} that DuckDB has made`, () => {
    itWith('takes our tables where its data lies, and rows in a table of its own', async (lake) => {
      const data = path.join(lake.place, 'elsewhere');
      await inLake(
        lake,
        async (attached) => {
          await attached.query('CREATE TABLE lake.mine AS SELECT 1 AS id');
          await attached.query('CREATE TABLE lake.sites (site_id BIGINT NOT NULL, label VARCHAR NOT NULL)');
          await attached.query("INSERT INTO lake.sites VALUES (-1, 'theirs')");
        },
        `(DATA_PATH '${data}/')`,
      );
      await expect(write(lake, '2026-01-05', '2026-01-06')).rejects.toMatchObject({ code: 'TABLE_CONFLICT' });
      await write(lake, '2026-01-05', '2026-01-06', 'append');
      expect(await readByAll(lake, 'events')).toEqual(
        contentsOf(generator, 'events', '2026-01-05', '2026-01-06'),
      );
      await inLake(lake, async (attached) => {
        const [sites] = await attached.query(
          'SELECT count(*)::INT AS n, min(site_id)::INT AS low FROM lake.sites',
        );
        expect(sites).toEqual({ n: 21, low: -1 });
        expect(await attached.query('SELECT count(*)::INT AS n FROM lake.mine')).toEqual([{ n: 1 }]);
        const [file] = await attached.query(
          "SELECT data_file FROM ducklake_list_files('lake', 'events') LIMIT 1",
        );
        expect(String(file?.['data_file'])).toMatch(new RegExp(`^${data}/main/events/`));
        await attached.query("CALL ducklake_flush_inlined_data('lake')");
        expect(await attached.query('SELECT count(*)::INT AS n FROM lake.sites')).toEqual([{ n: 21 }]);
      });
    });

    itWith(
      'is refused where its files would be cleaned away as orphans, or are of another version',
      async (lake) => {
        await write(lake, '2026-01-05', '2026-01-06');
        const set = (key: string, value: string) =>
          inCatalog(lake, `UPDATE ducklake_metadata SET value = '${value}' WHERE key = '${key}'`);
        await set('data_path', `file://${lake.place}/`);
        await expect(write(lake, '2026-01-05', '2026-01-07')).rejects.toThrow(
          /takes all files below such a path for orphans/,
        );
        await set('data_path', '/is/not/there/');
        await expect(write(lake, '2026-01-05', '2026-01-07')).rejects.toThrow(
          /keeps its data in \/is\/not\/there\/, which is not below/,
        );
        await set('data_path', `${lake.place}/`);
        await set('version', '0.3');
        await expect(write(lake, '2026-01-05', '2026-01-07')).rejects.toThrow(
          /is of version 0\.3 of DuckLake, and datagen writes 1\.0/,
        );
        await set('version', '1.0');
        await set('encrypted', 'true');
        await expect(write(lake, '2026-01-05', '2026-01-07')).rejects.toThrow(/its files are encrypted/);
      },
    );
  });
}
