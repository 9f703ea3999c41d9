import {
  closeSync,
  constants,
  copyFileSync,
  createReadStream,
  linkSync,
  openSync,
  renameSync,
  writeSync,
} from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DatagenError, reasonOf } from '../support/errors.ts';
import type { ModuleRef } from '../support/module-ref.ts';
import { codeOf, filesBelow, makeFolder, sync, syncFolder } from './local-folder.ts';
import type { Storage, StoredFile, WriteOptions } from './storage.ts';
import {
  endTemporary,
  isTemporary,
  removeAbandonedFiles,
  removeEmptyFolders,
  temporaryPath,
} from './temporary-files.ts';

/** Folders of temporary files and claims come and go with those in them. */
const FOLDER_TRIES = 20;

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
      const descriptor = await this.#try('write', file, () => createFile(temporary));
      try {
        for await (const chunk of chunks) {
          await this.#try('write', file, () => writeWhole(descriptor, chunk));
          byteSize += chunk.byteLength;
        }
        await this.#try('write', file, () => sync(descriptor));
      } finally {
        closeSync(descriptor);
      }
      isWhole = true;
      const isPlaced = await this.#try('write', file, (full) => place(temporary, full, ifAbsent, made));
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

  async remove(file: string): Promise<void> {
    await this.#try('remove', file, (full) => fs.rm(full, { force: true }));
    if (file.startsWith('.datagen/')) {
      await fs.rmdir(path.dirname(path.join(this.#root, file))).catch(() => undefined);
      removeEmptyFolders(this.#root);
    }
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
      for (const folder of made) await syncFolder(path.dirname(folder));
    } catch (cause) {
      throw new DatagenError(
        'STORAGE_FAILED',
        `${full} is in place, but the system cannot say whether it is on disk: ${explain(codeOf(cause), cause)} The same command goes on from here.`,
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
          : explain(code, cause);
      const at = action === 'list' ? ((cause as NodeJS.ErrnoException).path ?? full) : full;
      throw new DatagenError('STORAGE_FAILED', `Cannot ${action} ${at}: ${reason}`, {
        cause,
        details: { path: at, code },
      });
    }
  }
}

function rootOf(uri: string): string {
  if (uri.startsWith('file:')) {
    if (!/^file:\/\/(localhost)?\//.test(uri)) throw invalidOutput(uri, 'file:///absolute/path');
    return fileURLToPath(uri.replace('file://localhost/', 'file:///'));
  }
  if (uri.trim() === '' || uri === '-') throw invalidOutput(uri, 'a folder');
  const expanded = uri === '~' || uri.startsWith('~/') ? path.join(os.homedir(), uri.slice(1)) : uri;
  try {
    return path.resolve(expanded);
  } catch (cause) {
    if (codeOf(cause) !== 'ENOENT') throw cause;
    throw new DatagenError(
      'STORAGE_FAILED',
      'The folder that this command was started in does not exist any more. Change to another one.',
      { cause },
    );
  }
}

function invalidOutput(uri: string, expected: string): DatagenError {
  return new DatagenError('INVALID_OPTION', `Expected the output to be ${expected}, got "${uri}".`, {
    details: { option: 'output' },
  });
}

/** A new file, and its folder if there is none. */
function createFile(file: string): Promise<number> {
  return inFolder(path.dirname(file), [], () => openSync(file, 'wx'));
}

/** Gives a whole file its name; false if `ifAbsent` was asked for and there is one. */
function place(temporary: string, full: string, ifAbsent: boolean, made: string[]): Promise<boolean> {
  return inFolder(path.dirname(full), made, () => {
    if (ifAbsent) return placeNew(temporary, full);
    renameSync(temporary, full);
    return true;
  });
}

/**
 * Does something in a folder, which is made if it is not there; those that were made are added to `made`. Another
 * run may remove a folder in which it finds nothing, so this may take several tries.
 */
async function inFolder<T>(folder: string, made: string[], act: () => T): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return act();
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' || attempt === FOLDER_TRIES) throw error;
    }
    try {
      made.push(...(await makeFolder(folder)));
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' || attempt === FOLDER_TRIES - 1) throw error;
    }
  }
}

/** A link is made only if there is no file of that name; systems without links copy, which is exclusive as well. */
function placeNew(temporary: string, full: string): boolean {
  try {
    try {
      linkSync(temporary, full);
    } catch (error) {
      if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV'].includes(codeOf(error) ?? ''))
        throw error;
      copyFileSync(temporary, full, constants.COPYFILE_EXCL);
    }
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function writeWhole(descriptor: number, chunk: Uint8Array): void {
  for (let at = 0; at < chunk.byteLength;) at += writeSync(descriptor, chunk, at);
}

const EXPLANATIONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied. Choose a folder you may write to, or change its permissions.',
  EPERM: 'permission denied. Choose a folder you may write to, or change its permissions.',
  EROFS: 'the file system is read-only. Choose another folder.',
  ENOSPC: 'the disk is full. Free some space and run the same command again; finished files are kept.',
  EDQUOT:
    'the disk quota is used up. Free some space and run the same command again; finished files are kept.',
  ENOTDIR: 'a file is in the place of a folder. Remove it or choose another output.',
  EEXIST: 'a file is in the place of a folder. Remove it or choose another output.',
  EISDIR: 'a folder is in the place of a file. Remove it or choose another output.',
  ENOENT: 'it does not exist.',
  ELOOP: 'its symbolic links go in a circle. Remove one of them or choose another output.',
  ENAMETOOLONG: 'the path is longer than the file system allows. Choose a shorter output.',
  EMFILE: 'too many files are open. Raise the limit (`ulimit -n`) or use fewer workers.',
  ENFILE: 'the system has too many files open. Run the same command again later.',
  EXDEV: 'the folder of the table is on another file system than the output. Choose an output on that one.',
};

function explain(code: string | undefined, cause: unknown): string {
  return EXPLANATIONS[code ?? ''] ?? reasonOf(cause);
}
