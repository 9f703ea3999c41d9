import type { Data, Vector } from 'apache-arrow';
import { type Cell, putBytes } from './cell.ts';

/** How a text is written so that readers take it for that text. */
export interface Escape {
  /** Puts the bytes of `source` from `from` to `to`. */
  readonly put: (target: Uint8Array, at: number, source: Uint8Array, from: number, to: number) => number;
  /** The most bytes that a text of so many takes. */
  readonly most: (byteCount: number) => number;
}

/** Text that lies row by row in one buffer of UTF-8. */
export function textCell({ values, valueOffsets, length }: Data, { put, most }: Escape): Cell {
  const bytes = values as Uint8Array;
  const offsets = valueOffsets as Int32Array;
  return {
    write: (target, at, row) => put(target, at, bytes, offsets[row] as number, offsets[row + 1] as number),
    most: most(longest(offsets, length)),
  };
}

/** Text from a dictionary, each of which is escaped once. */
export function dictionaryCell({ values, dictionary }: Data, escape: Escape): Cell {
  const indexes = values as Int32Array;
  const { bytes, offsets, most } = escaped(dictionary as Vector, escape);
  return {
    write: (target, at, row) => {
      const index = indexes[row] as number;
      return putBytes(target, at, bytes, offsets[index] as number, offsets[index + 1] as number);
    },
    most,
  };
}

interface EscapedTexts {
  readonly bytes: Uint8Array;
  readonly offsets: Int32Array;
  readonly most: number;
}

/** By escape and dictionary: all batches of a column share one. */
const known = new WeakMap<Escape, WeakMap<Vector, EscapedTexts>>();

function escaped(dictionary: Vector, escape: Escape): EscapedTexts {
  const byDictionary = known.get(escape) ?? new WeakMap<Vector, EscapedTexts>();
  known.set(escape, byDictionary);
  const found = byDictionary.get(dictionary) ?? escapeAll(dictionary, escape);
  byDictionary.set(dictionary, found);
  return found;
}

function escapeAll(dictionary: Vector, { put, most }: Escape): EscapedTexts {
  const offsets = [0];
  const parts: Uint8Array[] = [];
  for (const { values, valueOffsets, length } of dictionary.data as readonly Data[]) {
    const source = values as Uint8Array;
    const starts = valueOffsets as Int32Array;
    for (let i = 0; i < length; i++) {
      const [from, to] = [starts[i] as number, starts[i + 1] as number];
      const part = new Uint8Array(most(to - from));
      const end = put(part, 0, source, from, to);
      parts.push(part.subarray(0, end));
      offsets.push((offsets.at(-1) as number) + end);
    }
  }
  return {
    bytes: Buffer.concat(parts),
    offsets: Int32Array.from(offsets),
    most: parts.reduce((longestPart, { length }) => Math.max(longestPart, length), 0),
  };
}

function longest(offsets: Int32Array, length: number): number {
  let most = 0;
  for (let i = 0; i < length; i++) most = Math.max(most, (offsets[i + 1] as number) - (offsets[i] as number));
  return most;
}
