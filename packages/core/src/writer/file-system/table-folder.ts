import { parseDataFileName, parseDataFilePath, partitionNames } from '../../plan/data-file-path.ts';
import type { BlockRange } from '../../plan/file-coverage.ts';
import type { Storage, StoredFile } from '../../storage/storage.ts';
import { tableConflict } from '../table-conflicts.ts';

/** How the files of a format are told from others by their names. */
export interface FileKind {
  /** As it stands before the word: `Parquet`. */
  readonly name: string;
  /** What names of its data files may end with: `.csv`, `.csv.gz`. */
  readonly extensions: readonly string[];
  /** The names of files that readers of a folder take for the table's. */
  readonly isRead: RegExp;
}

export interface FoundFile extends StoredFile {
  readonly range: BlockRange;
  readonly partitionNames: readonly string[];
}

/** The files of one format below a table's folder, as the table's readers see them. */
export interface TableFolder {
  readonly folder: string;
  readonly kind: FileKind;
  /** Files that datagen wrote, by their names. */
  readonly ours: readonly FoundFile[];
  /** Files that somebody else wrote, or renamed, or put into a hidden place that some readers look into. */
  readonly foreign: readonly StoredFile[];
}

/** Lists what a table's folder holds; costs one listing and opens no file. Refuses a folder that is a table of another format. */
export async function readTableFolder(storage: Storage, table: string, kind: FileKind): Promise<TableFolder> {
  const folder = table;
  const ours: FoundFile[] = [];
  const foreign: StoredFile[] = [];
  for (const stored of await storage.list(folder)) {
    const { path } = stored;
    const other = otherFormatOf(table, path.slice(folder.length + 1), kind);
    if (other !== undefined) throw otherFormat(`${storage.uri}/${folder}`, other, kind);
    if (!kind.isRead.test(path)) continue;
    const range = rangeOf(folder, table, path, kind);
    if (range === undefined) foreign.push(stored);
    else ours.push({ ...stored, range, partitionNames: partitionNames(range.partitionPath) });
  }
  return { folder, kind, ours, foreign };
}

function rangeOf(
  folder: string,
  table: string,
  path: string,
  { extensions }: FileKind,
): BlockRange | undefined {
  const extension = extensions.find((each) => path.endsWith(each));
  return extension === undefined ? undefined : parseDataFilePath(folder, table, path, extension);
}

/** The format that a path inside of a folder says the folder is a table of; undefined where it may be one of `kind`. */
function otherFormatOf(table: string, inside: string, { isRead }: FileKind): string | undefined {
  if (inside.startsWith('_delta_log/')) return 'a Delta table, whose metadata';
  if (/^metadata\/.*\.metadata\.json$/.test(inside)) return 'an Iceberg table, whose metadata';
  if (isRead.test(inside)) return undefined;
  const name = inside.slice(inside.lastIndexOf('/') + 1);
  const [, extension] = /[^.](\.[a-z]+(?:\.[a-z]+)?)$/.exec(name) ?? [];
  if (extension === undefined || parseDataFileName(name, extension)?.table !== table) return undefined;
  return `a table of ${extension} files (${inside}), whose readers`;
}

function otherFormat(place: string, other: string, { name }: FileKind) {
  return tableConflict(
    `${place} is ${other} would not know of plain ${name} files. Choose another output, or write that format.`,
    { path: place },
  );
}
