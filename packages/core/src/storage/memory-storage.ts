import { DatagenError } from '../support/errors.ts';
import type { ModuleRef } from '../support/module-ref.ts';
import type { Storage, StoredFile, WriteOptions } from './storage.ts';

/** Contents by URI, so that every storage opened under one name in this process is the same one. */
const contents = new Map<string, Map<string, MemoryFile>>();

interface MemoryFile {
  readonly bytes: Uint8Array;
  readonly modifiedMs: number;
}

/** What `ref` names. @public */
export function openMemoryStorage(uri: string): Storage {
  return new MemoryStorage(uri);
}

/** Files in this process's memory, for tests and small examples: `memory:any-name`. */
export class MemoryStorage implements Storage {
  readonly uri: string;
  readonly ref: ModuleRef;
  readonly #files: Map<string, MemoryFile>;

  constructor(uri: string) {
    this.uri = uri;
    this.ref = { module: import.meta.url, export: 'openMemoryStorage', options: uri, thisThreadOnly: true };
    this.#files = contents.get(uri) ?? new Map<string, MemoryFile>();
    contents.set(uri, this.#files);
  }

  list(folder: string): Promise<readonly StoredFile[]> {
    const prefix = folder === '' ? '' : `${folder}/`;
    const paths = [...this.#files.keys()].filter((path) => path.startsWith(prefix)).sort();
    return Promise.resolve(
      paths.map((path) => {
        const { bytes, modifiedMs } = this.#files.get(path) as MemoryFile;
        return { path, byteSize: bytes.byteLength, modifiedMs };
      }),
    );
  }

  read(path: string, start = 0, end?: number): Promise<Uint8Array> {
    const bytes = this.#files.get(path)?.bytes;
    if (bytes === undefined) {
      return Promise.reject(
        new DatagenError('STORAGE_FAILED', `Cannot read ${this.uri}/${path}: it does not exist.`),
      );
    }
    return Promise.resolve(bytes.slice(start, end));
  }

  async write(
    path: string,
    chunks: AsyncIterable<Uint8Array>,
    { ifAbsent = false }: WriteOptions = {},
  ): Promise<number | undefined> {
    const collected: Uint8Array[] = [];
    for await (const chunk of chunks) collected.push(new Uint8Array(chunk));
    const bytes = new Uint8Array(Buffer.concat(collected));
    if (ifAbsent && this.#files.has(path)) return undefined;
    this.#files.set(path, { bytes, modifiedMs: Date.now() });
    return bytes.byteLength;
  }

  location(path: string): string {
    return `${this.uri}/${path}`;
  }

  remove(path: string): Promise<void> {
    this.#files.delete(path);
    return Promise.resolve();
  }

  /** Nothing outlives the process that wrote it. */
  removeAbandoned(): Promise<void> {
    return Promise.resolve();
  }
}
