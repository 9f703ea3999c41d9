export { BatchBuilder } from './arrow/batch-builder.ts';
export { Arena } from './arrow/arena.ts';
export { BooleanColumn, DecimalColumn, Int64Column, NumberColumn } from './arrow/columns.ts';
export { DictionaryColumn, textDictionary, Utf8Column } from './arrow/text-columns.ts';
export { boolean, category, date, decimal, float64, instant, int32, int64, text } from './arrow/types.ts';
export { type Block, dayBlocks, firstRowOf, type PartitionValue, rowBlocks } from './block.ts';
export { cosineOfTurns } from './cosine.ts';
export { type BlockRange, Coverage } from './coverage.ts';
export {
  DatagenError,
  type DatagenErrorOptions,
  type ErrorCode,
  reasonOf,
  throwIfAborted,
} from './errors.ts';
export { type Executor, type ExecutorOptions, InlineExecutor } from './parallel/executor.ts';
export type { FileJob } from './parallel/file-job.ts';
export { ParallelPipeline, type ParallelPipelineOptions } from './parallel/parallel-pipeline.ts';
export { type DatasetGenerator, type DatasetIdentity, identifyDataset, selectTables } from './generator.ts';
export { importRef, type ModuleRef } from './module-ref.ts';
export { nearestName, unknownName } from './names.ts';
export {
  BaseConfig,
  type Compression,
  COMPRESSIONS,
  describeOptions,
  findOptionProblems,
  GeneratorConfig,
  type OptionDescription,
  type OptionProblem,
  parseOptions,
} from './options.ts';
export {
  checkPartitionBy,
  hivePath,
  type PartitionComponent,
  PartitionSpec,
  type PartitionSpecOptions,
  TIME_UNITS,
  type TimeUnit,
} from './partition-spec.ts';
export { blockRangeOf, type PlannedFile, planTable, subtractCoverage, type TablePlan } from './plan.ts';
export { definePlugin, type GeneratorPlugin, type Plugin, type WriterPlugin } from './plugin.ts';
export { PluginRegistry } from './plugin-registry.ts';
export { AliasTable, zipfMandelbrotWeights } from './random/alias-table.ts';
export { Ar1Process } from './random/ar1-process.ts';
export { bridgeMaximum, bridgeMinimum, bridgeTo } from './random/brownian-bridge.ts';
export { sampleNegativeBinomial, samplePoisson } from './random/counts.ts';
export { EventSchedule, type ScheduledEvent } from './random/event-schedule.ts';
export { gammaOf, sampleGamma } from './random/gamma.ts';
export { HawkesProcess, type HawkesOptions } from './random/hawkes-process.ts';
export { KeyedRandom } from './random/keyed-random.ts';
export { sampleNormal } from './random/normal.ts';
export { normalQuantile } from './random/normal-quantile.ts';
export { RandomStream } from './random/random-stream.ts';
export { chordKm, type GeoPoint, SpatialField } from './random/spatial-field.ts';
export { chainStateAt, type TwoStateProbabilities } from './random/two-state-chain.ts';
export { twoStateRuns } from './random/two-state-runs.ts';
export { LocalStorage } from './storage/local-storage.ts';
export { MemoryStorage } from './storage/memory-storage.ts';
export { openStorage, type Storage, type StoredFile } from './storage/storage.ts';
export { type ChunkFiller, StreamingGenerator } from './streaming-generator.ts';
export {
  column,
  type ColumnOptions,
  defineTable,
  docOf,
  type ForeignKey,
  type TableDefinition,
  type TableOptions,
  typeNameOf,
} from './table.ts';
export {
  DAY_MS,
  dayOf,
  formatDay,
  formatIsoWeek,
  HOUR_MS,
  MINUTE_MS,
  parseDay,
  SECOND_MS,
  type TimeRange,
} from './time.ts';
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
} from './writer.ts';
export {
  type DatasetReport,
  defaultPartitionSpec,
  type Progress,
  type TableReport,
  writeDataset,
  type WriteDatasetOptions,
} from './write-dataset.ts';
