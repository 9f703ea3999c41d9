import { randomBytes } from 'node:crypto';
import type { Storage, TableChange } from '@datagen/core/writer';
import type { TableFolders } from '../layout/folders.ts';
import { locationOf } from '../layout/location.ts';
import { partitionValuesOf } from '../layout/partitioning.ts';
import { ADDED, DELETED, EXISTING, type ManifestEntry } from '../manifest/entry.ts';
import { encodeManifest, manifestHeader, type ManifestHeader } from '../manifest/manifest.ts';
import { encodeManifestList, type FieldSummary, type ManifestFile } from '../manifest/manifest-list.ts';
import { partitionTypes } from '../manifest/partition-schema.ts';
import { type PartitionSpec, type Schema, type Snapshot, type TableMetadata } from '../metadata/index.ts';
import { dataFileRecord } from './data-file-record.ts';
import { fieldSummaries } from './field-summaries.ts';
import type { ManifestStore } from './manifest-store.ts';
import { manifestAfter } from './removed-files.ts';
import { type FileChanges, summaryOf } from './summary.ts';

/** How many manifests are read at a time: those of a store far away take long one by one. */
const READS_AT_ONCE = 8;

/** What the files of a snapshot are of. */
export interface SnapshotLayout {
  readonly schema: Schema;
  readonly spec: PartitionSpec;
  readonly sortOrderId: number;
}

export interface SnapshotPlan {
  /** The table as it was read, or as it was staged. */
  readonly metadata: TableMetadata;
  readonly change: TableChange;
  readonly layout: SnapshotLayout;
  readonly folders: TableFolders;
  readonly commitId: string;
}

/** The current snapshot of a table; undefined where it has none. */
export function currentSnapshot({
  snapshots,
  'current-snapshot-id': id,
}: TableMetadata): Snapshot | undefined {
  return id === undefined ? undefined : snapshots.find((each) => each['snapshot-id'] === id);
}

/**
 * Puts the manifests and the manifest list of a snapshot: one manifest of the files that are added, one in the place of
 * each that loses files, and those that stay (specification, "Snapshots"). Readers see nothing of it before the commit.
 */
export async function putSnapshot(
  storage: Storage,
  store: ManifestStore,
  { metadata, change, layout, folders, commitId }: SnapshotPlan,
): Promise<{ readonly snapshot: Snapshot; readonly changes: FileChanges }> {
  const parent = currentSnapshot(metadata);
  const snapshotId = newSnapshotId(metadata);
  const sequenceNumber = metadata['last-sequence-number'] + 1;
  const manifests: ManifestFile[] = [];
  let manifestCount = 0;
  const put = async (
    header: ManifestHeader,
    entries: readonly ManifestEntry[],
    partitions: readonly FieldSummary[] | null,
  ) => {
    const path = `${folders.metadata}/${commitId}-m${String(manifestCount++)}.avro`;
    const { uri, byteSize } = await store.write(path, encodeManifest(header, entries));
    const at = { uri, byteSize, snapshotId, sequenceNumber };
    manifests.push(manifestFile(header, entries, partitions, at));
  };

  const { schema, spec, sortOrderId } = layout;
  const partitions = change.files.map((file) => partitionValuesOf(spec, schema, change.table, file));
  const added = change.files.map((file, i) =>
    dataFileRecord(file, {
      uri: locationOf(storage, file.path),
      schema,
      spec,
      sortOrderId,
      values: partitions[i] ?? [],
    }),
  );
  if (added.length > 0) {
    await put(
      manifestHeader(schema, spec),
      added.map((record) => ({ status: ADDED, snapshot_id: snapshotId, data_file: record })),
      fieldSummaries(partitionTypes(spec, schema), partitions),
    );
  }
  const removed: FileChanges['removed'][number][] = [];
  const present = parent === undefined ? [] : await store.manifestsOf(parent);
  if (change.replaces === 'nothing') manifests.push(...present);
  else {
    for (let i = 0; i < present.length; i += READS_AT_ONCE) {
      const read = present.slice(i, i + READS_AT_ONCE);
      const afterwards = await Promise.all(
        read.map((file) => manifestAfter(store, file, change, schema, snapshotId)),
      );
      for (const after of afterwards) {
        if ('kept' in after) manifests.push(after.kept);
        else {
          for (const record of after.removed) removed.push(record);
          await put(after.found.header, after.entries, after.found.file.partitions ?? null);
        }
      }
    }
  }

  const changes = { added, removed };
  const ids = {
    'snapshot-id': snapshotId,
    ...(parent !== undefined && { 'parent-snapshot-id': parent['snapshot-id'] }),
    'sequence-number': sequenceNumber,
  };
  const list = await store.write(
    `${folders.metadata}/snap-${String(snapshotId)}-1-${commitId}.avro`,
    encodeManifestList(ids, manifests),
  );
  return {
    changes,
    snapshot: {
      ...ids,
      // Catalogs refuse a snapshot that is older than the table.
      'timestamp-ms': Math.max(Date.now(), metadata['last-updated-ms']),
      'manifest-list': list.uri,
      summary: summaryOf(change, changes, parent, commitId),
      'schema-id': schema['schema-id'],
    },
  };
}

function manifestFile(
  { content, partitionSpecId }: ManifestHeader,
  entries: readonly ManifestEntry[],
  partitions: readonly FieldSummary[] | null,
  at: {
    readonly uri: string;
    readonly byteSize: number;
    readonly snapshotId: bigint;
    readonly sequenceNumber: number;
  },
): ManifestFile {
  const files = { [EXISTING]: 0, [ADDED]: 0, [DELETED]: 0 };
  const rows = { ...files };
  let least = at.sequenceNumber;
  for (const { status, sequence_number: sequence, data_file: record } of entries) {
    files[status as keyof typeof files]++;
    rows[status as keyof typeof rows] += record.record_count;
    if (status === EXISTING) least = Math.min(least, sequence ?? 0);
  }
  return {
    manifest_path: at.uri,
    manifest_length: at.byteSize,
    partition_spec_id: partitionSpecId,
    content: content === 'data' ? 0 : 1,
    sequence_number: at.sequenceNumber,
    min_sequence_number: least,
    added_snapshot_id: at.snapshotId,
    added_files_count: files[ADDED],
    existing_files_count: files[EXISTING],
    deleted_files_count: files[DELETED],
    added_rows_count: rows[ADDED],
    existing_rows_count: rows[EXISTING],
    deleted_rows_count: rows[DELETED],
    partitions,
  };
}

/** A random one of 63 bits that no snapshot of the table has. */
function newSnapshotId({ snapshots }: TableMetadata): bigint {
  for (;;) {
    const id = randomBytes(8).readBigUInt64BE() >> 1n;
    if (id !== 0n && snapshots.every((each) => each['snapshot-id'] !== id)) return id;
  }
}
