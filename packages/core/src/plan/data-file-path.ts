import type { BlockRange } from './file-coverage.ts';

const NAME = /^(.+)-([0-9a-f]{12})-([^_]+)_([^_]+?)(?:_([0-9a-f]{8}))?$/;

/** What the name of a data file says, its keys decoded. */
export interface DataFileName {
  readonly table: string;
  readonly digest: string;
  readonly firstBlock: string;
  readonly lastBlock: string;
  readonly tag?: string;
}

/**
 * Where a data file lies, which says what it holds: `orders/year=2026/orders-<digest>-<first block>_<last block>.parquet`.
 * The same blocks of the same dataset always get the same path, so a file is either whole or not there. A table format
 * adds a tag, `…_<tag>.parquet`: see `OpenTable.tag`.
 */
export function dataFilePath(
  folder: string,
  table: string,
  range: BlockRange,
  extension: string,
  tag?: string,
): string {
  const end = tag === undefined ? '' : `_${tag}`;
  const name = `${table}-${range.digest}-${encodeKey(range.firstBlock)}_${encodeKey(range.lastBlock)}${end}${extension}`;
  return [folder, range.partitionPath, name].filter((part) => part !== '').join('/');
}

/** What a file's name says, without its folders; undefined for one that `dataFilePath` does not write. */
export function parseDataFileName(name: string, extension: string): DataFileName | undefined {
  if (!name.endsWith(extension)) return undefined;
  const stem = name.slice(0, name.length - extension.length);
  const [, table, digest = '', first = '', last = '', tag] = NAME.exec(stem) ?? [];
  if (table === undefined) return undefined;
  const keys = { firstBlock: decodeKey(first), lastBlock: decodeKey(last) };
  return { table, digest, ...keys, ...(tag !== undefined && { tag }) };
}

/**
 * The blocks that a path of `dataFilePath` without a tag names; undefined for any other file: it would be the file of
 * a table format, of somebody else, or a copy whose name was changed.
 */
export function parseDataFilePath(
  folder: string,
  table: string,
  path: string,
  extension: string,
): BlockRange | undefined {
  const parts = path.slice(folder.length + 1).split('/');
  const named = parseDataFileName(parts.pop() ?? '', extension);
  if (named?.table !== table || named.tag !== undefined || !parts.every((part) => /^[^=]+=/.test(part)))
    return undefined;
  const { digest, firstBlock, lastBlock } = named;
  const range = { digest, partitionPath: parts.join('/'), firstBlock, lastBlock };
  // A name that would not be written like this is somebody else's.
  return dataFilePath(folder, table, range, extension) === path ? range : undefined;
}

/** The partition columns a path of hive folders names: `year=2026/month=01` is `year`, `month`. */
export function partitionNames(partitionPath: string): readonly string[] {
  return partitionPath === '' ? [] : partitionPath.split('/').map((part) => part.slice(0, part.indexOf('=')));
}

/** A text that cannot be decoded is none of ours, and stays as it is. */
function decodeKey(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Percent-encodes what is not safe in a file name, and `_`, which stands between the two keys. */
function encodeKey(key: string): string {
  return encodeURIComponent(key).replace(
    /[_!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
