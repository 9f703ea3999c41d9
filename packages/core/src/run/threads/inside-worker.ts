import { DatagenError } from '../../support/errors.ts';

/** Seen by every copy of this package on the thread. */
const MARK = Symbol.for('@datagen/core/worker');

/** Says that this thread makes files for a run that was started on another one. */
export function markWorker(): void {
  Object.assign(globalThis, { [MARK]: true });
}

/** A worker imports the plug-in's module again; a module that starts a run as it is loaded would start threads without end. */
export function refuseInsideWorker(): void {
  if (!(MARK in globalThis)) return;
  throw new DatagenError(
    'INVALID_PLUGIN',
    'A worker thread of a run imported a module that starts a run itself. ' +
      'Put the plug-in into a file of its own, or start the run only where `isMainThread` of node:worker_threads is true.',
  );
}
