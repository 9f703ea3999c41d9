import {
  engineName,
  parseRunRecord,
  type RemovedFiles,
  runName,
  runRecordText,
  type TableChange,
} from '@datagen/core/writer';
import { type DataFileRecord, DATA, EQUALITY_DELETES, POSITION_DELETES } from '../manifest/entry.ts';
import { COMMIT_ID_KEY } from '../catalog/catalog.ts';
import type { Operation, Snapshot, SnapshotSummary } from '../metadata/index.ts';

const [ENGINE = '', VERSION = ''] = engineName(new URL('../../package.json', import.meta.url)).split('/');

/** What the run says of itself, as JSON. */
const RUN = 'datagen.run';

/** What a snapshot adds and removes. */
export interface FileChanges {
  readonly added: readonly DataFileRecord[];
  readonly removed: readonly DataFileRecord[];
}

/** Counts of a summary (specification, "Optional Snapshot Summary Fields"): added, removed, and in total. */
const COUNTS: readonly {
  readonly added: string;
  readonly removed: string;
  readonly total: string;
  readonly of: (file: DataFileRecord) => number;
}[] = [
  {
    added: 'added-data-files',
    removed: 'deleted-data-files',
    total: 'total-data-files',
    of: ({ content = DATA }) => (content === DATA ? 1 : 0),
  },
  {
    added: 'added-records',
    removed: 'deleted-records',
    total: 'total-records',
    of: ({ content = DATA, record_count: count }) => (content === DATA ? count : 0),
  },
  {
    added: 'added-files-size',
    removed: 'removed-files-size',
    total: 'total-files-size',
    of: ({ file_size_in_bytes: byteSize }) => byteSize,
  },
  {
    added: 'added-delete-files',
    removed: 'removed-delete-files',
    total: 'total-delete-files',
    of: ({ content = DATA }) => (content === DATA ? 0 : 1),
  },
  {
    added: 'added-position-deletes',
    removed: 'removed-position-deletes',
    total: 'total-position-deletes',
    of: ({ content, record_count: count }) => (content === POSITION_DELETES ? count : 0),
  },
  {
    added: 'added-equality-deletes',
    removed: 'removed-equality-deletes',
    total: 'total-equality-deletes',
    of: ({ content, record_count: count }) => (content === EQUALITY_DELETES ? count : 0),
  },
];

/** What a snapshot says of itself: what was done, counts, and the run and the dataset that it is of. */
export function summaryOf(
  change: TableChange,
  { added, removed }: FileChanges,
  parent: Snapshot | undefined,
  commitId: string,
): SnapshotSummary {
  const counts: Record<string, string> = {};
  for (const count of COUNTS) {
    const [plus, minus] = [added, removed].map((files) =>
      files.reduce((sum, file) => sum + count.of(file), 0),
    ) as [number, number];
    if (plus > 0) counts[count.added] = String(plus);
    if (minus > 0) counts[count.removed] = String(minus);
    // Where another writer left its total out there is none, except for the first snapshot.
    const before = parent === undefined ? '0' : parent.summary?.[count.total];
    if (before !== undefined) counts[count.total] = String(Number(before) + plus - minus);
  }
  return {
    operation: operationOf(change.replaces, added, removed),
    ...counts,
    'changed-partition-count': String(partitionCount([...added, ...removed])),
    'engine-name': ENGINE,
    'engine-version': VERSION,
    [COMMIT_ID_KEY]: commitId,
    [RUN]: runRecordText(change),
  };
}

/** Rows that delete files had deleted before are not known, so where there are such files there is no count. */
export function removedOf({ removed }: FileChanges): RemovedFiles {
  const data = removed.filter(({ content = DATA }) => content === DATA);
  return {
    fileCount: data.length,
    byteSize: data.reduce((sum, file) => sum + file.file_size_in_bytes, 0),
    ...(data.length === removed.length && {
      rowCount: data.reduce((sum, file) => sum + file.record_count, 0),
    }),
  };
}

/** Who made a snapshot, for a message; undefined where there is none. */
export function nameOf(snapshot: Snapshot | undefined): string | undefined {
  const summary = snapshot?.summary;
  if (summary === undefined) return undefined;
  const { [RUN]: run, 'engine-name': engine = '', 'engine-version': version = '', operation } = summary;
  const record = parseRunRecord(`${engine}/${version}`, run);
  if (record !== undefined) return runName(record);
  return engine === '' ? `a snapshot of operation ${operation}` : `${operation} of ${engine}`;
}

function operationOf(
  replaces: TableChange['replaces'],
  added: readonly DataFileRecord[],
  removed: readonly DataFileRecord[],
): Operation {
  if (replaces === 'nothing') return 'append';
  return added.length === 0 && removed.length > 0 ? 'delete' : 'overwrite';
}

function partitionCount(files: readonly DataFileRecord[]): number {
  const partitions = files.map(({ partition }) =>
    JSON.stringify(partition, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
  );
  return new Set(partitions).size;
}
