export { type ColumnKind, columnKindOf } from '../arrow/column-kind.ts';
export { columnIndexes, refuseNulls } from '../dataset/batch-columns.ts';
export { type PartitionValue } from '../dataset/block.ts';
export { differenceText } from '../dataset/difference.ts';
export { type DatasetIdentity } from '../dataset/generator.ts';
export { type Compression, COMPRESSIONS, parseOptions } from '../dataset/options.ts';
export { docOf, type TableDefinition, typeNameOf } from '../dataset/table.ts';
export { type Coverage } from '../plan/coverage.ts';
export { dataFilePath, parseDataFileName, parseDataFilePath } from '../plan/data-file-path.ts';
export { type CoveredDays, DayCoverage } from '../plan/day-coverage.ts';
export { type BlockRange, FileCoverage } from '../plan/file-coverage.ts';
export { type FileLimit } from '../plan/file-limit.ts';
export {
  calendarComponents,
  calendarPath,
  hivePath,
  isTimeUnit,
  type PartitionComponent,
  PartitionSpec,
  TIME_UNITS,
  type TimeUnit,
} from '../plan/partition-spec.ts';
export { blockRangeOf, type PlannedFile } from '../plan/planned-file.ts';
export { definePlugin, type FormatReader, type StoragePlugin, type WriterPlugin } from '../plugin/plugin.ts';
export { LocalStorage } from '../storage/local-storage.ts';
export { MemoryStorage } from '../storage/memory-storage.ts';
export { openStorage } from '../storage/open-storage.ts';
export { putJson } from '../storage/put-json.ts';
export type { Storage, StoredFile, WriteOptions } from '../storage/storage.ts';
export { DatagenError, isDatagenError, reasonOf, throwIfAborted } from '../support/errors.ts';
export { BoundedCache } from '../support/bounded-cache.ts';
export { importOptional } from '../plugin/import-optional.ts';
export { importRef, type ModuleRef } from '../support/module-ref.ts';
export { withoutPassword } from '../support/secrets.ts';
export { type AddonLookup, firstThatLoads, lookUpAddon, platformTriple } from '../support/native-addon.ts';
export { unknownName } from '../support/names.ts';
export { option, type Sentence, sentence } from '../support/sentence.ts';
export { ownerState, ownOwner } from '../support/owner.ts';
export { DAY_MS, dayOf, formatDay, parseDay, type TimeRange } from '../support/time.ts';
export { CatalogBasedWriter, type FileIdentity } from './catalog-based/catalog-based-writer.ts';
export { coverageText, parseCoverage } from './catalog-based/coverage-text.ts';
export {
  type FileDescription,
  FileSystemWriter,
  type FolderFiles,
} from './file-system/file-system-writer.ts';
export {
  type FolderFile,
  type FolderFormat,
  FolderReader,
  type FolderTable,
  recogniseFolders,
} from './file-system/folder-reader.ts';
export { type FileKind, type FoundFile } from './file-system/table-folder.ts';
export { receiptOf } from './receipt.ts';
export { storageWarnings } from './storage-warnings.ts';
export { type FileDays, isReplaced } from './catalog-based/replaced-files.ts';
export {
  engineName,
  parseRunRecord,
  type RunRecord,
  runName,
  runRecordText,
} from './catalog-based/run-record.ts';
export { columnTextsOf, refuseOtherColumns, refuseOtherDataset, tableConflict } from './table-conflicts.ts';
export {
  type ChangeOutcome,
  type TableChange,
  type TableFiles,
  type TableState,
} from './catalog-based/table-state.ts';
export type {
  ReadColumn,
  ReadTable,
  ReadTableOptions,
  ReadValue,
  Recognition,
  TableReader,
  ValueSpan,
} from './table-reader.ts';
export {
  type ColumnStatistics,
  type CommitOutcome,
  type CommitReceipt,
  type DataFile,
  type EncodeRows,
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
export { tableLocation } from './table-location.ts';
export { tagOf } from './catalog-based/tag.ts';
