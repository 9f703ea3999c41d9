import { fileURLToPath } from 'node:url';
import { DatagenError } from './errors.ts';

interface Copy {
  readonly folder: string;
}

/** This copy of the package. Two of them may have one folder, where a program loads its modules again. */
const OWN: Copy = { folder: folderOfPackage() };
const MAKERS = Symbol.for('@datagen/core/makers');

/** Which copy made a plug-in, generator or writer: the copies on a thread share one map, and see each other in it. */
function makers(): WeakMap<object, Copy> {
  const shared = globalThis as { [MAKERS]?: WeakMap<object, Copy> };
  return (shared[MAKERS] ??= new WeakMap());
}

/** Says that this copy made something, and gives it back. */
export function madeHere<T extends object>(made: T): T {
  makers().set(made, OWN);
  return made;
}

/**
 * Refuses what another copy of this package made: what a copy knows of its generators (how threads make them again,
 * which options are secret or layout) another one does not, so rows would be made on one thread and under another digest.
 */
export function refuseOtherCopy(made: object, what: string): void {
  const maker = makers().get(made);
  if (maker === undefined || maker === OWN) return;
  throw new DatagenError(
    'INVALID_PLUGIN',
    `Expected ${what} to be made by the copy of @datagen/core that runs it, in ${OWN.folder}, got one of the copy in ${maker.folder}: ` +
      'let one project install both, with @datagen/core once (`npm ls @datagen/core` shows who brings the second copy; a plug-in names it as a peer dependency).',
    { details: { folders: [OWN.folder, maker.folder] } },
  );
}

function folderOfPackage(): string {
  return fileURLToPath(new URL('../..', import.meta.url));
}
