const { imul } = Math;

/** Four 32-bit words: enough that 10 million streams collide with a probability of about 1e-25. */
export type Hash128 = readonly [number, number, number, number];

function rotl(x: number, r: number): number {
  return (x << r) | (x >>> (32 - r));
}

/** The 32-bit finalizer of MurmurHash3: every input bit flips every output bit with probability 1/2. */
export function mix32(x: number): number {
  x = imul(x ^ (x >>> 16), 0x85ebca6b);
  x = imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

const C1 = 0x239b961b;
const C2 = 0xab0e9789;
const C3 = 0x38b34ae5;
const C4 = 0xa1e38b93;
const encoder = new TextEncoder();
/** A text's bytes, which the next text overwrites: streams of short lives are named by the hundred thousand. */
let bytes = new Uint8Array(256);
let view = new DataView(bytes.buffer);

/** Puts a text into `bytes`, with zeros up to the next multiple of 16; returns the number of its bytes. */
function encode(text: string): number {
  if (text.length * 3 + 16 > bytes.length) {
    bytes = new Uint8Array(text.length * 6 + 32);
    view = new DataView(bytes.buffer);
  }
  const { written } = encoder.encodeInto(text, bytes);
  bytes.fill(0, written, written + 16);
  return written;
}

/**
 * MurmurHash3_x86_128 of a text's UTF-8 bytes (Appleby, SMHasher), seed 0. Not cryptographic: it names random
 * streams, where close keys ("42/orders/1", "42/orders/2") must land far apart.
 */
export function hash128(text: string): Hash128 {
  const length = encode(text);
  const blockBytes = length & ~15;
  let [h1, h2, h3, h4] = [0, 0, 0, 0];
  for (let i = 0; i < blockBytes; i += 16) {
    h1 ^= imul(rotl(imul(view.getInt32(i, true), C1), 15), C2);
    h1 = imul(rotl(h1, 19) + h2, 5) + 0x561ccd1b;
    h2 ^= imul(rotl(imul(view.getInt32(i + 4, true), C2), 16), C3);
    h2 = imul(rotl(h2, 17) + h3, 5) + 0x0bcaa747;
    h3 ^= imul(rotl(imul(view.getInt32(i + 8, true), C3), 17), C4);
    h3 = imul(rotl(h3, 15) + h4, 5) + 0x96cd1c35;
    h4 ^= imul(rotl(imul(view.getInt32(i + 12, true), C4), 18), C1);
    h4 = imul(rotl(h4, 13) + h1, 5) + 0x32ac3b17;
  }
  h4 ^= imul(rotl(imul(view.getInt32(blockBytes + 12, true), C4), 18), C1);
  h3 ^= imul(rotl(imul(view.getInt32(blockBytes + 8, true), C3), 17), C4);
  h2 ^= imul(rotl(imul(view.getInt32(blockBytes + 4, true), C2), 16), C3);
  h1 ^= imul(rotl(imul(view.getInt32(blockBytes, true), C1), 15), C2);
  h1 ^= length;
  h2 ^= length;
  h3 ^= length;
  h4 ^= length;
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = (h2 + h1) | 0;
  h3 = (h3 + h1) | 0;
  h4 = (h4 + h1) | 0;
  [h1, h2, h3, h4] = [mix32(h1), mix32(h2), mix32(h3), mix32(h4)];
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = (h2 + h1) | 0;
  h3 = (h3 + h1) | 0;
  h4 = (h4 + h1) | 0;
  return [h1 >>> 0, h2 >>> 0, h3 >>> 0, h4 >>> 0];
}

/** Names are joined so that no two lists of parts give one text. */
export function hashParts(parts: readonly (string | number)[]): Hash128 {
  return hash128(JSON.stringify(parts));
}
