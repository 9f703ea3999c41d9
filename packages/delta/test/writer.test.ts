import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PartitionSpec, type TableDefinition, writeDataset } from '@datagen/core';
import { isDatagenError, LocalStorage, MemoryStorage } from '@datagen/core/writer';
import { sampleGenerator } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { delta } from '../src/index.ts';
import { createPlace } from './place.ts';
import { actionsOf, liveFiles, readLog, readRows } from './read-table.ts';

const generator = sampleGenerator({ nSites: 20, eventsPerDay: 10, fileRowsTarget: 50 });
const events = generator.tables[1] as TableDefinition;
const days = (startDate: string, endDate = startDate, partitionBy: readonly string[] = []) =>
  new PartitionSpec({ startDate, endDate, partitionBy });
const first = days('2026-01-05', '2026-01-06');

interface MetaData {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly schemaString: string;
  readonly partitionColumns: readonly string[];
  readonly configuration: Readonly<Record<string, string>>;
}

interface CommitInfo {
  readonly operation: string;
  readonly operationParameters: Readonly<Record<string, string>>;
  readonly engineInfo: string;
  readonly isBlindAppend: boolean;
  readonly userMetadata: string;
}

const logFile = (place: string, table: string, version: number) =>
  path.join(place, table, '_delta_log', `${String(version).padStart(20, '0')}.json`);

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

describe('the log of a Delta table', () => {
  it('says what the table is, who made it and what each column means', async () => {
    const place = await createPlace();
    await writeDataset(generator, delta(place), {
      partitionSpec: days('2026-01-05', '2026-01-06', ['year', 'week', 'group']),
    });
    const [log] = await readLog(place, 'events');
    expect(log?.map((action) => Object.keys(action)[0]).slice(0, 3)).toEqual([
      'commitInfo',
      'protocol',
      'metaData',
    ]);
    expect(await actionsOf(place, 'events', 'protocol')).toEqual([
      { minReaderVersion: 1, minWriterVersion: 2 },
    ]);
    const [metaData] = await actionsOf<MetaData>(place, 'events', 'metaData');
    expect(metaData).toMatchObject({
      name: 'events',
      description: events.description,
      partitionColumns: ['year', 'week', 'group'],
      configuration: { 'delta.checkpointInterval': '10', 'datagen.generation': '0' },
    });
    expect(JSON.parse(metaData?.configuration['datagen.dataset'] ?? '')).toMatchObject({
      generator: 'sample',
    });
    const { fields } = JSON.parse(metaData?.schemaString ?? '') as { fields: Record<string, unknown>[] };
    expect(fields.find(({ name }) => name === 'price')).toEqual({
      name: 'price',
      type: 'decimal(12,2)',
      nullable: true,
      metadata: { comment: 'Money, negative too' },
    });
    expect(fields.find(({ name }) => name === 'event_id')).toMatchObject({ type: 'long', nullable: false });
    expect(fields.slice(-2).map(({ name, type }) => [name, type])).toEqual([
      ['year', 'integer'],
      ['week', 'string'],
    ]);
    const [info] = await actionsOf<CommitInfo>(place, 'events', 'commitInfo');
    expect(info).toMatchObject({
      operation: 'CREATE TABLE AS SELECT',
      operationParameters: { mode: 'Append', partitionBy: '["year","week","group"]' },
      engineInfo: expect.stringMatching(/^datagen\//) as unknown,
      isBlindAppend: true,
    });
    expect(JSON.parse(info?.userMetadata ?? '')).toMatchObject({
      startDate: '2026-01-05',
      dataset: { generator: 'sample' },
    });
  });

  it('has partition values as numbers and text, and their folders percent-encoded once', async () => {
    const place = await createPlace();
    await writeDataset(generator, delta(place), {
      partitionSpec: days('2026-01-05', '2026-01-05', ['year', 'month', 'group']),
    });
    const files = await liveFiles(place, 'events');
    const odd = files.find(({ partitionValues }) => partitionValues['group'] === '50% off/é');
    expect(odd?.partitionValues).toEqual({ year: '2026', month: '1', group: '50% off/é' });
    expect(decodeURIComponent(odd?.path ?? '')).toContain('year=2026/month=01/group=50%25%20off%2F%C3%A9/');
  });

  it('leaves nothing beside the tables', async () => {
    const place = await createPlace();
    await writeDataset(generator, delta(place), { partitionSpec: first });
    expect((await readdir(place)).sort()).toEqual(['events', 'sites']);
  });

  it('gets one commit from a run that adds something, and none from one that does not', async () => {
    const place = await createPlace();
    await writeDataset(generator, delta(place), { partitionSpec: first });
    await writeDataset(generator, delta(place), { partitionSpec: first });
    expect((await readLog(place, 'events')).length).toBe(1);
    await writeDataset(generator, delta(place), { partitionSpec: days('2026-01-05', '2026-01-08') });
    const log = await readLog(place, 'events');
    expect([log.length, (await readLog(place, 'sites')).length]).toEqual([2, 1]);
    expect(log[1]?.map((action) => Object.keys(action)[0])).not.toContain('metaData');
    expect(log[1]?.find((action) => action['txn'])).toEqual({
      txn: {
        appId: expect.stringMatching(/^datagen:[0-9a-f]{12}:0:2026-01$/) as unknown,
        version: 0b1111_0000,
      },
    });
  });

  it('gets a checkpoint every so many commits, with which the table is read and continued', async () => {
    const place = await createPlace();
    const write = (last: number) =>
      writeDataset(generator, delta(place, { checkpointInterval: 3 }), {
        partitionSpec: days('2026-01-01', `2026-01-0${String(last)}`),
      });
    for (let last = 1; last <= 5; last++) await write(last);
    const hint = await readFile(path.join(place, 'events/_delta_log/_last_checkpoint'), 'utf8');
    expect(JSON.parse(hint)).toMatchObject({ version: 3 });
    // Only the checkpoint knows of the first versions now; nothing happens on Sundays.
    for (const version of [0, 1, 2]) await rm(logFile(place, 'events', version));
    const again = await write(5);
    expect(again.tables.map(({ rowCount, presentRowCount }) => [rowCount, presentRowCount])).toEqual([
      [0, 20],
      [0, 120],
    ]);
    const more = await write(6);
    expect(more.tables[1]?.rowCount).toBe(30);
  });

  it('says in one commit what an overwrite removes and adds, and keeps the rest of the table', async () => {
    const place = await createPlace();
    const properties = ['delta.logRetentionDuration=interval 90 days', 'team=lake'];
    await writeDataset(generator, delta(place, { tableProperties: properties }), { partitionSpec: first });
    const before = await liveFiles(place, 'events');
    const report = await writeDataset(
      sampleGenerator({ seed: 7, nSites: 20, eventsPerDay: 10, fileRowsTarget: 50 }),
      delta(place),
      {
        partitionSpec: days('2026-02-02', '2026-02-02', ['group']),
        mode: 'overwrite',
      },
    );
    expect(report.tables[1]?.removed).toMatchObject({ fileCount: before.length, rowCount: 60 });
    const [one, two] = await actionsOf<MetaData>(place, 'events', 'metaData');
    expect(two).toMatchObject({
      id: one?.id,
      partitionColumns: ['group'],
      configuration: {
        'delta.logRetentionDuration': 'interval 90 days',
        team: 'lake',
        'datagen.generation': '1',
      },
    });
    expect((await readLog(place, 'events')).length).toBe(2);
    expect((await readRows(place, events)).length).toBe(30);
    expect((await liveFiles(place, 'events')).map((file) => file.path)).not.toContain(before[0]?.path);
  });

  it('keeps what was appended apart from what made the table, also when a window is replaced', async () => {
    const place = await createPlace();
    const other = sampleGenerator({ seed: 7, nSites: 20, eventsPerDay: 10, fileRowsTarget: 50 });
    await writeDataset(generator, delta(place), { partitionSpec: first });
    await writeDataset(other, delta(place), { partitionSpec: first, mode: 'append' });
    expect((await actionsOf(place, 'events', 'metaData')).length).toBe(1);
    const again = await writeDataset(other, delta(place), { partitionSpec: first, mode: 'append' });
    expect(again.tables.map(({ rowCount }) => rowCount)).toEqual([0, 0]);
    const refused = await failureOf(writeDataset(generator, delta(place), { partitionSpec: first }));
    expect(refused.code).toBe('TABLE_CONFLICT');
    expect(refused.message).toContain('seed');
  });
});

describe('a Delta table that cannot be written', () => {
  it('is refused by name where it keeps another partitioning, and where it may only be appended to', async () => {
    const place = await createPlace();
    const writer = () => delta(place, { tableProperties: ['delta.appendOnly=true'] });
    await writeDataset(generator, writer(), { partitionSpec: first });
    expect(
      await failureOf(
        writeDataset(generator, writer(), { partitionSpec: days('2026-01-05', '2026-01-09', ['year']) }),
      ),
    ).toEqual({
      code: 'TABLE_CONFLICT',
      message: expect.stringMatching(
        /events with `partitionBy` year: .* this one is not partitioned\. Ask for that/,
      ) as unknown,
    });
    const overwrite = await failureOf(
      writeDataset(generator, writer(), { partitionSpec: first, mode: 'overwrite' }),
    );
    expect(overwrite.message).toContain('delta.appendOnly forbids that');
    expect((await readRows(place, events)).length).toBe(60);
  });

  it('is refused where its log is damaged, or lacks a version, and nothing is written', async () => {
    for (const damage of ['cut', 'missing'] as const) {
      const place = await createPlace();
      for (const last of ['2026-01-05', '2026-01-06', '2026-01-07'])
        await writeDataset(generator, delta(place), { partitionSpec: days('2026-01-05', last) });
      const victim = logFile(place, 'events', 1);
      if (damage === 'missing') await rm(victim);
      else await writeFile(victim, (await readFile(victim, 'utf8')).slice(0, -20));
      const before = await readLogNames(place);
      const failure = await failureOf(
        writeDataset(generator, delta(place), { partitionSpec: days('2026-01-05', '2026-01-09') }),
      );
      expect(failure.code).toBe('TABLE_CONFLICT');
      expect(failure.message).toMatch(
        /^The log of .*events is damaged or not complete, and nothing was written: .*\. Restore/,
      );
      expect(failure.message).not.toContain('\n');
      expect(await readLogNames(place)).toEqual(before);
    }
  });

  it('is refused where a file is in the place of its log', async () => {
    const place = await createPlace();
    await mkdir(path.join(place, 'sites'));
    await writeFile(path.join(place, 'sites/_delta_log'), 'This is no folder.');
    const failure = await failureOf(writeDataset(generator, delta(place), { partitionSpec: first }));
    expect(failure.code).toBe('STORAGE_FAILED');
    expect(failure.message).toMatch(/^Cannot (read|commit) the log of \S+sites: /);
  });

  it('is refused in memory, and below a folder whose name readers decode', async () => {
    const memory = writeDataset(generator, delta(new MemoryStorage('memory:delta-test')), {
      partitionSpec: first,
    });
    expect((await failureOf(memory)).message).toBe(
      'Delta tables lie in local folders or on S3 (s3://bucket/prefix), got memory:delta-test. Choose such an output.',
    );
    const encoded = path.join(await createPlace(), 'a%20b');
    const failure = await failureOf(writeDataset(generator, delta(encoded), { partitionSpec: first }));
    expect(failure.code).toBe('INVALID_OPTION');
    expect(failure.message).toContain('Choose an output without it.');
  });

  it('is refused with properties that would forget its coverage, or need another protocol', () => {
    const make = (property: string) => () => delta('out', { tableProperties: [property] });
    expect(make('delta.setTransactionRetentionDuration=interval 1 day')).toThrow(
      /forget which days it holds/,
    );
    expect(make('delta.enableChangeDataFeed=true')).toThrow(/needs a protocol beyond reader version 1/);
    expect(make('datagen.dataset={}')).toThrow(/datagen sets it itself/);
    expect(make('delta.appendOnly')).toThrow(/`name=value`/);
    expect(make('delta.appendOnly=true')).not.toThrow();
  });
});

async function readLogNames(place: string): Promise<readonly string[]> {
  const files = await new LocalStorage(place).list('');
  return files.map((file) => file.path);
}
