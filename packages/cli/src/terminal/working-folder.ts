import path from 'node:path';

/** The working folder of the process; undefined where it was removed. */
export function workingFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

/** What a user is told who stands in a folder that was removed. */
export const NO_FOLDER =
  'The working folder no longer exists. Go to another folder and run the same command there.';

/** The folder that relative paths begin at; undefined where it was removed. */
export function baseFolder(cwd: string | undefined): string | undefined {
  if (cwd !== undefined && path.isAbsolute(cwd)) return cwd;
  const folder = workingFolder();
  return folder === undefined ? undefined : path.resolve(folder, cwd ?? '');
}
