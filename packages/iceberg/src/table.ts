// The parts that make Iceberg tables, in the words of the specification (https://iceberg.apache.org/spec), each usable alone.
export {
  type Authentication,
  type Catalog,
  type ChangeOutcome,
  COMMIT_ID_KEY,
  type LoadedTable,
  RestCatalog,
  type RestCatalogOptions,
  SqlCatalog,
  type SqlCatalogOptions,
  type TableChange,
  type TableCreation,
  type TableIdentifier,
} from './catalog/index.ts';
export type { AvroValue, ColumnMap, DataFileRecord, ManifestEntry } from './manifest/entry.ts';
export { decodeManifest, encodeManifest, manifestHeader, type ManifestHeader } from './manifest/manifest.ts';
export {
  decodeManifestList,
  encodeManifestList,
  type FieldSummary,
  type ManifestFile,
} from './manifest/manifest-list.ts';
export {
  applyUpdates,
  checkRequirements,
  formatTableMetadata,
  type ListType,
  type MapType,
  type MetadataLogEntry,
  newTableMetadata,
  type NestedField,
  type NewTable,
  parseTableMetadata,
  type PartitionField,
  type PartitionSpec,
  type Schema,
  type Snapshot,
  type SnapshotLogEntry,
  type SnapshotReference,
  type SnapshotSummary,
  type SortField,
  type SortOrder,
  type StatisticsFile,
  type StructType,
  type TableMetadata,
  type TableRequirement,
  type TableUpdate,
  type Type,
} from './metadata/index.ts';
export { lowerBound, singleValueBytes, singleValueOf, upperBound } from './values/bounds.ts';
export { partitionPath, partitionText } from './values/partition-path.ts';
export type { PrimitiveValue } from './values/primitive.ts';
export { hashOf, parseTransform, type Transform } from './values/transforms.ts';
