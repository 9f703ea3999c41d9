import { setTimeout } from 'node:timers/promises';
import { isDatagenError } from '@datagen/core/writer';
import { isOfRun, nameOf } from './commit-info.ts';
import type { DeltaLog } from './delta-log.ts';
import type { LogChange } from './native-log.ts';

/** How often a commit is tried while its store fails, and how long to wait in between, about, the first time. */
const TRIES = 3;
const RETRY_MS = 300;

/**
 * Commits, and finds a commit whose answer was lost: also a store's own second try meets the first one. A commit that
 * failed is tried again, since of two tries one wins at most. Without a version the table moved.
 */
export async function put(
  log: DeltaLog,
  change: LogChange,
  runId: string,
): Promise<{ readonly version?: number; readonly by?: string }> {
  const base = change.base ?? -1;
  for (let attempt = 1; ; attempt++) {
    let failure: Error | undefined;
    try {
      const version = await log.commit(change);
      if (version !== undefined) return { version };
    } catch (thrown) {
      if (!isDatagenError(thrown) || thrown.code !== 'STORAGE_FAILED') throw thrown;
      failure = thrown;
    }
    const later = await log.commitsAfter(base);
    const own = later.findIndex((info) => isOfRun(info, runId));
    if (own >= 0) return { version: base + 1 + own };
    const last = later.at(-1);
    if (failure === undefined) return last === undefined ? {} : { by: nameOf(last) };
    if (attempt === TRIES) throw failure;
    await setTimeout(attempt * RETRY_MS * (0.5 + Math.random()));
  }
}

/** A table is whole without a checkpoint, so a failure is only told. */
export async function writeCheckpoint(log: DeltaLog, version: number): Promise<readonly string[]> {
  try {
    await log.writeCheckpoint(version);
    return [];
  } catch (thrown) {
    if (!isDatagenError(thrown)) throw thrown;
    return [`${thrown.message} The rows are committed; readers take longer until the next checkpoint.`];
  }
}
