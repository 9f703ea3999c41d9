export { Arena } from './arrow/arena.ts';
export { BatchBuilder } from './arrow/batch-builder.ts';
export { BooleanColumn, DecimalColumn, Int64Column, NumberColumn } from './arrow/columns.ts';
export { DictionaryColumn, textDictionary, Utf8Column } from './arrow/text-columns.ts';
export { boolean, category, date, decimal, float64, instant, int32, int64, text } from './arrow/types.ts';
export {
  type Block,
  type BlockFilter,
  dayBlocks,
  firstRowOf,
  type PartitionValue,
  rowBlocks,
} from './dataset/block.ts';
export { type DatasetGenerator, identifyDataset, selectTables } from './dataset/generator.ts';
export { type GeneratorOptions } from './dataset/generator-options.ts';
export {
  BaseConfig,
  describeOptions,
  GeneratorConfig,
  type OptionDescription,
  parseOptions,
} from './dataset/options.ts';
export { rowsSource } from './dataset/rows-source.ts';
export {
  type ChunkFiller,
  type OpenBlock,
  StreamingGenerator,
  type TableSource,
} from './dataset/streaming-generator.ts';
export {
  column,
  type ColumnOptions,
  defineTable,
  docOf,
  type ForeignKey,
  type TableDefinition,
  type TableOptions,
  typeNameOf,
} from './dataset/table.ts';
export { definePlugin, type GeneratorPlugin } from './plugin/plugin.ts';
export { type ScaledOption, type ScalingStep } from './plugin/scaling.ts';
export { countBelow } from './support/binary-search.ts';
export { BoundedCache } from './support/bounded-cache.ts';
export { DatagenError } from './support/errors.ts';
export { unknownName } from './support/names.ts';
export { option, type Sentence, sentence } from './support/sentence.ts';
export { once } from './support/once.ts';
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
} from './support/time.ts';
