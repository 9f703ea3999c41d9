import {
  option,
  type OpenTableOptions,
  sentence,
  tableConflict,
  type TableDefinition,
} from '@datagen/core/writer';
import type { TableMetadata } from '../metadata/index.ts';
import { partitioningText, partitionKeysOf, specIn } from './partitioning.ts';
import { byId, currentSchema } from './schema.ts';

/** The version of the specification that tables are written in. */
const FORMAT_VERSION = 2;

/** Refuses a table of another version of the specification. */
export function refuseVersion(name: string, { 'format-version': version }: TableMetadata): void {
  if (version === FORMAT_VERSION) return;
  const advice =
    version < FORMAT_VERSION
      ? 'Upgrade it by setting its property format-version to 2 with another engine'
      : 'Choose another namespace';
  throw tableConflict(
    `Cannot write to ${name}: it is of format version ${String(version)} of Iceberg, and datagen writes version 2. ${advice}.`,
    { table: name, formatVersion: version },
  );
}

/** Refuses a partitioning that a table has not, and could get by being replaced alone. */
export function refuseOtherPartitioning(
  name: string,
  metadata: TableMetadata,
  table: TableDefinition,
  { spec }: OpenTableOptions,
): void {
  const schema = currentSchema(metadata);
  const asked = spec.componentsFor(table);
  if (specIn(metadata, schema, partitionKeysOf(table, asked)) !== undefined) return;
  const present = byId(metadata['partition-specs'], 'spec-id', metadata['default-spec-id']);
  const there = partitioningText(present, schema);
  throw tableConflict(
    sentence`Cannot add to ${name} with ${option('partitionBy')} ${asked.join() || 'none'}: this table is partitioned by ${there || 'nothing'}. Ask for that, or replace the table with ${option('mode', 'overwrite')}.`,
    { table: name, found: there, asked },
  );
}

/** Refuses a table of which nobody knows what it holds. */
export function refuseForgotten(name: string): never {
  throw tableConflict(
    sentence`Cannot add to ${name}: it was rolled back so far that nobody knows which days it holds. Roll it forward, or replace the table with ${option('mode', 'overwrite')}.`,
    { table: name },
  );
}
