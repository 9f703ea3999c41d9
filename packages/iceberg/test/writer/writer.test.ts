import { existsSync } from 'node:fs';
import path from 'node:path';
import { writeDataset } from '@datagen/core';
import { LocalStorage, MemoryStorage } from '@datagen/core/writer';
import { sampleGenerator } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import type { Catalog } from '../../src/catalog/index.ts';
import { openCatalog } from '../../src/catalog/open.ts';
import { iceberg, IcebergConfig, IcebergWriter } from '../../src/index.ts';
import { DELETED, isLive } from '../../src/manifest/entry.ts';
import { singleValueOf } from '../../src/values/bounds.ts';
import { createPlace } from '../place.ts';
import { entriesOf, manifestsOf, readRows } from './read-table.ts';
import { change, days, events, filesIn, failureOf, first, generator, loaded, other } from './sample-table.ts';

describe('a table', () => {
  it('has identifier fields, a sort order, docs and hidden partitioning', async () => {
    const place = await createPlace();
    const partitionSpec = days('2026-01-05', '2026-01-06', ['year', 'month', 'day', 'group']);
    await writeDataset(generator, iceberg(place), { partitionSpec });
    const metadata = await loaded(place);
    expect(metadata).toMatchObject({
      'format-version': 2,
      location: `file://${place}/default/events`,
      'last-column-id': 11,
      'last-partition-id': 1001,
      'default-sort-order-id': 1,
      'sort-orders': [
        {
          'order-id': 1,
          fields: [{ transform: 'identity', 'source-id': 1, direction: 'asc', 'null-order': 'nulls-first' }],
        },
      ],
    });
    expect(metadata['partition-specs'][0]?.fields.map(({ name }) => name)).toEqual(['ts_day', 'group']);
    expect(metadata.schemas[0]?.['identifier-field-ids']).toEqual([1]);
    expect(metadata.schemas[0]?.fields[1]?.doc).toBe('Where it happened');
    expect(metadata.properties).toMatchObject({ comment: events.description, 'datagen.generation': '0' });
  });

  it('has a snapshot that says what was done, by which run, of which dataset', async () => {
    const place = await createPlace();
    await writeDataset(generator, iceberg(place), { partitionSpec: first });
    const { snapshots } = await loaded(place);
    expect(snapshots).toHaveLength(1);
    const summary = snapshots[0]?.summary ?? { operation: 'append' };
    expect(summary).toMatchObject({
      operation: 'append',
      'added-data-files': '2',
      'added-records': '60',
      'total-data-files': '2',
      'total-records': '60',
      'total-delete-files': '0',
      'changed-partition-count': '2',
      'engine-name': 'datagen',
    });
    expect(JSON.parse(summary['datagen.run'] ?? '')).toMatchObject({
      dataset: { generator: 'sample' },
      startDate: '2026-01-05',
      endDate: '2026-01-06',
    });
  });

  it('has data files in one folder, without a sign that readers misread, and all their metrics', async () => {
    const place = await createPlace();
    const partitionSpec = days('2026-01-05', '2026-01-06', ['day', 'group']);
    await writeDataset(generator, iceberg(place), { partitionSpec });
    expect(await filesIn(place, '.')).toEqual(['data', 'metadata']);
    const names = await filesIn(place, 'data');
    expect(names).toHaveLength(6);
    for (const name of names) expect(name).toMatch(/^events-[0-9a-f]{12}-[\w~.-]+_[0-9a-f]{8}\.parquet$/);
    const metadata = await loaded(place);
    const [manifest] = await manifestsOf(metadata);
    expect(manifest).toMatchObject({ added_files_count: 6, added_rows_count: 60, partition_spec_id: 0 });
    const bounds = manifest?.partitions?.map(({ lower_bound: low, upper_bound: high }, i) =>
      [low, high].map((bytes) => bytes && singleValueOf(i === 0 ? 'date' : 'string', bytes)),
    );
    expect(bounds).toEqual([
      [20458, 20459],
      ['50% off/é', 'plain'],
    ]);
    for (const { data_file: file, status, sequence_number: sequence } of await entriesOf(metadata)) {
      expect([status, sequence]).toEqual([1, null]);
      expect(file).toMatchObject({
        file_format: 'PARQUET',
        record_count: 10,
        sort_order_id: 1,
        split_offsets: [4],
      });
      expect(file.column_sizes).toHaveLength(11);
      expect(file.value_counts?.map(({ value }) => value)).toEqual(Array(11).fill(10));
      expect(file.null_value_counts).toHaveLength(11);
      expect(file.nan_value_counts?.map(({ key }) => key)).toEqual([6]);
      const low = file.lower_bounds?.find(({ key }) => key === 3)?.value;
      expect(Number(singleValueOf('timestamptz', low ?? new Uint8Array()))).toBeGreaterThan(
        Date.parse('2026-01-05') * 1000,
      );
    }
  });

  it('gets the properties that are asked for, but none that only datagen may set', async () => {
    const place = await createPlace();
    await writeDataset(generator, iceberg(place, { tableProperties: ['write.target-file-size-bytes=1=2'] }), {
      partitionSpec: first,
    });
    expect((await loaded(place)).properties['write.target-file-size-bytes']).toBe('1=2');
    for (const property of ['datagen.coverage=[]', 'format-version=3'])
      expect(() => iceberg(place, { tableProperties: [property] })).toThrow(/^Cannot set `tableProperties`/);
  });

  it('lies in a namespace of several levels', async () => {
    const place = await createPlace();
    await writeDataset(generator, iceberg(place, { namespace: 'lake.raw' }), { partitionSpec: first });
    expect(existsSync(path.join(place, 'lake/raw/events/metadata'))).toBe(true);
    expect(await readRows(place, events)).toHaveLength(60);
  });
});

describe('an overwrite', () => {
  it('replaces all files in one snapshot, and older ones stay readable', async () => {
    const place = await createPlace();
    await writeDataset(generator, iceberg(place), { partitionSpec: first });
    await writeDataset(other, iceberg(place), { partitionSpec: first, mode: 'overwrite' });
    const metadata = await loaded(place);
    const [before, after] = metadata.snapshots;
    expect(after?.['parent-snapshot-id']).toBe(before?.['snapshot-id']);
    expect(after?.summary).toMatchObject({
      operation: 'overwrite',
      'added-records': '60',
      'deleted-records': '60',
      'total-records': '60',
    });
    expect(metadata.properties['datagen.generation']).toBe('1');
    const removed = (await entriesOf(metadata)).filter(({ status }) => status === DELETED);
    expect(removed).toHaveLength(2);
    // Of what is removed everybody can see when it was added.
    expect(removed.map((entry) => [entry.sequence_number, entry.file_sequence_number])).toEqual([
      [1, 1],
      [1, 1],
    ]);
    const old = await entriesOf(metadata, before?.['snapshot-id']);
    for (const { data_file: file } of old)
      expect(existsSync(file.file_path.replace('file://', ''))).toBe(true);
  });

  it('leaves out manifests that hold nothing any more', async () => {
    const place = await createPlace();
    await writeDataset(generator, iceberg(place), { partitionSpec: first });
    await writeDataset(other, iceberg(place), { partitionSpec: first, mode: 'overwrite' });
    await writeDataset(other, iceberg(place), { partitionSpec: days('2026-01-07', '2026-01-07', ['day']) });
    const manifests = await manifestsOf(await loaded(place));
    expect(manifests.map((each) => [each.added_files_count, each.deleted_files_count])).toEqual([
      [1, 0],
      [2, 0],
    ]);
  });

  it('may change the columns, the partitioning and the order of a table', async () => {
    const place = await createPlace();
    await writeDataset(generator, iceberg(place), { partitionSpec: first });
    await change(place, ({ 'last-column-id': last, schemas }) => {
      const [schema] = schemas;
      if (schema === undefined) throw new Error('there is no schema');
      const fields = schema.fields.filter(({ name }) => name !== 'note');
      const added = { id: last + 1, name: 'extra', required: false, type: 'string' };
      return [
        { action: 'add-schema', schema: { ...schema, 'schema-id': 1, fields: [added, ...fields] } },
        { action: 'set-current-schema', 'schema-id': -1 },
      ];
    });
    const refused = await failureOf(writeDataset(generator, iceberg(place), { partitionSpec: first }));
    expect(refused).toMatchObject({ code: 'TABLE_CONFLICT' });
    expect(refused.message).toContain('there: extra text; here: note text');
    await writeDataset(generator, iceberg(place), {
      partitionSpec: days('2026-01-05', '2026-01-06', ['month']),
      mode: 'overwrite',
    });
    const metadata = await loaded(place);
    expect(metadata['current-schema-id']).toBe(2);
    // A column that comes back is another one: files of before have nothing of it.
    expect(metadata.schemas[2]?.fields.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13]);
    expect(metadata['partition-specs'].map(({ fields }) => fields[0]?.name)).toEqual(['ts_day', 'ts_month']);
    expect(await readRows(place, events)).toHaveLength(60);
  });
});

describe('the files of a window', () => {
  it('are replaced alone, and manifests that lose some keep the others as they were', async () => {
    const place = await createPlace();
    await writeDataset(generator, iceberg(place), {
      partitionSpec: days('2026-01-05', '2026-01-08', ['day']),
    });
    await writeDataset(generator, iceberg(place), {
      partitionSpec: days('2026-01-06', '2026-01-07', ['day']),
      mode: 'overwrite-window',
    });
    const metadata = await loaded(place);
    const entries = await entriesOf(metadata);
    const [run] = metadata.snapshots;
    expect(entries.filter(isLive)).toHaveLength(4);
    const kept = entries.filter(({ status }) => status === 0);
    expect(kept.map((entry) => [entry.snapshot_id, entry.sequence_number])).toEqual([
      [run?.['snapshot-id'], 1],
      [run?.['snapshot-id'], 1],
    ]);
    const [, rewritten] = await manifestsOf(metadata);
    expect(rewritten).toMatchObject({
      sequence_number: 2,
      min_sequence_number: 1,
      added_files_count: 0,
      existing_files_count: 2,
      deleted_files_count: 2,
    });
  });
});

describe('a commit that comes second', () => {
  it('leaves no file of its own behind, and says who was first', async () => {
    const place = await createPlace();
    await writeDataset(generator, iceberg(place), { partitionSpec: first });
    const before = await filesIn(place, 'metadata');
    const storage = new LocalStorage(place);
    const config = IcebergConfig.parse({});
    const writer = new IcebergWriter(storage, config, openCatalog(storage, config));
    const [dataset] = await writer.datasetsOf(events);
    if (dataset === undefined) throw new Error('there is no dataset');
    const partitionSpec = days('2026-01-05', '2026-01-07', ['day']);
    const options = {
      spec: partitionSpec,
      mode: 'error',
      dataset,
      compression: 'snappy',
      runId: 'late',
    } as const;
    const opened = await writer.openTable(events, options);
    await writeDataset(generator, iceberg(place), { partitionSpec });
    const between = await filesIn(place, 'metadata');
    const [outcome] = await writer.commit([{ opened, ...options, files: [] }], {});
    const by = outcome !== undefined && 'moved' in outcome ? outcome.by : undefined;
    expect(by).toMatch(/^run [-0-9a-f]+ of generator "sample"$/);
    expect(await filesIn(place, 'metadata')).toEqual(between);
    expect(between.length).toBe(before.length + 3);
    await writer.close();
  });

  it('keeps its files where nobody knows whether it came through', async () => {
    const place = await createPlace();
    const storage = new LocalStorage(place);
    const config = IcebergConfig.parse({});
    const catalog = openCatalog(storage, config);
    const silent: Catalog = {
      description: catalog.description,
      listTables: (namespace) => catalog.listTables(namespace),
      loadTable: (identifier) => catalog.loadTable(identifier),
      stageTable: (creation) => catalog.stageTable(creation),
      createNamespace: (namespace) => catalog.createNamespace(namespace),
      close: () => catalog.close(),
      commit: () => Promise.reject(new Error('no answer')),
    };
    await expect(
      writeDataset(generator, new IcebergWriter(storage, config, silent), { partitionSpec: first }),
    ).rejects.toThrow('no answer');
    expect((await filesIn(place, 'metadata')).filter((name) => name.endsWith('.avro'))).toHaveLength(2);
    const { tables } = await writeDataset(generator, iceberg(place), { partitionSpec: first });
    expect(tables.map(({ adoptedRowCount }) => adoptedRowCount)).toEqual([20, 60]);
  });
});

describe('options', () => {
  it('name catalogs that are there, and outputs that readers take', () => {
    const invalid = (run: () => unknown) => {
      expect(run).toThrow(/^(Expected|Option|Readers|Iceberg tables)/);
    };
    invalid(() => iceberg('out', { catalogUri: 'mysql://me@host/lake' }));
    invalid(() => iceberg('out', { catalog: 'rest' }));
    invalid(() => iceberg('out', { catalog: 'rest', catalogUri: 'lake.db' }));
    invalid(() => iceberg('out', { namespace: 'a..b' }));
    invalid(() => iceberg(new MemoryStorage('memory:lake'), { catalogUri: 'sqlite:lake.db' }));
    invalid(() => iceberg('out%20', {}));
    invalid(() => iceberg('what?', {}));
  });
});

it('takes a table whose days have no rows', async () => {
  const place = await createPlace();
  const empty = sampleGenerator({ nSites: 20, eventsPerDay: 0 });
  await writeDataset(empty, iceberg(place), { partitionSpec: first });
  const metadata = await loaded(place);
  const entries = await entriesOf(metadata);
  expect(entries.map(({ data_file: file }) => [file.record_count, { ...file.partition }])).toEqual([
    [0, { f1000: 20458 }],
    [0, { f1000: 20459 }],
  ]);
  expect(metadata.snapshots[0]?.summary).toMatchObject({ operation: 'append', 'total-records': '0' });
  const { tables } = await writeDataset(empty, iceberg(place), { partitionSpec: first });
  expect(tables[1]?.rowCount).toBe(0);
  expect((await loaded(place)).snapshots).toHaveLength(1);
});
