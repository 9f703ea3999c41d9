import type {
  BlockRange,
  DataFile,
  PartitionComponent,
  PlannedFile,
  Storage,
  StoredFile,
} from '@datagen/core/writer';
import { parseDataFilePath } from './path.ts';
import { type Footer, readFooter } from './footer.ts';

/**
 * The data file that lies at a path whole, as `writeDataFile` would have returned it: how a run finds again what a
 * killed one had put. Undefined for a file that datagen did not name. Partition values come back as text.
 */
export async function readDataFile(
  storage: Storage,
  folder: string,
  table: string,
  { path, byteSize }: StoredFile,
): Promise<DataFile | undefined> {
  const range = parseDataFilePath(folder, table, path);
  if (range === undefined) return undefined;
  const footer = await readFooter(path, (count) => storage.read(path, -count));
  return describeDataFile({ table, partition: partitionIn(range) }, range, { path, byteSize }, footer);
}

export function describeDataFile(
  { table, partition }: Pick<PlannedFile, 'table' | 'partition'>,
  range: BlockRange,
  { path, byteSize }: StoredFile,
  { rowCount, footerSize, splitOffsets, columns }: Footer,
): DataFile {
  return { table, path, byteSize, rowCount, partition, range, footerSize, splitOffsets, columns };
}

function partitionIn({ partitionPath }: BlockRange): PartitionComponent[] {
  if (partitionPath === '') return [];
  return partitionPath.split('/').map((part) => {
    const equals = part.indexOf('=');
    const value = part.slice(equals + 1);
    return [part.slice(0, equals), value === '__HIVE_DEFAULT_PARTITION__' ? null : decodeURIComponent(value)];
  });
}
