import type { ModuleRef } from '../support/module-ref.ts';

export interface StoredFile {
  /** Relative to the storage, with `/` between folders. */
  readonly path: string;
  readonly byteSize: number;
  /** When it was put or last replaced, by the storage's clock, in ms since 1970. */
  readonly modifiedMs: number;
}

export interface WriteOptions {
  /** Creates only: a file that is there is left alone. */
  readonly ifAbsent?: boolean;
}

/** A place for files, addressed by paths relative to it. All failures are `STORAGE_FAILED`. */
export interface Storage {
  readonly uri: string;
  /** Opens the same storage on another thread: the module and function that take `options` to a `Storage`. */
  readonly ref: ModuleRef;
  /** Sentences on what its user should know of the files that were written so far; they go into the report of a run. */
  readonly warnings?: readonly string[];
  /** All files below a folder, sorted by path; nothing if the folder does not exist. */
  list(folder: string): Promise<readonly StoredFile[]>;
  /** The bytes from `start` to the end, or to `end` (exclusive); a negative `start` counts from the end. */
  read(path: string, start?: number, end?: number): Promise<Uint8Array>;
  /**
   * Puts a file, replacing one of that name; it appears whole and durable, or not at all. Returns its size, or undefined
   * if `ifAbsent` was asked for and a file of that name is there. A chunk's memory may be used again once the next
   * chunk is asked for.
   */
  write(path: string, chunks: AsyncIterable<Uint8Array>, options?: WriteOptions): Promise<number | undefined>;
  /** Removes a file; one that does not exist is fine. */
  remove(path: string): Promise<void>;
  /** What other programs call a file: an absolute path, or a URI such as `s3://bucket/prefix/path`; never `file:`. */
  location(path: string): string;
  /** What native code needs to reach the storage itself, by the names that it knows; absent where nothing is needed. */
  credentials?(): Promise<Readonly<Record<string, string>>>;
  /** Removes what writes left when their process was killed; running writes are left alone. */
  removeAbandoned(): Promise<void>;
}
