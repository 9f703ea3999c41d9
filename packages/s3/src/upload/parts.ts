import { FIRST_PART, partSize } from './part-sizes.ts';

/** A stretch of a file that is sent in one request. Its memory is its own until it is given back. */
export interface Part {
  /** From 1. */
  readonly number: number;
  readonly bytes: Uint8Array;
  readonly isLast: boolean;
}

/** Memory of parts that were sent, for those to come: a file every tenth of a second would else be 8 MiB of garbage. */
const spare: ArrayBuffer[] = [];
/** Kept for a thread, which stores two files at a time. */
const MOST_SPARE = 4;

/** Enough for a claim or an entry of a log: a whole part's memory would cost more than its request. */
const SHORT_FILE = 64 * 1024;

/** Cuts a file into parts; a file below the size of one has one. A chunk is copied before the next one is asked for. */
export async function* partsOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Part> {
  let number = 1;
  let memory = new Uint8Array(SHORT_FILE);
  let length = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.byteLength;) {
      if (length === SHORT_FILE && memory.byteLength === SHORT_FILE) {
        const short = memory;
        memory = memoryFor(number);
        memory.set(short);
      } else if (length === memory.byteLength) {
        yield { number, bytes: memory, isLast: false };
        memory = memoryFor(++number);
        length = 0;
      }
      const piece = chunk.subarray(at, at + memory.byteLength - length);
      memory.set(piece, length);
      length += piece.byteLength;
      at += piece.byteLength;
    }
  }
  yield { number, bytes: memory.subarray(0, length), isLast: true };
}

/** Gives back the memory of a part that no request reads any more. */
export function giveBack({ bytes }: Part): void {
  const { buffer } = bytes;
  if (buffer.byteLength === FIRST_PART && spare.length < MOST_SPARE) spare.push(buffer as ArrayBuffer);
}

function memoryFor(number: number): Uint8Array<ArrayBuffer> {
  const size = partSize(number);
  const kept = size === FIRST_PART ? spare.pop() : undefined;
  return new Uint8Array(kept ?? new ArrayBuffer(size));
}
