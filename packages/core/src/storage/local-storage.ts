import { closeSync, createReadStream, writeSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { DatagenError } from '../support/errors.ts';
import type { ModuleRef } from '../support/module-ref.ts';
import { explainFailure } from './explain-failure.ts';
import { codeOf, filesBelow, sync, syncFolder } from './local-folder.ts';
import { rootOf } from './local-root.ts';
import { createFile, placeFile } from './place-file.ts';
import type { Storage, StoredFile, WriteOptions } from './storage.ts';
import {
  endTemporary,
  isTemporary,
  isTemporaryFolder,
  removeAbandonedFiles,
  removeEmptyFolders,
  temporaryPath,
} from './temporary-files.ts';

const CANNOT_SYNC =
  'The file system of the output cannot be told to write files to disk (fsync). Files that were just written may be lost in a power cut.';

/** What `ref` names. @public */
export function openLocalStorage(uri: string): Storage {
  return new LocalStorage(uri);
}

/**
 * A folder of the local file system; it is made at the first write. A write hands its bytes to the system on the
 * calling thread, which takes less of its time than a turn of Node's thread pool, and leaves only the disk to others.
 */
export class LocalStorage implements Storage {
  readonly uri: string;
  readonly ref: ModuleRef;
  readonly #root: string;
  #cannotSync = false;

  /** Takes a path, which may begin with `~/`, or `file:///…`; anything else is `INVALID_OPTION`. */
  constructor(uri: string) {
    this.#root = rootOf(uri);
    this.uri = uri;
    this.ref = {
      module: import.meta.url,
      export: 'openLocalStorage',
      options: pathToFileURL(this.#root).href,
    };
  }

  async list(folder: string): Promise<readonly StoredFile[]> {
    const below = await this.#try('list', folder, filesBelow);
    return below
      .map(({ path: name, ...rest }) => ({ path: path.posix.join(folder, name), ...rest }))
      .filter(({ path: relative }) => !isTemporary(relative));
  }

  async read(file: string, start = 0, end?: number): Promise<Uint8Array> {
    return this.#try('read', file, async (full) => {
      const from = start < 0 ? Math.max(0, (await fs.stat(full)).size + start) : start;
      if (end !== undefined && end <= from) return new Uint8Array(0);
      const chunks: Buffer[] = [];
      const stream = createReadStream(full, { start: from, ...(end !== undefined && { end: end - 1 }) });
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    });
  }

  get warnings(): readonly string[] {
    return this.#cannotSync ? [CANNOT_SYNC] : [];
  }

  location(file: string): string {
    return path.join(this.#root, file);
  }

  async write(
    file: string,
    chunks: AsyncIterable<Uint8Array>,
    { ifAbsent = false }: WriteOptions = {},
  ): Promise<number | undefined> {
    const temporary = temporaryPath(this.#root, file);
    const made: string[] = [];
    let isWhole = false;
    try {
      let byteSize = 0;
      const descriptor = await this.#try('write', file, () => createFile(temporary, made));
      try {
        for await (const chunk of chunks) {
          await this.#try('write', file, () => writeWhole(descriptor, chunk));
          byteSize += chunk.byteLength;
        }
        this.#cannotSync ||= !(await this.#try('write', file, () => sync(descriptor)));
      } finally {
        closeSync(descriptor);
      }
      isWhole = true;
      const isPlaced = await this.#try('write', file, () =>
        placeFile(temporary, { root: this.#root, name: file, ifAbsent }, made),
      );
      // A link leaves the temporary name, and a lost race the whole file.
      if (!ifAbsent) endTemporary(temporary);
      if (!isPlaced) return undefined;
      await this.#confirm(file, made);
      return byteSize;
    } finally {
      if (endTemporary(temporary)) {
        await fs.rm(temporary, { force: true }).catch(() => undefined);
        if (!isWhole) removeEmptyFolders(this.#root);
      }
    }
  }

  /** Folders that are empty then go, too: object stores have none. */
  async remove(file: string): Promise<void> {
    await this.#try('remove', file, (full) => fs.rm(full, { force: true }));
    try {
      for (let folder = path.dirname(file); folder !== '.'; folder = path.dirname(folder))
        await fs.rmdir(path.join(this.#root, folder));
    } catch {
      // Something else lies there, or somebody was first.
    }
    if (file.startsWith('.datagen/')) removeEmptyFolders(this.#root);
  }

  removeAbandoned(): Promise<void> {
    removeAbandonedFiles(this.#root);
    return Promise.resolve();
  }

  /** Makes the name of a file, and those of the folders made for it, survive a power cut. */
  async #confirm(file: string, made: readonly string[]): Promise<void> {
    const full = path.join(this.#root, file);
    try {
      await syncFolder(path.dirname(full));
      // Folders of temporary files need not survive, the output and its parents must.
      for (const folder of made.filter((name) => !isTemporaryFolder(this.#root, name)))
        await syncFolder(path.dirname(folder));
    } catch (cause) {
      throw new DatagenError(
        'STORAGE_FAILED',
        `${full} is in place, but the system cannot say whether it is on disk: ${explainFailure(codeOf(cause), cause)} The same command goes on from here.`,
        { cause, details: { path: full, code: codeOf(cause) } },
      );
    }
  }

  async #try<T>(action: string, relative: string, run: (full: string) => T | Promise<T>): Promise<T> {
    const full = path.join(this.#root, relative);
    try {
      return await run(full);
    } catch (cause) {
      const code = codeOf(cause);
      const reason =
        action === 'write' && code === 'ENOENT'
          ? 'no folder can be made there. Choose another output.'
          : explainFailure(code, cause);
      const at = action === 'list' ? ((cause as NodeJS.ErrnoException).path ?? full) : full;
      throw new DatagenError('STORAGE_FAILED', `Cannot ${action} ${at}: ${reason}`, {
        cause,
        details: { path: at, code },
      });
    }
  }
}

function writeWhole(descriptor: number, chunk: Uint8Array): void {
  for (let at = 0; at < chunk.byteLength;) at += writeSync(descriptor, chunk, at);
}
