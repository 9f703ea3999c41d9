import { readdirSync, rmdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { ownerState, ownOwner } from '../support/owner.ts';

/** Below the output and beside its tables, where no scan of a table meets a file that is not whole. */
const FOLDER = ['.datagen', 'tmp'];
const ABANDONED_AFTER_MS = 86_400_000;

let count = 0;
/** Files that this thread is writing. */
const underWay = new Set<string>();
let cleansAtExit = false;

/** A path for a file that is being written: `<root>/.datagen/tmp/<owner>~<number>~<name>.tmp`. */
export function temporaryPath(root: string, name: string): string {
  const unique = `${ownOwner()}~${String(process.hrtime.bigint())}${String(count++)}`;
  const temporary = path.join(root, ...FOLDER, `${unique}~${path.basename(name).slice(-100)}.tmp`);
  removeAtExit(temporary);
  return temporary;
}

/** Says that a temporary file has got its name or is gone. */
export function endTemporary(temporary: string): boolean {
  return underWay.delete(temporary);
}

/** Whether a folder of a storage holds temporary files, or the folders of those, alone. */
export function isTemporaryFolder(root: string, folder: string): boolean {
  return FOLDER.some((_, i) => folder === path.join(root, ...FOLDER.slice(0, i + 1)));
}

/** Whether a path relative to a storage is that of a temporary file. */
export function isTemporary(relative: string): boolean {
  return relative.startsWith(`${FOLDER.join('/')}/`);
}

/**
 * Removes what killed processes left below a storage: files of processes that are known to be gone, and files of
 * processes that nobody can see from here (another machine or container) once nothing was written for a day.
 */
export function removeAbandonedFiles(root: string): void {
  const folder = path.join(root, ...FOLDER);
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names) {
    const file = path.join(folder, name);
    const state = ownerState(name.split('~')[0] ?? '');
    if (state === 'gone' || (state === 'unknown' && isOld(file))) rmSync(file, { force: true });
  }
  removeEmptyFolders(root);
}

/** Leaves no folder behind that holds nothing. */
export function removeEmptyFolders(root: string): void {
  try {
    rmdirSync(path.join(root, ...FOLDER));
    rmdirSync(path.join(root, FOLDER[0] as string));
  } catch {
    // Somebody is writing, or it is gone already.
  }
}

function isOld(file: string): boolean {
  const modifiedMs = statSync(file, { throwIfNoEntry: false })?.mtimeMs;
  return modifiedMs !== undefined && Date.now() - modifiedMs > ABANDONED_AFTER_MS;
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
