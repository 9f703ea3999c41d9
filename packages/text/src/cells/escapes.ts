import { putBytes } from './cell.ts';
import type { Escape } from './text.ts';

const QUOTE = 34;
const BACKSLASH = 92;
const HEX = '0123456789abcdef';

/**
 * Text in CSV (RFC 4180), quoted only where it must be: where a delimiter, quote or line end is in it, where it would
 * be a null or is empty, and where readers would cut or misread it. ClickHouse cuts spaces at both ends and knows single
 * quotes, and PostgreSQL ends its input at `\.`.
 */
export function csvEscape(delimiter: number, nullText: Uint8Array): Escape {
  const isSpecial = new Uint8Array(256);
  for (const byte of [delimiter, QUOTE, 10, 13]) isSpecial[byte] = 1;
  const atEnds = new Uint8Array(256);
  for (const byte of [9, 32, 39]) atEnds[byte] = 1;
  const words = [nullText, Uint8Array.of(BACKSLASH, 46)];
  return {
    put: (target, at, source, from, to) => {
      const start = at;
      let special = from === to ? 1 : 0;
      for (let i = from; i < to; i++) {
        const byte = source[i] as number;
        special |= isSpecial[byte] as number;
        target[at++] = byte;
      }
      if (special === 0) {
        special |= (atEnds[source[from] as number] as number) | (atEnds[source[to - 1] as number] as number);
        for (const word of words) if (isSame(source, from, to, word)) special = 1;
      }
      return special === 0 ? at : putQuoted(target, start, source, from, to);
    },
    most: (byteCount) => 2 * byteCount + 2,
  };
}

function putQuoted(target: Uint8Array, at: number, source: Uint8Array, from: number, to: number): number {
  target[at++] = QUOTE;
  for (let i = from; i < to; i++) {
    const byte = source[i] as number;
    if (byte === QUOTE) target[at++] = QUOTE;
    target[at++] = byte;
  }
  target[at++] = QUOTE;
  return at;
}

function isSame(source: Uint8Array, from: number, to: number, word: Uint8Array): boolean {
  if (to - from !== word.length) return false;
  for (let i = 0; i < word.length; i++) if (source[from + i] !== word[i]) return false;
  return true;
}

/** Text in JSON (RFC 8259): in quotes, with what may not stand there escaped, and all else as UTF-8. */
export const jsonEscape: Escape = {
  put: (target, at, source, from, to) => {
    target[at++] = QUOTE;
    for (let i = from; i < to; i++) {
      const byte = source[i] as number;
      if (byte < 32) at = putControl(target, at, byte);
      else {
        if (byte === QUOTE || byte === BACKSLASH) target[at++] = BACKSLASH;
        target[at++] = byte;
      }
    }
    target[at++] = QUOTE;
    return at;
  },
  most: (byteCount) => 6 * byteCount + 2,
};

/** `\u000a` */
function putControl(target: Uint8Array, at: number, byte: number): number {
  const hex = [byte >> 4, byte & 15].map((digit) => HEX.charCodeAt(digit));
  return putBytes(target, at, Uint8Array.of(BACKSLASH, 117, 48, 48, ...hex), 0, 6);
}
