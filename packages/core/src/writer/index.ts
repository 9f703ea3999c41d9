export { type PartitionValue } from '../dataset/block.ts';
export { differenceText } from '../dataset/difference.ts';
export { type DatasetIdentity } from '../dataset/generator.ts';
export { type Compression, COMPRESSIONS, parseOptions } from '../dataset/options.ts';
export { docOf, type TableDefinition, typeNameOf } from '../dataset/table.ts';
export { type Coverage } from '../plan/coverage.ts';
export { type CoveredDays, DayCoverage } from '../plan/day-coverage.ts';
export { type BlockRange, FileCoverage } from '../plan/file-coverage.ts';
export { type FileLimit } from '../plan/file-limit.ts';
export {
  hivePath,
  type PartitionComponent,
  PartitionSpec,
  TIME_UNITS,
  type TimeUnit,
} from '../plan/partition-spec.ts';
export { blockRangeOf, type PlannedFile } from '../plan/planned-file.ts';
export { definePlugin, type StoragePlugin, type WriterPlugin } from '../plugin/plugin.ts';
export { LocalStorage } from '../storage/local-storage.ts';
export { MemoryStorage } from '../storage/memory-storage.ts';
export { openStorage } from '../storage/open-storage.ts';
export type { Storage, StoredFile, WriteOptions } from '../storage/storage.ts';
export { DatagenError, isDatagenError, reasonOf, throwIfAborted } from '../support/errors.ts';
export { importRef, type ModuleRef } from '../support/module-ref.ts';
export { withoutPassword } from '../support/secrets.ts';
export { option, type Sentence, sentence } from '../support/sentence.ts';
export { ownerState, ownOwner } from '../support/owner.ts';
export { dayOf, parseDay, type TimeRange } from '../support/time.ts';
export { CatalogBasedWriter, type FileIdentity } from './catalog-based-writer.ts';
export { columnTextsOf, refuseOtherColumns, refuseOtherDataset, tableConflict } from './table-conflicts.ts';
export { type ChangeOutcome, type TableChange, type TableFiles, type TableState } from './table-state.ts';
export {
  type ColumnStatistics,
  type CommitOutcome,
  type CommitReceipt,
  type DataFile,
  type LyingFile,
  type OpenTable,
  type OpenTableOptions,
  type RemovedFiles,
  type TableCommit,
  type TableWriter,
  WRITE_MODES,
  type WriteDataFile,
  type WriteMode,
} from './table-writer.ts';
export { tagOf } from './tag.ts';
