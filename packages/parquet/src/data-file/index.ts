export { adoptDataFile, type ExpectedFile } from './adopt.ts';
export { DATASET_KEY, datasetIn } from './dataset-metadata.ts';
export { decimalText, scaleOf } from './footer/statistics.ts';
export { type Footer, readFooter } from './footer/footer.ts';
export { ParquetCatalogWriter } from './parquet-catalog-writer.ts';
export { daysInName } from './path.ts';
export { type ParquetDataFile } from './footer/describe.ts';
export { type DataFileOptions } from './options.ts';
export { dataFileWriter, writeDataFile } from './write.ts';
