import { type BlockRange, DatagenError, type Storage, type StoredFile } from '@datagen/core/writer';
import { parseDataFilePath, partitionNames } from '../data-file/path.ts';

export interface FoundFile extends StoredFile {
  readonly range: BlockRange;
  readonly partitionNames: readonly string[];
}

/** The Parquet files below a table's folder, as its readers see them. */
export interface TableFolder {
  readonly folder: string;
  /** Files that datagen wrote, by their names. */
  readonly ours: readonly FoundFile[];
  /** Files that somebody else wrote, or renamed, or put into a hidden place that some readers look into. */
  readonly foreign: readonly StoredFile[];
}

/** Lists what a table's folder holds; costs one listing and opens no file. Refuses a folder that is a table of another format. */
export async function readTableFolder(storage: Storage, table: string): Promise<TableFolder> {
  const folder = table;
  const ours: FoundFile[] = [];
  const foreign: StoredFile[] = [];
  for (const stored of await storage.list(folder)) {
    const { path } = stored;
    refuseOtherFormats(storage, folder, path);
    if (!/\.(parquet|parq|pq)$/i.test(path)) continue;
    const range = parseDataFilePath(folder, table, path);
    if (range === undefined) foreign.push(stored);
    else ours.push({ ...stored, range, partitionNames: partitionNames(range.partitionPath) });
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
