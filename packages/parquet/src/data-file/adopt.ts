import type { Schema } from 'apache-arrow';
import {
  type DatasetIdentity,
  isDatagenError,
  type PlannedFile,
  type Storage,
  typeNameOf,
} from '@datagen/core/writer';
import { datasetIn } from './dataset-metadata.ts';
import { type Footer, readFooter } from './footer/footer.ts';
import { describeDataFile, type ParquetDataFile } from './footer/describe.ts';

/** What a file under a planned path must hold to be taken for the planned one. */
export interface ExpectedFile {
  readonly file: PlannedFile;
  readonly dataset: DatasetIdentity;
  readonly schema: Schema;
  readonly timeColumn?: string;
}

/**
 * The file that lies under the path of a planned one, if its footer says that it is whole and holds the planned rows
 * of the dataset in the expected columns; undefined if not, or if it has gone.
 */
export async function adoptDataFile(
  storage: Storage,
  path: string,
  byteSize: number,
  { file, dataset, schema, timeColumn }: ExpectedFile,
): Promise<ParquetDataFile | undefined> {
  let footer: Footer;
  try {
    footer = await readFooter(path, (count) => storage.read(path, -count));
  } catch (thrown) {
    if (isDatagenError(thrown)) return undefined;
    throw thrown;
  }
  const columns = schema.fields.map((field) => `${field.name} ${typeNameOf(field)}`);
  const isExpected =
    (!file.exact || footer.rowCount === file.rowCount) &&
    datasetIn(footer.keyValues)?.digest === dataset.digest &&
    footer.columnTypes.map(([name, type]) => `${name} ${type}`).join() === columns.join();
  if (!isExpected) return undefined;
  const found = { path, byteSize, footer, ...(timeColumn !== undefined && { timeColumn }) };
  return { ...describeDataFile(file, found), adopted: true };
}
