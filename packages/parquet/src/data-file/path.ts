import type { BlockRange } from '@datagen/core/writer';

const NAME = /^(.+)-([0-9a-f]{12})-([^_]+)_([^_]+)\.parquet$/;

/**
 * Where a data file lies, which says what it holds: `orders/year=2026/orders-<digest>-<first block>_<last block>.parquet`.
 * The same blocks of the same dataset always get the same path, so a file is either whole or not there.
 */
export function dataFilePath(folder: string, table: string, range: BlockRange): string {
  const name = `${table}-${range.digest}-${encodeKey(range.firstBlock)}_${encodeKey(range.lastBlock)}.parquet`;
  return [folder, range.partitionPath, name].filter((part) => part !== '').join('/');
}

/** The blocks a path of `dataFilePath` names; undefined for a file of somebody else. */
export function parseDataFilePath(folder: string, table: string, path: string): BlockRange | undefined {
  const parts = path.slice(folder.length + 1).split('/');
  const [, named, digest = '', first = '', last = ''] = NAME.exec(parts.pop() ?? '') ?? [];
  if (named !== table || !parts.every((part) => /^[^=]+=/.test(part))) return undefined;
  return {
    digest,
    partitionPath: parts.join('/'),
    firstBlock: decodeURIComponent(first),
    lastBlock: decodeURIComponent(last),
  };
}

/** The partition columns a path of hive folders names: `year=2026/month=01` is `year`, `month`. */
export function partitionNames(partitionPath: string): readonly string[] {
  return partitionPath === '' ? [] : partitionPath.split('/').map((part) => part.slice(0, part.indexOf('=')));
}

/** Percent-encodes what is not safe in a file name, and `_`, which stands between the two keys. */
function encodeKey(key: string): string {
  return encodeURIComponent(key).replace(
    /[_!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
