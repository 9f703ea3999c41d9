export { applyUpdates } from './changes/apply-updates.ts';
export { checkRequirements, type TableRequirement } from './changes/requirements.ts';
export { LAST_ADDED, type TableUpdate } from './changes/updates.ts';
export { formatJson } from './json.ts';
export type { PartitionField, PartitionSpec, SortField, SortOrder } from './layout.ts';
export { decodeMetadata, encodeMetadata, nextMetadataLocation, withPrevious } from './metadata-file.ts';
export {
  formatTableMetadata,
  parseIcebergJson,
  parseTableMetadata,
  tableMetadataOf,
} from './metadata-json.ts';
export { type NewTable, newTableMetadata } from './new-table.ts';
export type { ListType, MapType, NestedField, Schema, StructType, Type } from './schema.ts';
export {
  MAIN_BRANCH,
  type Operation,
  type Snapshot,
  type SnapshotLogEntry,
  type SnapshotReference,
  type SnapshotSummary,
} from './snapshot.ts';
export type { MetadataLogEntry, StatisticsFile, TableMetadata } from './table-metadata.ts';
