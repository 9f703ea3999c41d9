import { spawn } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PartitionSpec, type TableDefinition, writeDataset, type WriteMode } from '@datagen/core';
import { column, defineTable, GeneratorConfig, int64, StreamingGenerator } from '@datagen/core/generator';
import {
  isDatagenError,
  LocalStorage,
  MemoryStorage,
  parseOptions,
  type Storage,
} from '@datagen/core/writer';
import { sampleGenerator } from '@datagen/testkit';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from '@jest/globals';
import Libsql from 'libsql';
import { ducklake } from '../src/index.ts';
import { createPlace } from './place.ts';
import { catalogRows, FILE_CATALOGS, type FileCatalog, filesOf, optionsFor, readRows } from './read-lake.ts';

const generator = sampleGenerator({ nSites: 20, eventsPerDay: 10, fileRowsTarget: 50 });
const events = generator.tables[1] as TableDefinition;
const days = (startDate: string, endDate = startDate, partitionBy: readonly string[] = []) =>
  new PartitionSpec({ startDate, endDate, partitionBy });

type Options = NonNullable<Parameters<typeof ducklake>[1]>;

function write(
  kind: FileCatalog,
  place: string,
  spec: PartitionSpec,
  {
    mode = 'error',
    made = generator,
    ...options
  }: Options & { mode?: WriteMode; made?: typeof generator } = {},
) {
  const writer = ducklake(place, { ...optionsFor(kind, place), ...options });
  return writeDataset(made, writer, { partitionSpec: spec, mode, maxWorkers: 1 });
}

async function failureOf(
  run: Promise<unknown>,
): Promise<{ readonly code: string; readonly message: string }> {
  const thrown = await run.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!isDatagenError(thrown)) throw new Error(`expected a failure of datagen, got ${String(thrown)}`);
  return { code: thrown.code, message: thrown.message };
}

const snapshots = (kind: FileCatalog, place: string) =>
  catalogRows(kind, place, 'SELECT changes_made FROM ducklake_snapshot_changes ORDER BY snapshot_id');

describe.each(FILE_CATALOGS)('a lake in %s', (kind) => {
  it('gets one snapshot from a run that adds something, and none from one that does not', async () => {
    const place = await createPlace();
    await write(kind, place, days('2026-01-05', '2026-01-06'));
    await write(kind, place, days('2026-01-05', '2026-01-06'));
    await write(kind, place, days('2026-01-05', '2026-01-08'));
    expect((await snapshots(kind, place)).map((row) => row['changes_made'])).toEqual([
      'created_schema:"main"',
      'created_table:"main"."sites",inserted_into_table:1,created_table:"main"."events",inserted_into_table:3',
      'inserted_into_table:3',
    ]);
    const tags = await catalogRows(
      kind,
      place,
      "SELECT begin_snapshot, end_snapshot, value FROM ducklake_tag WHERE object_id = 3 AND key = 'datagen.coverage' ORDER BY begin_snapshot",
    );
    const digest = Object.keys(JSON.parse(String(tags[0]?.['value'])) as object)[0] ?? '';
    expect(
      tags.map((row) => [Number(row['begin_snapshot']), JSON.parse(String(row['value'])) as unknown]),
    ).toEqual([
      [1, { [digest]: [['2026-01-05', '2026-01-06']] }],
      [2, { [digest]: [['2026-01-05', '2026-01-08']] }],
    ]);
    expect(Number(tags[0]?.['end_snapshot'])).toBe(2);
  });

  it('says what an overwrite removed, and has the time before it', async () => {
    const place = await createPlace();
    await write(kind, place, days('2026-01-05', '2026-01-06'));
    const before = await filesOf(kind, place, 'events');
    const report = await write(kind, place, days('2026-02-02'), { mode: 'overwrite' });
    expect(report.tables[1]?.removed).toMatchObject({ fileCount: before.length, rowCount: 60 });
    expect((await readRows(kind, place, events)).length).toBe(30);
    expect(await filesOf(kind, place, 'events', 1)).toEqual(before);
    expect((await snapshots(kind, place)).at(-1)?.['changes_made']).toContain(
      'deleted_from_table:3,inserted_into_table:3',
    );
  });

  it('has another table of the same name where an overwrite brings other columns or partitions', async () => {
    const place = await createPlace();
    await write(kind, place, days('2026-01-05', '2026-01-06'));
    const refused = await failureOf(write(kind, place, days('2026-01-05', '2026-01-09', ['month'])));
    expect(refused).toEqual({
      code: 'TABLE_CONFLICT',
      message: expect.stringMatching(
        /^Cannot add to `events` in the \w+ file .* with `partitionBy` month: this table is partitioned by nothing\. Ask for that, or replace the table with mode `overwrite`\.$/,
      ) as unknown,
    });
    await write(kind, place, days('2026-01-05', '2026-01-05', ['month']), { mode: 'overwrite' });
    expect((await readRows(kind, place, events)).length).toBe(30);
    await write(kind, place, days('2026-01-05'), {
      mode: 'overwrite',
      made: new Others(parseOptions(GeneratorConfig, {}, 'test')),
    });
    const columns = await catalogRows(
      kind,
      place,
      "SELECT column_name FROM ducklake_column WHERE end_snapshot IS NULL AND table_id IN (SELECT table_id FROM ducklake_table WHERE table_name = 'sites' AND end_snapshot IS NULL)",
    );
    expect(columns.map((row) => row['column_name'])).toEqual(['only']);
    expect((await snapshots(kind, place)).at(-1)?.['changes_made']).toMatch(
      /^dropped_table:1,created_table:"main"\."sites"/,
    );
  });

  it('is refused where its data is gone, and replaced where that is asked for', async () => {
    const place = await createPlace();
    await write(kind, place, days('2026-01-05', '2026-01-06'));
    await rm(path.join(place, 'main', 'events'), { recursive: true });
    const before = await snapshots(kind, place);
    for (const endDate of ['2026-01-06', '2026-01-08'])
      expect((await failureOf(write(kind, place, days('2026-01-05', endDate)))).message).toMatch(
        /^Cannot add to `events` in the \w+ file .*: its data file .*\/main\/events\/events-.*\.parquet is not there any more\. Put the data back, or replace the table with mode `overwrite`\.$/,
      );
    expect(await snapshots(kind, place)).toEqual(before);
    await write(kind, place, days('2026-01-05', '2026-01-08'), { mode: 'overwrite' });
    expect((await readRows(kind, place, events)).length).toBe(120);
  });

  it('keeps tables of several schemas apart, and its data where it is told', async () => {
    const place = await createPlace();
    await write(kind, place, days('2026-01-05'), { schema: 'one', dataPath: 'data' });
    await write(kind, place, days('2026-01-05'), { schema: 'Two' });
    await write(kind, place, days('2026-01-05', '2026-01-06'), { schema: 'two' });
    const schemas = await catalogRows(
      kind,
      place,
      'SELECT schema_name FROM ducklake_schema ORDER BY schema_id',
    );
    expect(schemas.map((row) => row['schema_name'])).toEqual(['main', 'one', 'Two']);
    const files = await filesOf(kind, place, 'events');
    expect(
      files.filter((file) => file.startsWith(path.join(place, 'data/Two/events/'))).length,
    ).toBeGreaterThan(0);
    const moved = await failureOf(write(kind, place, days('2026-01-05'), { dataPath: 'elsewhere' }));
    expect(moved.message).toMatch(
      /keeps its data in .*\/data\/, and `dataPath` says "elsewhere"\. Leave it out/,
    );
  });

  it('is refused in one sentence while somebody else holds it, and written to afterwards', async () => {
    const place = await createPlace();
    await write(kind, place, days('2026-01-05'));
    const release = await hold(kind, place);
    try {
      const failure = await failureOf(
        write(kind, place, days('2026-01-05', '2026-01-06'), { lockSeconds: 0.2 }),
      );
      expect(failure.code).toBe('STORAGE_FAILED');
      expect(failure.message).toMatch(
        /^Cannot write to the \w+ file .*: somebody else has held it for 0\.2 seconds \(.*\)\. End what holds it, or run the same command again\.$/,
      );
    } finally {
      release();
    }
    const report = await write(kind, place, days('2026-01-05', '2026-01-06'));
    expect(report.tables[1]).toMatchObject({ rowCount: 30, adoptedRowCount: 30 });
  });

  it('is refused where its file is of something else', async () => {
    const place = await createPlace();
    const file = path.join(place, kind === 'duckdb' ? 'metadata.ducklake' : 'lake.sqlite');
    await writeFile(file, 'not a database, but long enough to be taken for one by its header\n'.repeat(100));
    const failure = await failureOf(write(kind, place, days('2026-01-05')));
    expect(failure.code).toBe('STORAGE_FAILED');
    expect(failure.message).toMatch(new RegExp(`^Cannot read the \\w+ file ${file}: [^\n]+\\.$`));
  });
});

/** Holds a catalog as another process would: of DuckDB only another process can, of SQLite another connection. */
async function hold(kind: FileCatalog, place: string): Promise<() => void> {
  if (kind === 'duckdb') {
    const script = `require('@duckdb/node-api').DuckDBInstance.create(${JSON.stringify(path.join(place, 'metadata.ducklake'))}, { access_mode: 'READ_ONLY' }).then(() => { console.log('held'); setInterval(() => {}, 1000); })`;
    const child = spawn(process.execPath, ['-e', script], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    return () => child.kill('SIGKILL');
  }
  const database = new Libsql(path.join(place, 'lake.sqlite'));
  database.exec('BEGIN IMMEDIATE');
  return () => database.close();
}

/** Another table in the place of one of the sample. */
class Others extends StreamingGenerator {
  readonly name = 'others';
  readonly version = 1;
  readonly sources = [
    {
      table: defineTable({
        name: 'sites',
        description: 'A row with one column.',
        primaryKey: ['only'],
        columns: [column('only', int64(), 'A number')],
      }),
      *blocks() {
        yield { key: 'all', rowCount: 1, exact: true };
      },
      open: () => ({
        rowCount: 1,
        fill: (builder: { int64(name: string): { set(row: number, value: number): void } }) => {
          builder.int64('only').set(0, 1);
        },
      }),
    },
  ];
}

describe('a place that is no lake', () => {
  it('is refused: memory, object stores without a catalog, catalogs of other kinds, folders above the output', async () => {
    const run = (output: string | Storage, options: Options = {}) =>
      failureOf(
        (async () =>
          writeDataset(generator, ducklake(output, options), { partitionSpec: days('2026-01-05') }))(),
      );
    expect((await run(new MemoryStorage('memory:ducklake-test'))).message).toMatch(
      /^A catalog in a file does not live in memory:ducklake-test\. Name one with `catalog`/,
    );
    const place = await createPlace();
    const catalog = `sqlite:${path.join(place, 'lake.sqlite')}`;
    expect((await run(new MemoryStorage('memory:ducklake-test'), { catalog })).message).toBe(
      'DuckLake tables lie in local folders or on S3 (s3://bucket/prefix), got memory:ducklake-test. Choose such an output.',
    );
    expect((await run(place, { catalog: 'mysql://me:secret@host/lake' })).message).toMatch(
      /^Expected `catalog` to be a DuckDB file .*, got "mysql:\/\/me:\*\*\*@host\/lake"\.$/,
    );
    for (const dataPath of ['../other', '/tmp'])
      expect((await run(new LocalStorage(place), { dataPath })).message).toMatch(
        /^Expected `dataPath` to be a folder below the output/,
      );
    const unreachable = await run(place, { catalog: 'postgresql://me:secret@127.0.0.1:1/lake' });
    expect(unreachable).toEqual({
      code: 'STORAGE_FAILED',
      message: expect.stringMatching(
        /^Cannot read the PostgreSQL database postgresql:\/\/me:\*\*\*@127\.0\.0\.1:1\/lake: the connection ended 4 times \(.*ECONNREFUSED/,
      ) as unknown,
    });
    expect(unreachable.message).not.toContain('secret');
  });

  it('takes the words that DuckDB attaches for the same catalog', async () => {
    const place = await createPlace();
    const catalog = `ducklake:sqlite:${path.join(place, 'lake.sqlite')}`;
    await writeDataset(generator, ducklake(place, { catalog }), {
      partitionSpec: days('2026-01-05'),
      maxWorkers: 1,
    });
    expect((await readRows('sqlite', place, events)).length).toBe(30);
    const named = path.join(place, 'named.db');
    await writeDataset(generator, ducklake(place, { catalog: named, schema: 'other' }), {
      partitionSpec: days('2026-01-05'),
      maxWorkers: 1,
    });
    const instance = await DuckDBInstance.create(named);
    instance.closeSync();
  });
});
