import { reasonOf } from '../support/errors.ts';

const EXPLANATIONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied. Choose a folder that you may read and write, or change its permissions.',
  EPERM: 'permission denied. Choose a folder that you may read and write, or change its permissions.',
  EROFS: 'the file system is read-only. Choose another folder.',
  ENOSPC: 'the disk is full. Free some space and run the same command again; finished files are kept.',
  EDQUOT:
    'the disk quota is used up. Free some space and run the same command again; finished files are kept.',
  ENOTDIR: 'a file is in the place of a folder. Remove it or choose another output.',
  EEXIST: 'a file is in the place of a folder. Remove it or choose another output.',
  EISDIR: 'a folder is in the place of a file. Remove it or choose another output.',
  ENOENT: 'it does not exist.',
  DATAGEN_LINKED_FOLDER:
    'it is a link to a folder, which some readers of the table follow and others do not. Put the folder itself in its place.',
  DATAGEN_BUSY: 'others are creating it. Run the same command again.',
  ELOOP: 'its symbolic links go in a circle. Remove one of them or choose another output.',
  ENAMETOOLONG: 'the path is longer than the file system allows. Choose a shorter output.',
  EMFILE: 'too many files are open. Raise the limit (`ulimit -n`) or use fewer workers.',
  ENFILE: 'the system has too many files open. Run the same command again later.',
  EXDEV: 'the folder of the table is on another file system than the output. Choose an output on that one.',
};

/** What a system's error means and what to do about it, as the end of a sentence. */
export function explainFailure(code: string | undefined, cause: unknown): string {
  return EXPLANATIONS[code ?? ''] ?? reasonOf(cause);
}
