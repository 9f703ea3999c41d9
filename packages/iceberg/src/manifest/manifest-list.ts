import { decodeAvroFile, encodeAvroFile } from './avro-file.ts';
import { nameOfField } from './field-names.ts';
import { MANIFEST_LIST_SCHEMA } from './schemas.ts';

/** What the partitions of a manifest's files lie between, for one field of its spec ("Manifest Lists", field summary). */
export interface FieldSummary {
  readonly contains_null: boolean;
  readonly contains_nan?: boolean | null;
  readonly lower_bound?: Uint8Array | null;
  readonly upper_bound?: Uint8Array | null;
}

/** A manifest of a snapshot, by the names of the specification ("Manifest Lists"). */
export interface ManifestFile {
  readonly manifest_path: string;
  readonly manifest_length: number;
  readonly partition_spec_id: number;
  /** 0 for data files, 1 for delete files. */
  readonly content: number;
  /** Of the snapshot that added the manifest. */
  readonly sequence_number: number;
  /** The least one of the live files in it. */
  readonly min_sequence_number: number;
  readonly added_snapshot_id: number | bigint;
  readonly added_files_count: number;
  readonly existing_files_count: number;
  readonly deleted_files_count: number;
  readonly added_rows_count: number;
  readonly existing_rows_count: number;
  readonly deleted_rows_count: number;
  readonly partitions?: readonly FieldSummary[] | null;
  readonly key_metadata?: Uint8Array | null;
}

/** A manifest as lists of version 1 may have it: without what that version lacks or leaves open. */
type FoundManifest = Partial<{ [K in keyof ManifestFile]: ManifestFile[K] | null }> &
  Pick<ManifestFile, 'manifest_path' | 'manifest_length' | 'partition_spec_id'>;

const COUNTS = [
  'added_files_count',
  'existing_files_count',
  'deleted_files_count',
  'added_rows_count',
  'existing_rows_count',
  'deleted_rows_count',
] as const;

/** The bytes of the manifest list of a snapshot, of version 2. */
export function encodeManifestList(
  snapshot: {
    readonly 'snapshot-id': bigint;
    readonly 'parent-snapshot-id'?: bigint;
    readonly 'sequence-number': number;
  },
  manifests: readonly ManifestFile[],
): Uint8Array {
  const metadata = new Map([
    ['snapshot-id', String(snapshot['snapshot-id'])],
    ['parent-snapshot-id', String(snapshot['parent-snapshot-id'] ?? 'null')],
    ['sequence-number', String(snapshot['sequence-number'])],
    ['format-version', '2'],
  ]);
  return encodeAvroFile({ schema: MANIFEST_LIST_SCHEMA, metadata }, nameOfField, manifests);
}

/**
 * The manifests of a list of version 1 or 2, whoever wrote it. In a list of version 1 counts may be missing: `uncounted`
 * names the manifests whose own entries have to be counted.
 */
export function decodeManifestList(bytes: Uint8Array): {
  readonly manifests: readonly ManifestFile[];
  readonly uncounted: ReadonlySet<string>;
} {
  const found = decodeAvroFile(bytes, nameOfField).records as readonly FoundManifest[];
  const uncounted = new Set(
    found
      .filter((each) => COUNTS.some((count) => (each[count] ?? null) === null))
      .map((each) => each.manifest_path),
  );
  return {
    uncounted,
    manifests: found.map((each) => ({
      manifest_path: each.manifest_path,
      manifest_length: each.manifest_length,
      partition_spec_id: each.partition_spec_id,
      content: each.content ?? 0,
      sequence_number: each.sequence_number ?? 0,
      min_sequence_number: each.min_sequence_number ?? 0,
      added_snapshot_id: each.added_snapshot_id ?? 0,
      added_files_count: each.added_files_count ?? 0,
      existing_files_count: each.existing_files_count ?? 0,
      deleted_files_count: each.deleted_files_count ?? 0,
      added_rows_count: each.added_rows_count ?? 0,
      existing_rows_count: each.existing_rows_count ?? 0,
      deleted_rows_count: each.deleted_rows_count ?? 0,
      partitions: each.partitions ?? null,
      key_metadata: each.key_metadata ?? null,
    })),
  };
}
