export { ColumnDigest } from './rows/column-digest.ts';
export { type GoldenDigests, goldenDigests } from './generator-suite/golden.ts';
export { LogTableWriter, logTables } from './log-table/log-table-writer.ts';
export { readLogTable } from './log-table/read-log-table.ts';
export { type StorageCheck, storageChecks, type StorageSuite } from './storage-suite/checks.ts';
export { testStorage } from './storage-suite/test-storage.ts';
export { Columns, readColumns } from './rows/read-columns.ts';
export { firstRowOutOfOrder } from './generator-suite/row-order.ts';
export { hourlyGenerator } from './hourly-generator.ts';
export { sampleGenerator, samplePlugin, SampleConfig } from './sample-generator.ts';
export {
  autocorrelation,
  correlation,
  countDifferences,
  excessKurtosis,
  linearFit,
  mean,
  median,
  quantile,
  sharesOf,
  shareWhere,
  sumBy,
  topShare,
  totalVariation,
  variance,
} from './statistics.ts';
export { type DigestOfRows, RowsDigest } from './rows/rows-digest.ts';
export { digestBlocks, digestDataset, type TableDigest } from './rows/table-digest.ts';
export { generatorChecks, testGenerator } from './generator-suite/test-generator.ts';
export { type GeneratorCheck, type GeneratorSuite } from './generator-suite/suite.ts';
export { type Check, type TestRunner } from './runner.ts';
export {
  type CatalogSuite,
  expectSameRows,
  generatedRows,
  type ReadRow,
  type WriterCheck,
  type WriterSuite,
} from './writer-suite/suite.ts';
export { testWriter, writerChecksFor } from './writer-suite/test-writer.ts';
export { textOf } from './rows/text-of.ts';
