import { type FileDays, formatDay, isReplaced, type TableChange } from '@datagen/core/writer';
import { daysInName } from '@datagen/parquet/data-files';
import {
  DATA,
  DELETED,
  type DataFileRecord,
  EXISTING,
  isLive,
  type ManifestEntry,
} from '../manifest/entry.ts';
import type { ManifestFile } from '../manifest/manifest-list.ts';
import type { Schema } from '../metadata/index.ts';
import { singleValueOf } from '../values/bounds.ts';
import type { FoundManifest, ManifestStore } from './manifest-store.ts';

const DAY_MICROS = 86_400_000_000n;
const DAY_MS = 86_400_000;

/** A manifest whose live files stay, or one that has to be written anew because some of them go. */
export type ManifestAfter =
  | { readonly kept: ManifestFile }
  | {
      readonly found: FoundManifest;
      readonly entries: readonly ManifestEntry[];
      readonly removed: readonly DataFileRecord[];
    };

/** What becomes of a manifest by a change that removes files: all, or those of its window. */
export async function manifestAfter(
  store: ManifestStore,
  file: ManifestFile,
  change: TableChange,
  schema: Schema,
  snapshotId: bigint,
): Promise<ManifestAfter> {
  // Delete files say nothing of files that are removed, and go with all of them.
  if (change.replaces === 'window' && file.content !== DATA) return { kept: file };
  const found = await store.read(file);
  const removed: DataFileRecord[] = [];
  const entries = found.entries.filter(isLive).map((entry): ManifestEntry => {
    const { data_file: record } = entry;
    const isRemoved = isReplaced(
      record.file_path,
      () => daysInName(record.file_path) ?? daysInBounds(record, schema, change),
      change,
    );
    if (!isRemoved) return { ...entry, status: EXISTING };
    removed.push(record);
    return { ...entry, status: DELETED, snapshot_id: snapshotId };
  });
  return removed.length === 0 ? { kept: file } : { found, entries, removed };
}

/** The days of a file that another engine has written or merged, whose name says none. */
function daysInBounds(
  { lower_bounds: lower, upper_bounds: upper }: DataFileRecord,
  schema: Schema,
  { table }: TableChange,
): FileDays | undefined {
  const field = schema.fields.find(({ name }) => name === table.timeColumn);
  if (field === undefined || typeof field.type !== 'string') return undefined;
  const { id, type } = field;
  const dayAt = (bounds: DataFileRecord['lower_bounds']) => {
    const bytes = bounds?.find(({ key }) => key === id)?.value;
    if (bytes === undefined) return undefined;
    const value = singleValueOf(type, bytes);
    if (typeof value === 'number') return formatDay(value * DAY_MS);
    return typeof value === 'bigint'
      ? formatDay(Math.floor(Number(value) / Number(DAY_MICROS)) * DAY_MS)
      : undefined;
  };
  const [first, last] = [dayAt(lower), dayAt(upper)];
  return first === undefined || last === undefined ? undefined : [first, last];
}
