import { closeSync, fsync, lstatSync, openSync, readdirSync, statSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';

const fsyncFile = promisify(fsync);

/** What systems answer that cannot sync a file or a folder: some network mounts, and Windows for folders. */
const CANNOT_SYNC = ['EPERM', 'EINVAL', 'EISDIR', 'EBADF', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'];

/** Returns true once the disk has what was written, or false at once where the system cannot tell. */
export async function sync(descriptor: number): Promise<boolean> {
  try {
    await fsyncFile(descriptor);
    return true;
  } catch (error) {
    if (!CANNOT_SYNC.includes(codeOf(error) ?? '')) throw error;
    return false;
  }
}

/**
 * Makes a folder and its parents, and returns those that were made, inner ones first. Node's own `recursive` never
 * returns where a system answers ENOENT although the parent is there, as Linux does in /proc.
 */
export async function makeFolder(
  folder: string,
  hasParent = path.dirname(folder) === folder,
): Promise<readonly string[]> {
  try {
    await fs.mkdir(folder);
    return [folder];
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await fs.stat(folder)).isDirectory()) return [];
    if (codeOf(error) !== 'ENOENT' || hasParent) throw error;
    const parents = await makeFolder(path.dirname(folder));
    return [...(await makeFolder(folder, true)), ...parents];
  }
}

/** Makes names in a folder survive a power cut; systems that cannot open or sync a folder need not. */
export async function syncFolder(folder: string): Promise<void> {
  let descriptor: number;
  try {
    descriptor = openSync(folder, 'r');
  } catch {
    return;
  }
  try {
    await sync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

export interface FoundPath {
  /** Relative to the folder that was listed, with `/` between folders. */
  readonly path: string;
  readonly byteSize: number;
  readonly modifiedMs: number;
}

/** The code of the error for a link to a folder below one that is listed. */
const LINKED_FOLDER = 'DATAGEN_LINKED_FOLDER';
/** Other work has its turn after so many entries. */
const ENTRIES_BETWEEN_PAUSES = 1_000;

/**
 * All files below a folder, sorted by path: links to files are files; nothing if there is no such folder. Throws the
 * system's error, with its `path`, for what cannot be read and for links to nothing, and `LINKED_FOLDER` for a link to
 * a folder, which some readers follow and others (DuckDB, fastparquet) do not.
 */
export async function filesBelow(root: string): Promise<readonly FoundPath[]> {
  const found: FoundPath[] = [];
  let count = 0;
  const walk = async (folder: string, relative: string): Promise<void> => {
    for (const entry of unlessGone(folder, () => readdirSync(folder, { withFileTypes: true })) ?? []) {
      if (++count % ENTRIES_BETWEEN_PAUSES === 0) await setImmediate();
      const full = path.join(folder, entry.name);
      const name = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.isDirectory()) {
        await walk(full, name);
      } else if (entry.isFile() || entry.isSymbolicLink()) {
        const stat = unlessGone(full, () => statSync(full));
        if (stat?.isFile() === true) {
          found.push({ path: name, byteSize: stat.size, modifiedMs: stat.mtimeMs });
        } else if (stat?.isDirectory() === true) {
          throw Object.assign(new Error(`a link to a folder: ${full}`), { code: LINKED_FOLDER, path: full });
        }
      }
    }
  };
  if (statSync(root, { throwIfNoEntry: false }) === undefined) return [];
  await walk(root, '');
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** What `look` finds at a path; undefined if it was removed a moment ago, as other runs do. */
function unlessGone<T>(full: string, look: () => T): T | undefined {
  try {
    return look();
  } catch (error) {
    const isGone = codeOf(error) === 'ENOENT' && lstatSync(full, { throwIfNoEntry: false }) === undefined;
    if (isGone) return undefined;
    throw error;
  }
}

/** What the system calls an error, `ENOENT` for instance; also for errors of another realm, as Jest's are. */
export function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : undefined;
}
