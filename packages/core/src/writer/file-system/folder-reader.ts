import type { Storage } from '../../storage/storage.ts';
import { DatagenError } from '../../support/errors.ts';
import { unknownName } from '../../support/names.ts';
import { option, sentence } from '../../support/sentence.ts';
import type { ReadTable, ReadTableOptions, Recognition, TableReader } from '../table-reader.ts';

const NULL_FOLDER = '__HIVE_DEFAULT_PARTITION__';

/** A data file of a table, and the values of columns that its folders say. */
export interface FolderFile {
  /** Relative to the storage. */
  readonly path: string;
  readonly byteSize: number;
  readonly partition: Readonly<Record<string, string | null>>;
}

/** A table as its listing has it. */
export interface FolderTable {
  readonly name: string;
  /** One or more. */
  readonly files: readonly FolderFile[];
}

/** How tables of a format that are folders of files are read. */
export interface FolderFormat {
  /** As it stands before the word "files": `Parquet`. */
  readonly name: string;
  /** The names of its data files. */
  readonly isDataFile: RegExp;
  readTable(storage: Storage, table: FolderTable, options: ReadTableOptions): Promise<ReadTable>;
}

/** Looks at folders of files, partitioned as Hive does, whoever wrote them. */
export class FolderReader implements TableReader {
  readonly versionNoun = 'version';
  readonly #storage: Storage;
  readonly #format: FolderFormat;

  constructor(storage: Storage, format: FolderFormat) {
    this.#storage = storage;
    this.#format = format;
  }

  async tableNames(): Promise<readonly string[]> {
    const listed = await this.#storage.list('');
    return [...new Set(listed.flatMap(({ path }) => tableOf(path, this.#format) ?? []))].sort();
  }

  async readTable(name: string, options: ReadTableOptions): Promise<ReadTable> {
    if (options.version !== undefined) {
      throw new DatagenError(
        'INVALID_OPTION',
        sentence`Expected no ${option('version')} for folders of ${this.#format.name} files, got "${options.version}": they keep no versions.`,
        { details: { option: 'version' } },
      );
    }
    const listed = await this.#storage.list(name);
    const files = listed
      .filter(({ path }) => tableOf(path, this.#format) === name)
      .map(({ path, byteSize }) => ({ path, byteSize, partition: partitionOf(path) }));
    if (files.length === 0) throw unknownName('table', name, await this.tableNames());
    return this.#format.readTable(this.#storage, { name, files }, options);
  }
}

/** Whether paths below an output could be tables of a format. */
export function recogniseFolders(
  paths: readonly string[],
  format: Pick<FolderFormat, 'isDataFile'>,
): Recognition {
  return paths.some((path) => tableOf(path, format) !== undefined) ? 'files' : undefined;
}

/** The table that a path is a data file of: the folder above those of its partitions. Hidden places are none. */
function tableOf(path: string, { isDataFile }: Pick<FolderFormat, 'isDataFile'>): string | undefined {
  const [table = '', ...inside] = path.split('/');
  const file = inside.pop();
  if (file === undefined || !isDataFile.test(file)) return undefined;
  if ([table, file].some((part) => /^[._]/.test(part))) return undefined;
  return inside.every((part) => /^[^=]+=/.test(part)) ? table : undefined;
}

/** `year=2026/month=01` as values. */
function partitionOf(path: string): Readonly<Record<string, string | null>> {
  const folders = path.split('/').slice(1, -1);
  return Object.fromEntries(
    folders.map((folder) => {
      const at = folder.indexOf('=');
      const text = folder.slice(at + 1);
      return [decoded(folder.slice(0, at)), text === NULL_FOLDER ? null : decoded(text)];
    }),
  );
}

/** A text that is no percent-encoding is of a writer that does not encode, and stays as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
