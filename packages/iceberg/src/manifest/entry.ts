/** Status of a file in a manifest (specification, "Manifests"). */
export const EXISTING = 0;
export const ADDED = 1;
export const DELETED = 2;

/** What a manifest, or a file in it, holds. */
export const DATA = 0;
export const POSITION_DELETES = 1;
export const EQUALITY_DELETES = 2;

/** A map of a data file, by the ids of columns: Avro's own maps have text for keys. */
export type ColumnMap<T> = readonly { readonly key: number; readonly value: T }[];

/** A value of a partition as Avro has it. */
export type AvroValue = boolean | number | bigint | string | Buffer | null;

/** A file of a table, by the names of the specification ("Data File Fields"). */
export interface DataFileRecord {
  /** 0 for data, 1 for position deletes, 2 for equality deletes. */
  readonly content?: number;
  /** A full URI. */
  readonly file_path: string;
  readonly file_format: string;
  /** By `f1000`, the field id of the spec. */
  readonly partition: Readonly<Record<string, AvroValue>>;
  readonly record_count: number;
  readonly file_size_in_bytes: number;
  /** Compressed bytes of each column. */
  readonly column_sizes?: ColumnMap<number> | null;
  /** Values of each column, nulls and NaNs included. */
  readonly value_counts?: ColumnMap<number> | null;
  readonly null_value_counts?: ColumnMap<number> | null;
  readonly nan_value_counts?: ColumnMap<number> | null;
  readonly lower_bounds?: ColumnMap<Uint8Array> | null;
  readonly upper_bounds?: ColumnMap<Uint8Array> | null;
  readonly key_metadata?: Uint8Array | null;
  readonly split_offsets?: readonly number[] | null;
  readonly equality_ids?: readonly number[] | null;
  readonly sort_order_id?: number | null;
  readonly referenced_data_file?: string | null;
}

/** A file with what a snapshot did to it ("Manifest Entry Fields"). */
export interface ManifestEntry {
  /** 0 existing, 1 added, 2 deleted. */
  readonly status: number;
  /** Who added it, or deleted it; null stands for the snapshot that added the manifest. */
  readonly snapshot_id?: number | bigint | null;
  /** Null in a manifest that adds the file: it is that of the manifest, which is not known before the commit. */
  readonly sequence_number?: number | null;
  readonly file_sequence_number?: number | null;
  readonly data_file: DataFileRecord;
}

/** Whether a file is part of the table in snapshots that have its manifest. */
export function isLive({ status }: ManifestEntry): boolean {
  return status !== DELETED;
}
