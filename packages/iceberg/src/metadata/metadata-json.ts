import { DatagenError, reasonOf } from '@datagen/core/writer';
import { formatJson, parseJson } from './json.ts';
import type { PartitionField, PartitionSpec, SortOrder } from './layout.ts';
import type { Schema } from './schema.ts';
import { MAIN_BRANCH, type Snapshot } from './snapshot.ts';
import type { TableMetadata } from './table-metadata.ts';

/** The newest version of tables that is read; others would be taken for what they are not. */
const NEWEST_VERSION = 3;
/** What `last-partition-id` says where no spec has fields. */
export const NO_PARTITION_ID = 999;

/** Table metadata with what version 1 and older writers of version 2 may leave out or name otherwise. */
type StoredMetadata = Partial<Omit<TableMetadata, 'current-snapshot-id' | 'snapshots'>> & {
  readonly schema?: Omit<Schema, 'schema-id'>;
  readonly 'partition-spec'?: readonly PartitionField[];
  /** -1 or null: none. */
  readonly 'current-snapshot-id'?: bigint | null;
  readonly snapshots?: readonly (Omit<Snapshot, 'sequence-number'> & { 'sequence-number'?: number })[] | null;
};

/** Parses JSON of the specification: keys that end in `snapshot-id` are bigints, other integers are if they must. */
export function parseIcebergJson(text: string): unknown {
  return parseJson(text, (key) => key.endsWith('snapshot-id'));
}

/**
 * Reads the text of a metadata file; `source` is where it lies, for messages. Throws `STORAGE_FAILED` for a text that
 * is no table metadata and `TABLE_CONFLICT` for a version to come.
 */
export function parseTableMetadata(text: string, source: string): TableMetadata {
  let value: unknown;
  try {
    value = parseIcebergJson(text);
  } catch (cause) {
    throw new DatagenError(
      'STORAGE_FAILED',
      `Expected the metadata of an Iceberg table in ${source}: ${reasonOf(cause)}.`,
      { cause, details: { source } },
    );
  }
  return tableMetadataOf(value, source);
}

/** The same of a value that was parsed by `parseIcebergJson`, such as a part of a server's answer. */
export function tableMetadataOf(value: unknown, source: string): TableMetadata {
  const stored = (typeof value === 'object' ? value : undefined) as StoredMetadata | null | undefined;
  const version = stored?.['format-version'];
  const schemas = stored?.schemas ?? (stored?.schema ? [{ 'schema-id': 0, ...stored.schema }] : []);
  if (!stored || typeof version !== 'number' || schemas.length === 0) {
    throw new DatagenError(
      'STORAGE_FAILED',
      `Expected the metadata of an Iceberg table in ${source}, with a format version and a schema, got something else.`,
      { details: { source } },
    );
  }
  if (version > NEWEST_VERSION) {
    throw new DatagenError(
      'TABLE_CONFLICT',
      `The table in ${source} is of format version ${String(version)} of Iceberg, and datagen reads versions up to ${String(NEWEST_VERSION)}.`,
      { details: { source, version } },
    );
  }
  const specs = stored['partition-specs'] ?? [{ 'spec-id': 0, fields: stored['partition-spec'] ?? [] }];
  const current = stored['current-snapshot-id'] ?? -1n;
  const snapshots = (stored.snapshots ?? []).map((snapshot) => ({ 'sequence-number': 0, ...snapshot }));
  const { 'current-snapshot-id': _, ...rest } = stored;
  return {
    ...(rest as TableMetadata),
    'format-version': version,
    'last-sequence-number': stored['last-sequence-number'] ?? 0,
    schemas,
    'current-schema-id': stored['current-schema-id'] ?? schemas[0]?.['schema-id'] ?? 0,
    'partition-specs': specs,
    'default-spec-id': stored['default-spec-id'] ?? 0,
    'last-partition-id': stored['last-partition-id'] ?? lastPartitionId(specs),
    'sort-orders': stored['sort-orders'] ?? [UNSORTED],
    'default-sort-order-id': stored['default-sort-order-id'] ?? 0,
    properties: stored.properties ?? {},
    ...(current !== -1n && { 'current-snapshot-id': current }),
    snapshots,
    refs: {
      ...(current !== -1n && { [MAIN_BRANCH]: { 'snapshot-id': current, type: 'branch' } }),
      ...stored.refs,
    },
    'snapshot-log': stored['snapshot-log'] ?? [],
    'metadata-log': stored['metadata-log'] ?? [],
  };
}

/** The text of a metadata file. */
export function formatTableMetadata(metadata: TableMetadata): string {
  return formatJson(metadata);
}

/** The order that says nothing. */
export const UNSORTED: SortOrder = { 'order-id': 0, fields: [] };

function lastPartitionId(specs: readonly PartitionSpec[]): number {
  return Math.max(
    NO_PARTITION_ID,
    ...specs.flatMap(({ fields }) => fields.map((field) => field['field-id'])),
  );
}
