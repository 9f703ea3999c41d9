import { linkSync, lstatSync, openSync, renameSync } from 'node:fs';
import path from 'node:path';
import { codeOf, makeFolder } from './local-folder.ts';
import { inTurn } from './turns.ts';

/** Folders of temporary files and claims come and go with those in them. */
const FOLDER_TRIES = 20;
/** What systems answer that know no hard links. */
const WITHOUT_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/** Opens a new file, and makes its folder if there is none; folders that were made are added to `made`. */
export function createFile(file: string, made: string[]): Promise<number> {
  return inFolder(path.dirname(file), made, () => openSync(file, 'wx'));
}

/** Gives a whole file its name in a storage; false if `ifAbsent` was asked for and there is one. */
export function placeFile(
  temporary: string,
  { root, name, ifAbsent }: { readonly root: string; readonly name: string; readonly ifAbsent: boolean },
  made: string[],
): Promise<boolean> {
  const full = path.join(root, name);
  return inFolder(path.dirname(full), made, () => {
    if (ifAbsent) return placeNew(temporary, root, name);
    renameSync(temporary, full);
    return true;
  });
}

/**
 * Does something in a folder, which is made if it is not there; those that were made are added to `made`. Another
 * run may remove a folder in which it finds nothing, so this may take several tries.
 */
async function inFolder<T>(folder: string, made: string[], act: () => T | Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await act();
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

/** A link is made only if there is no file of that name; without links, those who create a name do so in turn. */
async function placeNew(temporary: string, root: string, name: string): Promise<boolean> {
  const full = path.join(root, name);
  try {
    linkSync(temporary, full);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    if (!WITHOUT_LINKS.includes(codeOf(error) ?? '')) throw error;
  }
  return inTurn(root, name, () => {
    if (lstatSync(full, { throwIfNoEntry: false }) !== undefined) return false;
    renameSync(temporary, full);
    return true;
  });
}
