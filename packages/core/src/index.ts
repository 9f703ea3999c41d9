export {
  type DatasetGenerator,
  type DatasetIdentity,
  identifyDataset,
  selectTables,
} from './dataset/generator.ts';
export {
  type Compression,
  COMPRESSIONS,
  describeOptions,
  findOptionProblems,
  type OptionDescription,
  type OptionProblem,
  parseOptions,
} from './dataset/options.ts';
export { type TableDefinition } from './dataset/table.ts';
export {
  checkPartitionBy,
  PartitionSpec,
  type PartitionSpecOptions,
  TIME_UNITS,
  type TimeUnit,
} from './plan/partition-spec.ts';
export { type PlanOptions, planTable, type TablePlan } from './plan/plan.ts';
export { blocksOf, type PlannedFile } from './plan/planned-file.ts';
export {
  type DatasetNote,
  type FormatReader,
  type GeneratorPlugin,
  type Plugin,
  type StoragePlugin,
  type WriterPlugin,
} from './plugin/plugin.ts';
export { type OptionsStep, type ScalingStep, type WindowStep } from './plugin/scaling.ts';
export { PluginRegistry } from './plugin/plugin-registry.ts';
export { type Executor, type ExecutorOptions, InlineExecutor } from './run/executor.ts';
export { type FileJob } from './run/file-job.ts';
export { ParallelPipeline, type ParallelPipelineOptions } from './run/threads/parallel-pipeline.ts';
export { workerArguments } from './run/threads/worker-arguments.ts';
export { type DatasetPlanOptions, defaultPartitionSpec } from './run/options.ts';
export { type DatasetPlan, planDataset, type PlannedTable } from './run/plan-dataset.ts';
export { type DatasetReport, type Progress, type TableReport } from './run/report.ts';
export { type Row, rowsOf, type RowsOptions, type RowValue, tableOf } from './run/rows-of.ts';
export { streamTable, type StreamTableOptions } from './run/stream-table.ts';
export { writeDataset, type WriteDatasetOptions } from './run/write-dataset.ts';
export { LocalStorage } from './storage/local-storage.ts';
export { MemoryStorage } from './storage/memory-storage.ts';
export { openStorage } from './storage/open-storage.ts';
export { schemeOf } from './storage/scheme.ts';
export type { Storage, StoredFile } from './storage/storage.ts';
export {
  DatagenError,
  type DatagenErrorOptions,
  type ErrorCode,
  reasonOf,
  throwIfAborted,
} from './support/errors.ts';
export { nearestName, unknownName } from './support/names.ts';
export { HIDDEN, isSecret, withoutPassword, withoutSecrets } from './support/secrets.ts';
export { type OptionMention, type Sentence, sentenceText } from './support/sentence.ts';
export type {
  ReadColumn,
  ReadTable,
  ReadTableOptions,
  ReadValue,
  TableReader,
  ValueSpan,
} from './writer/table-reader.ts';
export { type EncodeRows, type TableWriter, WRITE_MODES, type WriteMode } from './writer/table-writer.ts';
