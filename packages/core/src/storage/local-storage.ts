import { createHash } from 'node:crypto';
import { closeSync, createReadStream, linkSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DatagenError, reasonOf } from '../support/errors.ts';
import type { ModuleRef } from '../support/module-ref.ts';
import { codeOf, makeFolder, sync, syncFolder } from './local-folder.ts';
import type { Storage, StoredFile, WriteOptions } from './storage.ts';

const host = createHash('sha256').update(os.hostname()).digest('hex').slice(0, 8);
/** `.orders-….parquet.<host>-<process>-<number>.tmp`: hidden from table readers, and it tells who is writing. */
const TEMPORARY = /^\..*\.([0-9a-f]{8})-(\d+)-\d+\.tmp$/;
let temporaryCount = 0;
/** Files that this thread is writing. */
const underWay = new Set<string>();
let cleansAtExit = false;

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

  constructor(uri: string) {
    this.#root = path.resolve(uri.startsWith('file:') ? fileURLToPath(uri) : uri);
    this.uri = uri;
    this.ref = {
      module: import.meta.url,
      export: 'openLocalStorage',
      options: pathToFileURL(this.#root).href,
    };
  }

  async list(folder: string): Promise<readonly StoredFile[]> {
    const found: StoredFile[] = [];
    for (const name of await this.#names(folder)) {
      if (TEMPORARY.test(path.basename(name))) continue;
      const relative = path.posix.join(folder, name);
      const { size, mtimeMs } = await this.#try('read', relative, (full) => fs.stat(full));
      found.push({ path: relative, byteSize: size, modifiedMs: mtimeMs });
    }
    return found;
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

  async write(
    file: string,
    chunks: AsyncIterable<Uint8Array>,
    { ifAbsent = false }: WriteOptions = {},
  ): Promise<number | undefined> {
    const full = path.join(this.#root, file);
    const folder = path.dirname(full);
    const suffix = `${host}-${String(process.pid)}-${String(temporaryCount++)}.tmp`;
    const temporary = path.join(folder, `.${path.basename(full)}.${suffix}`);
    removeAtExit(temporary);
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
      if (ifAbsent) {
        try {
          linkSync(temporary, full);
        } catch (error) {
          if (codeOf(error) === 'EEXIST') return undefined;
          throw error;
        }
        rmSync(temporary);
      } else {
        await this.#try('write', file, () => renameSync(temporary, full));
      }
      underWay.delete(temporary);
      await syncFolder(folder);
      return byteSize;
    } finally {
      if (underWay.delete(temporary)) await fs.rm(temporary, { force: true }).catch(() => undefined);
    }
  }

  async remove(file: string): Promise<void> {
    await this.#try('remove', file, (full) => fs.rm(full, { force: true }));
  }

  location(file: string): string {
    return path.join(this.#root, file);
  }

  async removeAbandoned(): Promise<void> {
    const folder = '';
    for (const name of await this.#names(folder)) {
      const [, writtenOn, writtenBy] = TEMPORARY.exec(path.basename(name)) ?? [];
      if (writtenOn === host && !isRunning(Number(writtenBy)))
        await this.remove(path.posix.join(folder, name));
    }
  }

  /** Relative paths of all files below a folder, sorted. */
  async #names(folder: string): Promise<string[]> {
    return this.#try('list', folder, async (full) => {
      const entries = await fs
        .readdir(full, { recursive: true, withFileTypes: true })
        .catch((error: unknown) => {
          if (codeOf(error) === 'ENOENT') return [];
          throw error;
        });
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) =>
          path.relative(full, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'),
        )
        .sort();
    });
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
      throw new DatagenError('STORAGE_FAILED', `Cannot ${action} ${full}: ${reason}`, {
        cause,
        details: { path: full, code },
      });
    }
  }
}

/** A plug-in may end its thread in the middle of a file, or the process: no `finally` runs then. */
function removeAtExit(temporary: string): void {
  underWay.add(temporary);
  if (cleansAtExit) return;
  cleansAtExit = true;
  process.on('exit', () => {
    for (const file of underWay) rmSync(file, { force: true });
  });
}

/** A new file, and its folder if there is none. */
async function createFile(file: string): Promise<number> {
  try {
    return openSync(file, 'wx');
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    await makeFolder(path.dirname(file));
    return openSync(file, 'wx');
  }
}

function writeWhole(descriptor: number, chunk: Uint8Array): void {
  for (let at = 0; at < chunk.byteLength;) at += writeSync(descriptor, chunk, at);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return codeOf(error) === 'EPERM';
  }
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
};

function explain(code: string | undefined, cause: unknown): string {
  return EXPLANATIONS[code ?? ''] ?? reasonOf(cause);
}
