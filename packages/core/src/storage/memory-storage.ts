import { DatagenError } from '../support/errors.ts';
import type { ModuleRef } from '../support/module-ref.ts';
import type { Storage, StoredFile } from './storage.ts';

/** Contents by URI, so that every storage opened under one name in this process is the same one. */
const contents = new Map<string, Map<string, Uint8Array>>();

/** What `ref` names. @public */
export function openMemoryStorage(uri: string): Storage {
  return new MemoryStorage(uri);
}

/** Files in this process's memory, for tests and small examples: `memory:any-name`. */
export class MemoryStorage implements Storage {
  readonly uri: string;
  readonly ref: ModuleRef;
  readonly #files: Map<string, Uint8Array>;

  constructor(uri: string) {
    this.uri = uri;
    this.ref = { module: import.meta.url, export: 'openMemoryStorage', options: uri, thisThreadOnly: true };
    this.#files = contents.get(uri) ?? new Map<string, Uint8Array>();
    contents.set(uri, this.#files);
  }

  list(folder: string): Promise<readonly StoredFile[]> {
    const prefix = folder === '' ? '' : `${folder}/`;
    const paths = [...this.#files.keys()].filter((path) => path.startsWith(prefix)).sort();
    return Promise.resolve(paths.map((path) => ({ path, byteSize: this.#files.get(path)?.byteLength ?? 0 })));
  }

  read(path: string, start = 0, end?: number): Promise<Uint8Array> {
    const bytes = this.#files.get(path);
    if (bytes === undefined) {
      return Promise.reject(
        new DatagenError('STORAGE_FAILED', `Cannot read ${this.uri}/${path}: it does not exist.`),
      );
    }
    return Promise.resolve(bytes.slice(start, end));
  }

  async write(path: string, chunks: AsyncIterable<Uint8Array>): Promise<number> {
    const collected: Uint8Array[] = [];
    for await (const chunk of chunks) collected.push(new Uint8Array(chunk));
    const bytes = new Uint8Array(Buffer.concat(collected));
    this.#files.set(path, bytes);
    return bytes.byteLength;
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
