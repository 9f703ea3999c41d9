import { setTimeout as wait } from 'node:timers/promises';
import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { ATTEMPTS } from './client/connect.ts';
import { statusOfFailure } from './failures.ts';

const PAUSE_MS = 100;

/**
 * The bytes of an object from `start` to the end, or to `end` (exclusive); a negative `start` counts from the end.
 * `get` asks for the object, or for a range of it as HTTP writes them. Bytes that stop coming are asked for again: the
 * SDK repeats requests that are not answered, but has done its work once an answer begins.
 */
export async function readObject(
  start: number,
  end: number | undefined,
  get: (range: string | undefined) => Promise<GetObjectCommandOutput>,
): Promise<Uint8Array> {
  let answer: GetObjectCommandOutput;
  for (let attempt = 1; ; attempt++) {
    try {
      answer = await get(rangeOf(start, end));
    } catch (thrown) {
      // There is nothing where the range begins, as in an empty object.
      if (statusOfFailure(thrown) === 416) return new Uint8Array(0);
      throw thrown;
    }
    try {
      const bytes = await wholeBody(answer);
      return start < 0 && end !== undefined
        ? bytes.subarray(0, Math.max(0, end - firstByteOf(answer)))
        : bytes;
    } catch (thrown) {
      if (attempt === ATTEMPTS) throw thrown;
    }
    await wait(PAUSE_MS * (0.5 + Math.random()) * attempt);
  }
}

function rangeOf(start: number, end: number | undefined): string | undefined {
  if (start < 0) return `bytes=${String(start)}`;
  if (end !== undefined) return `bytes=${String(start)}-${String(end - 1)}`;
  return start === 0 ? undefined : `bytes=${String(start)}-`;
}

async function wholeBody({ Body, ContentLength }: GetObjectCommandOutput): Promise<Uint8Array> {
  const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array(0);
  if (ContentLength !== undefined && bytes.byteLength !== ContentLength) {
    const text = `expected ${String(ContentLength)} bytes, and the answer ended after ${String(bytes.byteLength)}`;
    throw Object.assign(new Error(text), { code: 'IncompleteBody' });
  }
  return bytes;
}

/** Where the answer to a range begins: `bytes 10-19/20`. */
function firstByteOf({ ContentRange = '' }: GetObjectCommandOutput): number {
  return Number(/^bytes (\d+)-/.exec(ContentRange)?.[1] ?? 0);
}
