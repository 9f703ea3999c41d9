/** What a snapshot did to the files of a table (specification, "Snapshots"). */
export type Operation = 'append' | 'replace' | 'overwrite' | 'delete';

/** What a snapshot says of itself: its operation, counts of files and rows as text, and keys of whoever made it. */
export interface SnapshotSummary {
  readonly operation: Operation;
  readonly [key: string]: string;
}

/** The state of a table at some moment. */
export interface Snapshot {
  readonly 'snapshot-id': bigint;
  readonly 'parent-snapshot-id'?: bigint;
  readonly 'sequence-number': number;
  readonly 'timestamp-ms': number;
  /** Where the manifest list lies; tables of version 1 may name `manifests` in its place. */
  readonly 'manifest-list'?: string;
  readonly summary?: SnapshotSummary;
  readonly 'schema-id'?: number;
}

/** The branch that readers see unless they ask for another one. */
export const MAIN_BRANCH = 'main';

/** A branch or tag (specification, "Snapshot References"). */
export interface SnapshotReference {
  readonly 'snapshot-id': bigint;
  readonly type: 'branch' | 'tag';
  readonly 'min-snapshots-to-keep'?: number;
  readonly 'max-snapshot-age-ms'?: number;
  readonly 'max-ref-age-ms'?: number;
}

/** When a snapshot became the current one. */
export interface SnapshotLogEntry {
  readonly 'snapshot-id': bigint;
  readonly 'timestamp-ms': number;
}
