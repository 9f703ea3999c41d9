export { type ColumnKind, columnKindOf } from './column-kind.ts';
export { readDataFile } from './data-file-reader.ts';
export { dataFileWriter, type DataFileOptions, writeDataFile } from './data-file-writer.ts';
export { dataFilePath, parseDataFilePath } from './data-file-path.ts';
export { DATASET_KEY, datasetIn } from './dataset-metadata.ts';
export { type Footer, readFooter } from './footer.ts';
export {
  type EncoderChoice,
  type EncodeSettings,
  type EncoderName,
  ENCODERS,
  loadEncoder,
  type ParquetEncoder,
  resolveEncoder,
} from './parquet-encoder.ts';
export { parquet, parquetPlugin, ParquetWriter, ParquetWriterConfig } from './parquet-writer.ts';
