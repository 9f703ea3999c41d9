export { type ColumnKind, columnKindOf } from '../chunks/column-kind.ts';
export { DATASET_KEY, datasetIn } from './dataset-metadata.ts';
export { type Footer, readFooter } from './footer.ts';
export { dataFilePath, parseDataFilePath } from './path.ts';
export { readDataFile } from './read.ts';
export { dataFileWriter, type DataFileOptions, writeDataFile } from './write.ts';
