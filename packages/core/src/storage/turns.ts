import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ownerState } from '../support/owner.ts';
import { endTemporary, temporaryPath } from './temporary-files.ts';

const TRIES = 200;
/** A turn takes milliseconds: one of another machine that is older than this was left by a process that is gone. */
const STALE_AFTER_MS = 60_000;

/**
 * Does something about a name in a storage while nobody else does. Whoever wants to puts a file that says so first and
 * looks for those of others second, so that of two at least one sees the other; who sees one steps back and tries again.
 */
export async function inTurn<T>(root: string, name: string, act: () => T): Promise<T> {
  const key = `${createHash('sha256').update(name).digest('hex').slice(0, 16)}.turn`;
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const turn = temporaryPath(root, key);
    closeSync(openSync(turn, 'wx'));
    try {
      if (!othersWait(turn, key)) return act();
    } finally {
      rmSync(turn, { force: true });
      endTemporary(turn);
    }
    await wait(1 + Math.random() * 20);
  }
  throw Object.assign(new Error(`busy: ${name}`), { code: 'DATAGEN_BUSY' });
}

function othersWait(turn: string, key: string): boolean {
  const folder = path.dirname(turn);
  const nowMs = statSync(turn).mtimeMs;
  return readdirSync(folder)
    .filter((name) => name.endsWith(`~${key}.tmp`) && name !== path.basename(turn))
    .some((name) => {
      const state = ownerState(name.split('~')[0] ?? '');
      if (state !== 'unknown') return state === 'running';
      const putMs = statSync(path.join(folder, name), { throwIfNoEntry: false })?.mtimeMs;
      return putMs !== undefined && nowMs - putMs < STALE_AFTER_MS;
    });
}
