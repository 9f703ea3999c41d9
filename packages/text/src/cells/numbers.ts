import type { Data } from 'apache-arrow';
import { type Cell, putAscii } from './cell.ts';
import { putDigits } from './digits.ts';

const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const WORD = 0x1_0000_0000;

/** Whether a 64-bit integer of this upper half is within ±2^53, where doubles are exact. */
function isExact(high: number): boolean {
  return high >= -0x20_0000 && high < 0x20_0000;
}

export function int32Cell({ values }: Data): Cell {
  const numbers = values as Int32Array;
  return { write: (bytes, at, row) => putInteger(bytes, at, numbers[row] as number), most: 11 };
}

export function int64Cell({ values }: Data): Cell {
  const numbers = values as BigInt64Array;
  const words = wordsOf(numbers);
  return {
    write: (bytes, at, row) => {
      const high = words[2 * row + 1] as number;
      // Ids and counts are small; whatever is not is exact all the same.
      if (!isExact(high)) return putAscii(bytes, at, String(numbers[row]));
      return putInteger(bytes, at, high * WORD + ((words[2 * row] as number) >>> 0));
    },
    most: 20,
  };
}

/** Decimals of 128 bits with every digit of their scale: `19.90`. */
export function decimalCell({ values, type }: Data): Cell {
  const words = wordsOf(values as Uint32Array);
  const { scale } = type as unknown as { readonly scale: number };
  return {
    write: (bytes, at, row) => {
      const low = words[4 * row] as number;
      const high = words[4 * row + 1] as number;
      const sign = high >> 31;
      if (!isExact(high) || words[4 * row + 2] !== sign || words[4 * row + 3] !== sign)
        return putLargeDecimal(bytes, at, words, row, scale);
      let units = high * WORD + (low >>> 0);
      if (units < 0) {
        bytes[at++] = MINUS;
        units = -units;
      }
      return placePoint(bytes, at, putDigits(bytes, at, units), scale);
    },
    // 39 digits, a sign, a point and the zero before it.
    most: 42 + scale,
  };
}

function putLargeDecimal(
  bytes: Uint8Array,
  at: number,
  words: Int32Array,
  row: number,
  scale: number,
): number {
  let units = 0n;
  for (let i = 3; i >= 0; i--) units = (units << 32n) | BigInt((words[4 * row + i] as number) >>> 0);
  units = BigInt.asIntN(128, units);
  if (units < 0n) {
    bytes[at++] = MINUS;
    units = -units;
  }
  return placePoint(bytes, at, putAscii(bytes, at, String(units)), scale);
}

/** Puts the point into digits that lie from `start` to `end`, and zeros before them where there are too few. */
function placePoint(bytes: Uint8Array, start: number, end: number, scale: number): number {
  if (scale === 0) return end;
  const missing = scale + 1 - (end - start);
  if (missing > 0) {
    bytes.copyWithin(start + missing, start, end);
    bytes.fill(ZERO, start, start + missing);
    end += missing;
  }
  for (let at = end; at > end - scale; at--) bytes[at] = bytes[at - 1] as number;
  bytes[end - scale] = POINT;
  return end + 1;
}

/** What stands for the doubles that are no numbers. */
export interface NotFinite {
  readonly nan: string;
  readonly positive: string;
  readonly negative: string;
}

/** Doubles by the fewest digits that read back as the same one; whole ones keep a zero, `5.0`, so that readers see a double. */
export function float64Cell({ values }: Data, notFinite: NotFinite): Cell {
  const numbers = values as Float64Array;
  return {
    write: (bytes, at, row) => {
      const value = numbers[row] as number;
      const size = Math.abs(value);
      const millionths = Math.floor(size * 1e6 + 0.5);
      // A decimal of up to 15 digits that gives the double is the shortest one: each gives another double.
      if (millionths >= 1e15 || millionths / 1e6 !== size) return putOther(bytes, at, value, notFinite);
      if (value < 0 || Object.is(value, -0)) bytes[at++] = MINUS;
      at = placePoint(bytes, at, putDigits(bytes, at, millionths), 6);
      while (bytes[at - 1] === ZERO && bytes[at - 2] !== POINT) at--;
      return at;
    },
    most: 25,
  };
}

function putOther(
  bytes: Uint8Array,
  at: number,
  value: number,
  { nan, positive, negative }: NotFinite,
): number {
  if (Number.isFinite(value)) {
    at = putAscii(bytes, at, String(value));
    // From there on JavaScript writes a power of ten.
    return Number.isInteger(value) && Math.abs(value) < 1e21 ? putAscii(bytes, at, '.0') : at;
  }
  return putAscii(bytes, at, Number.isNaN(value) ? nan : value > 0 ? positive : negative);
}

function putInteger(bytes: Uint8Array, at: number, value: number): number {
  if (value >= 0) return putDigits(bytes, at, value);
  bytes[at] = MINUS;
  return putDigits(bytes, at + 1, -value);
}

function wordsOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Int32Array {
  return new Int32Array(buffer, byteOffset, byteLength >> 2);
}
