import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  DatagenError,
  isDatagenError,
  reasonOf,
  type Storage,
  tableConflict,
  tableLocation,
} from '@datagen/core/writer';
import type { LiveFile, LogChange, NativeLog, StoreOptions, TableVersion } from './native-log.ts';

const CODE = /^([A-Z_]+): /;
const CONFLICT = 'CONFLICT';

/** The log of one table, whose failures are those of datagen: one sentence that names the table. */
export class DeltaLog {
  /** What the table is called in messages. */
  readonly place: string;
  readonly #native: NativeLog;
  readonly #storage: Storage;
  readonly #location: string;

  /** Throws `INVALID_OPTION` for a storage that native code does not reach, and a location that Delta readers misread. */
  constructor(native: NativeLog, storage: Storage, folder: string) {
    this.place = `${storage.uri}/${folder}`;
    this.#native = native;
    this.#storage = storage;
    this.#location = locationOf(storage, folder);
  }

  /** The newest version; undefined where there is no table. */
  async load(): Promise<TableVersion | undefined> {
    return (
      (await this.#run('read', (options) => this.#native.loadTable(this.#location, options))) ?? undefined
    );
  }

  liveFiles(version: number): Promise<readonly LiveFile[]> {
    return this.#run('read', (options) => this.#native.liveFiles(this.#location, options, version));
  }

  /** The version that was committed; undefined, and nothing left, where the base is not the newest version any more. */
  async commit(change: LogChange): Promise<number | undefined> {
    try {
      return await this.#run('commit', (options) => this.#native.commit(this.#location, options, change));
    } catch (thrown) {
      if (isDatagenError(thrown) && codeOf(thrown.cause) === CONFLICT) return undefined;
      throw thrown;
    }
  }

  /** The `commitInfo` of each version after one, oldest first. */
  async commitsAfter(version: number): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const found = await this.#run('read', (options) =>
      this.#native.commitsAfter(this.#location, options, version),
    );
    return found.map((json) => JSON.parse(json) as Record<string, unknown>);
  }

  writeCheckpoint(version: number): Promise<void> {
    return this.#run('write the checkpoint of', (options) =>
      this.#native.writeCheckpoint(this.#location, options, version),
    );
  }

  async #run<T>(action: string, call: (options: StoreOptions) => Promise<T>): Promise<T> {
    // Credentials may end while a run makes its files: each call asks for them.
    const options = (await this.#storage.credentials?.()) ?? {};
    try {
      return await call(options);
    } catch (cause) {
      throw failureOf(cause, action, this.place);
    }
  }
}

function failureOf(cause: unknown, action: string, place: string): DatagenError {
  const code = codeOf(cause);
  const reason = firstLine(reasonOf(cause).replace(CODE, ''));
  if (code === 'LOG_DAMAGED') {
    return new DatagenError(
      'TABLE_CONFLICT',
      `The log of ${place} is damaged or not complete, and nothing was written: ${reason}. Restore its folder _delta_log, or choose another output.`,
      { cause, details: { place } },
    );
  }
  if (code === 'UNSUPPORTED')
    return tableConflict(`Cannot ${action} the Delta table ${place}: ${reason}.`, { place });
  return new DatagenError('STORAGE_FAILED', `Cannot ${action} the log of ${place}: ${reason}.`, {
    cause,
    details: { place, code },
  });
}

/** The code that the message of an addon's error begins with. */
function codeOf(thrown: unknown): string | undefined {
  return CODE.exec(reasonOf(thrown))?.[1];
}

function firstLine(text: string): string {
  return (text.split('\n', 1)[0] ?? '').replace(/[.\s]+$/, '');
}

/** A URL that ends in `/`. */
function locationOf(storage: Storage, folder: string): string {
  const location = tableLocation(storage, folder, 'Delta');
  if (location.includes('%')) {
    throw new DatagenError(
      'INVALID_OPTION',
      `Delta readers take a "%" in the name of a table's folder for the start of an encoded character: ${location}. Choose an output without it.`,
      { details: { option: 'output' } },
    );
  }
  return path.isAbsolute(location) ? `${pathToFileURL(location).href}/` : `${location}/`;
}
