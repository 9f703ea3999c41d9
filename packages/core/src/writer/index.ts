export { type PartitionValue } from '../dataset/block.ts';
export { type DatasetIdentity } from '../dataset/generator.ts';
export { type Compression, COMPRESSIONS, parseOptions } from '../dataset/options.ts';
export { docOf, type TableDefinition, typeNameOf } from '../dataset/table.ts';
export { type BlockRange, Coverage } from '../plan/coverage.ts';
export {
  hivePath,
  type PartitionComponent,
  PartitionSpec,
  TIME_UNITS,
  type TimeUnit,
} from '../plan/partition-spec.ts';
export { blockRangeOf, type PlannedFile } from '../plan/plan.ts';
export { definePlugin, type WriterPlugin } from '../plugin/plugin.ts';
export { LocalStorage } from '../storage/local-storage.ts';
export { MemoryStorage } from '../storage/memory-storage.ts';
export { openStorage, type Storage, type StoredFile } from '../storage/storage.ts';
export { DatagenError, reasonOf, throwIfAborted } from '../support/errors.ts';
export { importRef, type ModuleRef } from '../support/module-ref.ts';
export { withoutPassword } from '../support/secrets.ts';
export { option, type Sentence, sentence } from '../support/sentence.ts';
export {
  type ColumnStatistics,
  type CommitReceipt,
  type DataFile,
  type OpenTable,
  type OpenTableOptions,
  type TableCommit,
  type TableWriter,
  WRITE_MODES,
  type WriteDataFile,
  type WriteMode,
} from './table-writer.ts';
