import type { PartitionSpec, SortOrder } from './layout.ts';
import type { Schema } from './schema.ts';
import type { Snapshot, SnapshotLogEntry, SnapshotReference } from './snapshot.ts';

/**
 * All that is known of a table, in the JSON form of the specification (appendix C, "Table Metadata and Snapshots").
 * What may be left out there is present here, if empty; keys that are not named here are kept and written again.
 * Snapshot ids are bigints, since they have 63 bits; all other integers are exact as numbers.
 */
export interface TableMetadata {
  readonly 'format-version': number;
  readonly 'table-uuid': string;
  readonly location: string;
  /** 0 before the first snapshot. */
  readonly 'last-sequence-number': number;
  readonly 'last-updated-ms': number;
  readonly 'last-column-id': number;
  readonly schemas: readonly Schema[];
  readonly 'current-schema-id': number;
  readonly 'partition-specs': readonly PartitionSpec[];
  readonly 'default-spec-id': number;
  /** 999 where no spec has fields. */
  readonly 'last-partition-id': number;
  readonly 'sort-orders': readonly SortOrder[];
  readonly 'default-sort-order-id': number;
  readonly properties: Readonly<Record<string, string>>;
  /** Absent while the table has no snapshot. */
  readonly 'current-snapshot-id'?: bigint;
  readonly snapshots: readonly Snapshot[];
  readonly refs: Readonly<Record<string, SnapshotReference>>;
  /** How the current snapshot changed, earliest first. */
  readonly 'snapshot-log': readonly SnapshotLogEntry[];
  /** Where earlier metadata lies, earliest first. */
  readonly 'metadata-log': readonly MetadataLogEntry[];
  readonly statistics?: readonly StatisticsFile[];
  readonly 'partition-statistics'?: readonly StatisticsFile[];
}

export interface MetadataLogEntry {
  readonly 'metadata-file': string;
  readonly 'timestamp-ms': number;
}

/** A file of statistics of a snapshot, of columns or partitions. */
export interface StatisticsFile {
  readonly 'snapshot-id': bigint;
  readonly 'statistics-path': string;
  readonly 'file-size-in-bytes': number;
}
