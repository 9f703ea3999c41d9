import type {
  BlockRange,
  DataFile,
  PartitionComponent,
  PlannedFile,
  Storage,
  StoredFile,
} from '@datagen/core/writer';
import { type Footer, readFooter } from './footer.ts';
import { parseDataFilePath } from './path.ts';

/**
 * The data file that lies at a path whole, as `writeDataFile` would have returned it: how a run finds again what a
 * killed one had put. Undefined for a file that datagen did not name. Partition values come back as text.
 */
export async function readDataFile(
  storage: Storage,
  folder: string,
  table: string,
  { path, byteSize }: StoredFile,
): Promise<ParquetDataFile | undefined> {
  const range = parseDataFilePath(folder, table, path);
  if (range === undefined) return undefined;
  const footer = await readFooter(path, (count) => storage.read(path, -count));
  return describeDataFile({ table, partition: partitionIn(range), ...range }, { path, byteSize }, footer);
}

/** A data file with what its footer says. */
export type ParquetDataFile = DataFile & Required<Pick<DataFile, 'footerSize' | 'splitOffsets' | 'columns'>>;

export function describeDataFile(
  {
    table,
    partition,
    firstBlock,
    lastBlock,
  }: Pick<PlannedFile, 'table' | 'partition' | 'firstBlock' | 'lastBlock'>,
  { path, byteSize }: Pick<StoredFile, 'path' | 'byteSize'>,
  { rowCount, footerSize, splitOffsets, columns }: Footer,
): ParquetDataFile {
  return {
    table,
    path,
    byteSize,
    rowCount,
    partition,
    firstBlock,
    lastBlock,
    footerSize,
    splitOffsets,
    columns,
  };
}

function partitionIn({ partitionPath }: BlockRange): PartitionComponent[] {
  if (partitionPath === '') return [];
  return partitionPath.split('/').map((part) => {
    const equals = part.indexOf('=');
    const value = part.slice(equals + 1);
    return [part.slice(0, equals), value === '__HIVE_DEFAULT_PARTITION__' ? null : decodeURIComponent(value)];
  });
}
