import {
  type CoveredDays,
  type DatasetIdentity,
  isDatagenError,
  type Storage,
  type StoredFile,
} from '@datagen/core/writer';

/** One commit of a table: a JSON file in `<table>/_log/`, numbered from 1, that is created and never changed. */
export interface LogEntry {
  readonly runId: string;
  readonly dataset: DatasetIdentity;
  /** Name and type of each column; the same in all entries of a table. */
  readonly columns: readonly string[];
  readonly partitionBy: readonly string[];
  readonly generation: number;
  /** What the table holds from this commit on, by digest. */
  readonly coverage: Readonly<Record<string, CoveredDays>>;
  readonly add: readonly LoggedFile[];
  /** Paths of files that were live before. */
  readonly remove: readonly string[];
}

interface LoggedFile {
  readonly path: string;
  readonly byteSize: number;
  readonly rowCount: number;
  /** UTC days of its first and last block; absent for a table without time. */
  readonly days?: readonly [first: string, last: string];
}

/** A table as its log says: the number of its last commit, all commits, and the files that are live. */
export interface Log {
  readonly version: number;
  readonly entries: readonly LogEntry[];
  readonly live: ReadonlyMap<string, LoggedFile>;
}

export async function readLog(storage: Storage, table: string): Promise<Log> {
  const listed = await storage.list(logFolder(table));
  const entries: LogEntry[] = [];
  for (const { path } of listed) entries.push(await readEntry(storage, path));
  const live = new Map<string, LoggedFile>();
  for (const { add, remove } of entries) {
    for (const path of remove) live.delete(path);
    for (const file of add) live.set(file.path, file);
  }
  return { version: entries.length, entries, live };
}

/** Adds the entry that makes a table's `version`, if there is none: false if somebody else was first. */
export async function appendEntry(
  storage: Storage,
  table: string,
  version: number,
  entry: LogEntry,
): Promise<boolean> {
  const bytes = new TextEncoder().encode(JSON.stringify(entry));
  const path = `${logFolder(table)}/${String(version).padStart(10, '0')}.json`;
  const byteSize = await storage.write(path, once(bytes), { ifAbsent: true });
  return byteSize !== undefined;
}

function logFolder(table: string): string {
  return `${table}/_log`;
}

async function readEntry(storage: Storage, path: StoredFile['path']): Promise<LogEntry> {
  return JSON.parse(new TextDecoder().decode(await storage.read(path))) as LogEntry;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

/** Whether storage failed, after which nobody knows whether a file was put. */
export function isStorageFailure(thrown: unknown): boolean {
  return isDatagenError(thrown) && thrown.code === 'STORAGE_FAILED';
}
