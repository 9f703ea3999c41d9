export { ColumnDigest } from './column-digest.ts';
export { type GoldenDigests, goldenDigests } from './golden.ts';
export { sampleGenerator, samplePlugin, SampleConfig } from './sample-generator.ts';
export { digestBlocks, digestDataset, type TableDigest } from './table-digest.ts';
export { type GeneratorSuite, testGenerator } from './test-generator.ts';
export { type ReadRow, testWriter, textOf, type WriterSuite } from './test-writer.ts';
