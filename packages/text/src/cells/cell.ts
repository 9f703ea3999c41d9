/** Writes the value of a row at a place of a buffer that is known to have room for it, and returns the place after it. */
type WriteCell = (bytes: Uint8Array, at: number, row: number) => number;

/** A column of one batch as text. */
export interface Cell {
  readonly write: WriteCell;
  /** The most bytes that a value of the batch takes. */
  readonly most: number;
}

const encoder = new TextEncoder();

export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** Puts bytes into a buffer; a loop beats `set` for the few bytes of a value. */
export function putBytes(
  target: Uint8Array,
  at: number,
  source: Uint8Array,
  from: number,
  to: number,
): number {
  for (let i = from; i < to; i++) target[at++] = source[i] as number;
  return at;
}

/** Puts a text of ASCII characters into a buffer. */
export function putAscii(target: Uint8Array, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) target[at++] = text.charCodeAt(i);
  return at;
}
