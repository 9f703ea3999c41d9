import { type BlockRange, dataFilePath, parseDataFileName } from '@datagen/core/writer';

export const EXTENSION = '.parquet';

/** The same as `dataFilePath` without folders of partitions and without `%`, which some readers decode and others do not. */
export function flatFilePath(folder: string, table: string, range: BlockRange, tag?: string): string {
  const named = dataFilePath('', table, { ...range, partitionPath: '' }, EXTENSION, tag);
  return `${folder}/${named.replaceAll('~', '%7E').replaceAll('%', '~')}`;
}

/** The first and the last UTC day of the blocks that a file's name says, with a tag or without; undefined for other files. */
export function daysInName(path: string): readonly [first: string, last: string] | undefined {
  const named = parseDataFileName(path.slice(path.lastIndexOf('/') + 1), EXTENSION);
  if (named === undefined || !isDay(named.firstBlock) || !isDay(named.lastBlock)) return undefined;
  return [named.firstBlock.slice(0, 10), named.lastBlock.slice(0, 10)];
}

/** Whether a block's key begins with its day. */
function isDay(key: string): boolean {
  return /^\d{4}-\d\d-\d\d/.test(key);
}
