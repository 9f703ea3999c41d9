import {
  DatagenError,
  type ReadTable,
  type ReadTableOptions,
  type FormatReader,
  type Storage,
  tableConflict,
  type TableReader,
  unknownName,
} from '@datagen/core/writer';
import { type ListedFile, readParquetTable } from '@datagen/parquet/reader';
import { z } from '@datagen/core/zod';
import { DeltaLog } from './log/delta-log.ts';
import { nativeLog, type TableVersion } from './log/native-log.ts';
import { readColumnsIn } from './schema.ts';

const LOG = /^([^/]+)\/_delta_log\/[^/]+\.(?:json|parquet)$/;

/** Looks at tables of Delta Lake by their logs. */
class DeltaReader implements TableReader {
  readonly versionNoun = 'version';
  readonly #storage: Storage;

  constructor(storage: Storage) {
    this.#storage = storage;
  }

  async tableNames(): Promise<readonly string[]> {
    const listed = await this.#storage.list('');
    return [...new Set(listed.flatMap(({ path }) => LOG.exec(path)?.[1] ?? []))].sort();
  }

  async readTable(name: string, options: ReadTableOptions): Promise<ReadTable> {
    const log = new DeltaLog(nativeLog(), this.#storage, name);
    const newest = await log.load();
    if (newest === undefined) throw unknownName('table', name, await this.tableNames());
    refuseUnreadable(log.place, newest);
    const version = versionOf(name, newest, options.version);
    const live = await log.liveFiles(version);
    const [commit] = version === newest.version ? await log.commitsAfter(version - 1) : [];
    const committedMs = commit?.['timestamp'];
    return readParquetTable(
      this.#storage,
      {
        name,
        version: String(version),
        ...(typeof committedMs === 'number' && { committedMs }),
        files: live.map((file): ListedFile => ({
          path: `${name}/${file.path}`,
          byteSize: file.byteSize,
          partition: file.partitionValues,
        })),
        // Older versions may have had other columns, which their files tell.
        ...(version === newest.version && { columns: readColumnsIn(newest.schema) }),
      },
      options,
    );
  }
}

export const deltaReader: FormatReader = {
  options: z.strictObject({}),
  recognise: (paths) => (paths.some((path) => LOG.test(path)) ? 'metadata' : undefined),
  open: (output) => new DeltaReader(output),
};

/** Later readers take rows away by deletion vectors, or find columns by other names, neither of which the files tell. */
function refuseUnreadable(place: string, { minReaderVersion }: TableVersion): void {
  if (minReaderVersion <= 1) return;
  throw tableConflict(
    `Cannot look at the Delta table ${place}: it is for readers of version ${String(minReaderVersion)}, which may delete rows by deletion vectors or rename columns, and datagen reads version 1. Look at it with another engine.`,
    { place, minReaderVersion },
  );
}

function versionOf(name: string, { version }: TableVersion, asked: string | undefined): number {
  if (asked === undefined) return version;
  const number = /^\d+$/.test(asked) ? Number(asked) : Number.NaN;
  if (number <= version) return number;
  throw new DatagenError(
    'UNKNOWN_NAME',
    `Expected a version of \`${name}\` from 0 to ${String(version)}, got "${asked}".`,
    { details: { table: name, version: asked } },
  );
}
