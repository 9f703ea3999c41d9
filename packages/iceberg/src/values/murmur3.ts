/** The 32-bit Murmur3 hash, x86 variant with seed 0 (specification, appendix B), as a signed number. */
export function murmur3(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wholeBytes = bytes.byteLength & ~3;
  let hash = 0;
  for (let at = 0; at < wholeBytes; at += 4) {
    hash ^= mixed(view.getInt32(at, true));
    hash = Math.imul(rotated(hash, 13), 5) + 0xe6546b64;
  }
  let tail = 0;
  for (let at = bytes.byteLength - 1; at >= wholeBytes; at--) tail = (tail << 8) | view.getUint8(at);
  if (bytes.byteLength > wholeBytes) hash ^= mixed(tail);
  hash ^= bytes.byteLength;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}

function mixed(word: number): number {
  return Math.imul(rotated(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
}

function rotated(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
