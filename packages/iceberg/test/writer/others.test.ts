import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { writeDataset } from '@datagen/core';
import { LocalStorage } from '@datagen/core/writer';
import { describe, expect, it } from '@jest/globals';
import { ManifestStore } from '../../src/commit/manifest-store.ts';
import { iceberg } from '../../src/index.ts';
import { isLive } from '../../src/manifest/entry.ts';
import { encodeManifest, manifestHeader } from '../../src/manifest/manifest.ts';
import { encodeManifestList } from '../../src/manifest/manifest-list.ts';
import { createPlace } from '../place.ts';
import { entriesOf, manifestsOf, readRows } from './read-table.ts';
import { change, days, events, failureOf, filesIn, first, generator, loaded } from './sample-table.ts';

/** Deletes a row of a table as Spark does in its mode `merge-on-read`: by a file that says where it is. */
async function deleteRow(place: string): Promise<void> {
  const metadata = await loaded(place);
  const [parent] = metadata.snapshots;
  const [schema] = metadata.schemas;
  const [spec] = metadata['partition-specs'];
  const [deleted] = await entriesOf(metadata);
  if (!parent || !schema || !spec || !deleted) throw new Error('there is no table');
  const store = new ManifestStore(new LocalStorage(place));
  const folder = 'default/events/metadata';
  const record = {
    ...deleted.data_file,
    content: 1,
    file_path: `file://${place}/default/events/data/deletes.parquet`,
    record_count: 1,
    referenced_data_file: deleted.data_file.file_path,
  };
  const entries = [{ status: 1, data_file: record }];
  const bytes = encodeManifest({ ...manifestHeader(schema, spec), content: 'deletes' }, entries);
  const manifest = await store.write(`${folder}/deletes-m0.avro`, bytes);
  const ids = { 'snapshot-id': 7n, 'parent-snapshot-id': parent['snapshot-id'], 'sequence-number': 2 };
  const [first] = await manifestsOf(metadata);
  if (!first) throw new Error('there is no manifest');
  const added = {
    ...first,
    manifest_path: manifest.uri,
    manifest_length: manifest.byteSize,
    content: 1,
    sequence_number: 2,
    min_sequence_number: 2,
    added_snapshot_id: 7,
    added_files_count: 1,
    added_rows_count: 1,
  };
  const list = await store.write(`${folder}/deletes.avro`, encodeManifestList(ids, [first, added]));
  const summary = {
    operation: 'delete',
    'total-records': '60',
    'total-delete-files': '1',
    'total-position-deletes': '1',
  } as const;
  const snapshot = { ...ids, 'timestamp-ms': Date.now(), 'manifest-list': list.uri, summary };
  await change(place, () => [
    { action: 'add-snapshot', snapshot },
    { action: 'set-snapshot-ref', 'ref-name': 'main', type: 'branch', 'snapshot-id': 7n },
  ]);
}

describe('a table that others have changed', () => {
  it('keeps the ids that it has given to columns', async () => {
    const place = await createPlace();
    await writeDataset(generator, iceberg(place), { partitionSpec: first });
    await change(place, ({ schemas: [schema] }) => [
      {
        action: 'add-schema',
        schema: {
          type: 'struct',
          'schema-id': 1,
          fields: [
            { id: 12, name: 'extra', required: false, type: 'long' },
            ...(schema?.fields ?? []).map((field) =>
              field.name === 'small' ? { ...field, type: 'long' } : field,
            ),
          ],
        },
      },
      { action: 'set-current-schema', 'schema-id': -1 },
    ]);
    await writeDataset(generator, iceberg(place), {
      partitionSpec: days('2026-01-05', '2026-01-07', ['day']),
    });
    const metadata = await loaded(place);
    const added = (await entriesOf(metadata)).find(
      ({ status, snapshot_id: id }) => status === 1 && id === metadata['current-snapshot-id'],
    );
    // A bound of the widened column has eight bytes.
    expect(added?.data_file.lower_bounds?.find(({ key }) => key === 5)?.value).toHaveLength(8);
    expect(metadata.snapshots.at(-1)?.['schema-id']).toBe(1);
    expect(await readRows(place, events)).toHaveLength(90);
  });

  it('keeps its delete files until all that they speak of is replaced', async () => {
    const place = await createPlace();
    const wide = days('2026-01-05', '2026-01-06', ['day']);
    await writeDataset(generator, iceberg(place), { partitionSpec: wide });
    await deleteRow(place);
    await writeDataset(generator, iceberg(place), {
      partitionSpec: days('2026-01-05', '2026-01-07', ['day']),
    });
    const contents = async () =>
      (await manifestsOf(await loaded(place))).map(({ content }) => content).sort();
    expect(await contents()).toEqual([0, 0, 1]);
    expect((await loaded(place)).snapshots.at(-1)?.summary).toMatchObject({ 'total-position-deletes': '1' });
    const partitionSpec = days('2026-01-06', '2026-01-06', ['day']);
    await writeDataset(generator, iceberg(place), { partitionSpec, mode: 'overwrite-window' });
    expect(await contents()).toEqual([0, 0, 0, 1]);
    const { tables } = await writeDataset(generator, iceberg(place), {
      partitionSpec: wide,
      mode: 'overwrite',
    });
    // How many rows there were nobody knows without reading what was deleted of them.
    expect(tables[1]?.removed).toMatchObject({ fileCount: 3 });
    expect(tables[1]?.removed).not.toHaveProperty('rowCount');
    const metadata = await loaded(place);
    expect(metadata.snapshots.at(-1)?.summary).toMatchObject({
      'removed-delete-files': '1',
      'total-delete-files': '0',
      'total-position-deletes': '0',
      'total-records': '60',
    });
    expect((await entriesOf(metadata)).filter(isLive)).toHaveLength(2);
  });

  it('is refused by name where it is of another version, or partitioned in another way', async () => {
    const place = await createPlace();
    await writeDataset(generator, iceberg(place), { partitionSpec: first });
    const add = (partitionBy: readonly string[]) =>
      failureOf(
        writeDataset(generator, iceberg(place), {
          partitionSpec: days('2026-01-08', '2026-01-08', partitionBy),
        }),
      );
    expect(await add(['month'])).toEqual({
      code: 'TABLE_CONFLICT',
      message:
        'Cannot add to default.events with `partitionBy` month: this table is partitioned by day(ts). Ask for that, or replace the table with mode `overwrite`.',
    });
    const [name = ''] = (await filesIn(place, 'metadata')).filter((each) => each.endsWith('.metadata.json'));
    const file = path.join(place, 'default/events/metadata', name);
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"format-version":2', '"format-version":1'));
    expect((await add(['day'])).message).toMatch(
      /^Cannot write to default.events: it is of format version 1 of Iceberg, .* by setting its property format-version to 2/,
    );
    await writeFile(file, text.replace('"format-version":2', '"format-version":3'));
    expect(await add(['day'])).toEqual({
      code: 'TABLE_CONFLICT',
      message:
        'Cannot write to default.events: it is of format version 3 of Iceberg, and datagen writes version 2. Choose another namespace.',
    });
  });

  it('holds again what a rollback took, in files of their own', async () => {
    const place = await createPlace();
    await writeDataset(generator, iceberg(place), { partitionSpec: first });
    const wide = days('2026-01-05', '2026-01-07', ['day']);
    await writeDataset(generator, iceberg(place), { partitionSpec: wide });
    await change(place, ({ snapshots: [oldest] }) => [
      {
        action: 'set-snapshot-ref',
        'ref-name': 'main',
        type: 'branch',
        'snapshot-id': oldest?.['snapshot-id'] ?? 0n,
      },
    ]);
    expect(await readRows(place, events)).toHaveLength(60);
    const { tables } = await writeDataset(generator, iceberg(place), { partitionSpec: wide });
    expect(tables[1]).toMatchObject({ rowCount: 30, presentRowCount: 60, adoptedRowCount: 0 });
    expect(await readRows(place, events)).toHaveLength(90);
    expect(await filesIn(place, 'data')).toHaveLength(4);
  });

  it('takes another name for its files where a table of its name was dropped', async () => {
    const place = await createPlace();
    await writeDataset(generator, iceberg(place), { partitionSpec: first });
    await rm(path.join(place, 'catalog.db'));
    const { tables } = await writeDataset(generator, iceberg(place), { partitionSpec: first });
    expect(tables.map(({ adoptedRowCount }) => adoptedRowCount)).toEqual([0, 0]);
    expect(await filesIn(place, 'data')).toHaveLength(4);
  });
});
