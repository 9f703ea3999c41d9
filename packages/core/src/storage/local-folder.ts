import { closeSync, fsync, openSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

/** Returns once the disk has what was written. */
export const sync = promisify(fsync);

/**
 * Makes a folder and its parents. Node's own `recursive` never returns where a system answers ENOENT although the
 * parent is there, as Linux does in /proc.
 */
export async function makeFolder(folder: string, hasParent = path.dirname(folder) === folder): Promise<void> {
  try {
    await fs.mkdir(folder);
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await fs.stat(folder)).isDirectory()) return;
    if (codeOf(error) !== 'ENOENT' || hasParent) throw error;
    await makeFolder(path.dirname(folder));
    await makeFolder(folder, true);
  }
}

/** Makes a rename itself survive a power cut; some systems cannot open or sync a folder, and need not. */
export async function syncFolder(folder: string): Promise<void> {
  let descriptor: number;
  try {
    descriptor = openSync(folder, 'r');
  } catch {
    return;
  }
  try {
    await sync(descriptor);
  } catch (error) {
    if (!['EPERM', 'EINVAL', 'EISDIR', 'EBADF'].includes(codeOf(error) ?? '')) throw error;
  } finally {
    closeSync(descriptor);
  }
}

/** What the system calls an error, `ENOENT` for instance. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}
