const ZERO = 48;

/** `00` to `99`, two bytes each: half the divisions. */
const PAIRS = Uint8Array.from(
  { length: 200 },
  (_, i) => ZERO + (i % 2 === 0 ? Math.floor(i / 20) : (i >> 1) % 10),
);

const BILLION = 1_000_000_000;

/** Puts the digits of a whole number from 0 to 2^53. */
export function putDigits(bytes: Uint8Array, at: number, value: number): number {
  if (value < BILLION) return putSmall(bytes, at, value);
  const high = Math.floor(value / BILLION);
  return putPadded(bytes, putSmall(bytes, at, high), value - high * BILLION, 9);
}

/** Puts the last `width` digits of a whole number below 2^31. */
export function putPadded(bytes: Uint8Array, at: number, value: number, width: number): number {
  let place = at + width;
  for (; place - at >= 2; place -= 2) {
    const rest = (value / 100) | 0;
    putPair(bytes, place - 2, value - rest * 100);
    value = rest;
  }
  if (place > at) bytes[at] = ZERO + (value % 10);
  return at + width;
}

/** Puts a whole number below 100 as two digits. */
export function putPair(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = PAIRS[2 * value] as number;
  bytes[at + 1] = PAIRS[2 * value + 1] as number;
}

function putSmall(bytes: Uint8Array, at: number, value: number): number {
  if (value < 10) {
    bytes[at] = ZERO + value;
    return at + 1;
  }
  let width = 2;
  for (let limit = 100; limit <= value; limit *= 10) width++;
  return putPadded(bytes, at, value, width);
}
