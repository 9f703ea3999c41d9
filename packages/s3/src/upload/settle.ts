import { setTimeout as wait } from 'node:timers/promises';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { codeOfFailure, statusOfFailure } from '../failures.ts';
import type { Target } from './target.ts';

/** The name under which an object says which write made it. */
const MARK = 'datagen-write';
/** How often a request is made again that met another one for the same key. */
const TRIES = 6;
const PAUSE_MS = 200;

/** Metadata by which a write knows its own object. */
export function markOf(write: string): { readonly Metadata: Readonly<Record<string, string>> } {
  return { Metadata: { [MARK]: write } };
}

/**
 * Makes the request that puts an object in place, and says whether the object is that of this write: false where
 * `ifAbsent` was asked for and somebody else's is there. An answer may be lost after the request was heard, and its
 * repetition is then told that the object is there or the upload gone; so the object itself is asked whose it is.
 */
export async function settle(
  target: Target,
  write: string,
  request: () => Promise<unknown>,
): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      await request();
      return true;
    } catch (thrown) {
      const mayBeThere = isUnanswered(thrown) || OPEN_ANSWERS.includes(codeOfFailure(thrown));
      if (!mayBeThere) throw thrown;
      const found = await writeOf(target).catch(() => {
        throw thrown;
      });
      if (found === write) return true;
      if (found !== undefined && target.ifAbsent) return false;
      // Else another write was in the way and came to nothing, or its object was removed meanwhile.
      const isOver = isUnanswered(thrown) || codeOfFailure(thrown) === 'NoSuchUpload';
      if (isOver || attempt === TRIES) throw thrown;
    }
    await wait(PAUSE_MS * (0.5 + Math.random()) * attempt);
  }
}

/** Answers that leave open what became of the object: it is there, in another write's way, or the upload is gone. */
const OPEN_ANSWERS = ['PreconditionFailed', 'ConditionalRequestConflict', 'OperationAborted', 'NoSuchUpload'];

/** Whether a request may have been heard although its last repetition failed: connections that broke, trouble inside. */
function isUnanswered(thrown: unknown): boolean {
  const status = statusOfFailure(thrown);
  return status === undefined || status >= 500;
}

/** Which write made the object that is there, empty if another program did; undefined if there is none. */
async function writeOf({ client, bucket, key }: Target): Promise<string | undefined> {
  try {
    const { Metadata } = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return Metadata?.[MARK] ?? '';
  } catch (thrown) {
    if (statusOfFailure(thrown) === 404) return undefined;
    throw thrown;
  }
}
