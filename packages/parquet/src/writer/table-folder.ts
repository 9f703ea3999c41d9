import { type BlockRange, DatagenError, type Storage } from '@datagen/core/writer';
import { parseDataFilePath, partitionNames } from '../data-file/path.ts';

export interface FoundFile {
  readonly path: string;
  readonly range: BlockRange;
  readonly partitionNames: readonly string[];
}

/** The Parquet files below a table's folder. */
export interface TableFolder {
  readonly folder: string;
  /** Files that datagen wrote, by their names. */
  readonly ours: readonly FoundFile[];
  /** Paths of Parquet files that somebody else wrote. */
  readonly foreign: readonly string[];
}

/** The magic word at both ends and the length of the footer. */
const LEAST_FILE_SIZE = 12;

/**
 * Lists what a table's folder holds; costs one listing and opens no file. Refuses a folder that is a table of another
 * format, and files too short to be Parquet, which no write of ours leaves but a full disk elsewhere may.
 */
export async function readTableFolder(storage: Storage, table: string): Promise<TableFolder> {
  const folder = table;
  const ours: FoundFile[] = [];
  const foreign: string[] = [];
  for (const { path, byteSize } of await storage.list(folder)) {
    refuseOtherFormats(storage, folder, path);
    const parts = path.slice(folder.length + 1).split('/');
    // Readers skip names that begin with a dot or an underscore.
    if (!path.endsWith('.parquet') || parts.some((part) => /^[._]/.test(part))) continue;
    if (byteSize < LEAST_FILE_SIZE) {
      throw new DatagenError(
        'TABLE_CONFLICT',
        `${storage.uri}/${path} is no whole Parquet file (${byteSize} bytes). Remove it and run the same command again.`,
        {
          details: { path, byteSize },
        },
      );
    }
    const range = parseDataFilePath(folder, table, path);
    if (range === undefined) foreign.push(path);
    else ours.push({ path, range, partitionNames: partitionNames(range.partitionPath) });
  }
  return { folder, ours, foreign };
}

function refuseOtherFormats(storage: Storage, folder: string, path: string): void {
  const inside = path.slice(folder.length + 1);
  const format = inside.startsWith('_delta_log/')
    ? 'a Delta'
    : /^metadata\/.*\.metadata\.json$/.test(inside)
      ? 'an Iceberg'
      : undefined;
  if (format === undefined) return;
  throw new DatagenError(
    'TABLE_CONFLICT',
    `${storage.uri}/${folder} is ${format} table, whose metadata would not know of plain Parquet files. Choose another output, or write that format.`,
    { details: { path: folder } },
  );
}
