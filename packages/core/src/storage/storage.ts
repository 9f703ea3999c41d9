import { DatagenError } from '../support/errors.ts';
import type { ModuleRef } from '../support/module-ref.ts';
import { withoutPassword } from '../support/secrets.ts';
import { LocalStorage } from './local-storage.ts';
import { MemoryStorage } from './memory-storage.ts';

export interface StoredFile {
  /** Relative to the storage, with `/` between folders. */
  readonly path: string;
  readonly byteSize: number;
}

/** A place for files, addressed by paths relative to it. All failures are `STORAGE_FAILED`. */
export interface Storage {
  readonly uri: string;
  /** Opens the same storage on another thread: the module and function that take `options` to a `Storage`. */
  readonly ref: ModuleRef;
  /** All files below a folder, sorted by path; nothing if the folder does not exist. */
  list(folder: string): Promise<readonly StoredFile[]>;
  /** The bytes from `start` to the end, or to `end` (exclusive); a negative `start` counts from the end. */
  read(path: string, start?: number, end?: number): Promise<Uint8Array>;
  /**
   * Puts a file, replacing one of that name; it appears whole and durable, or not at all. Returns its size. A chunk's
   * memory may be used again once the next chunk is asked for.
   */
  write(path: string, chunks: AsyncIterable<Uint8Array>): Promise<number>;
  /** Removes a file; one that does not exist is fine. */
  remove(path: string): Promise<void>;
  /** Removes what writes left below a folder when their process was killed; running writes are left alone. */
  removeAbandoned(folder: string): Promise<void>;
}

/** The storage at a path or URI: a local folder, `file:///…`, or `memory:name` inside this process. */
export function openStorage(uri: string): Storage {
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(uri)?.[1]?.toLowerCase();
  if (scheme === undefined || scheme === 'file') return new LocalStorage(uri);
  if (scheme === 'memory') return new MemoryStorage(uri);
  throw new DatagenError(
    'INVALID_OPTION',
    `Expected the output to be a local path, file:///… or memory:name, got "${withoutPassword(uri)}".`,
  );
}
