import { describe, expect, it } from '@jest/globals';
import { FIRST_PART, MOST_PARTS, partSize } from '../../src/upload/part-sizes.ts';
import { giveBack, type Part, partsOf } from '../../src/upload/parts.ts';

const MIB = 2 ** 20;

/** `count` bytes in chunks of a size, in memory that is used again; each byte says where it is. */
async function* bytes(count: number, chunkSize: number): AsyncGenerator<Uint8Array> {
  const memory = new Uint8Array(chunkSize);
  for (let at = 0; at < count; at += chunkSize) {
    const length = Math.min(chunkSize, count - at);
    for (let i = 0; i < length; i++) memory[i] = ((at + i) * 31) >> 3;
    yield await Promise.resolve(memory.subarray(0, length));
  }
}

async function collect(parts: AsyncIterable<Part>): Promise<Part[]> {
  const all: Part[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

describe('the parts of a file', () => {
  it.each([
    [0, [0]],
    [1, [1]],
    [65_536, [65_536]],
    [65_537, [65_537]],
    [FIRST_PART, [FIRST_PART]],
    [FIRST_PART + 1, [FIRST_PART, 1]],
    [3 * FIRST_PART, [FIRST_PART, FIRST_PART, FIRST_PART]],
  ])('of %d bytes are so long: %j', async (count, lengths) => {
    for (const chunkSize of [997, 65_536, 20_000_000]) {
      const parts = await collect(partsOf(bytes(count, chunkSize)));
      expect(parts.map((part) => part.bytes.byteLength)).toEqual(lengths);
      expect(parts.map(({ number, isLast }) => [number, isLast])).toEqual(
        lengths.map((_, i) => [i + 1, i === lengths.length - 1]),
      );
      const whole = Buffer.concat(parts.map((part) => part.bytes));
      expect(whole.every((byte, i) => byte === (((i * 31) >> 3) & 255))).toBe(true);
    }
  });

  it('use the memory again of parts that were given back, and of no others', async () => {
    const first = await collect(partsOf(bytes(2 * FIRST_PART, MIB)));
    const [sent, stillSent] = first.map((part) => part.bytes.buffer);
    giveBack(first[0] as Part);
    const later = await collect(partsOf(bytes(2 * FIRST_PART, MIB)));
    const memories = later.map((part) => part.bytes.buffer);
    expect(memories).toContain(sent);
    expect(memories).not.toContain(stillSent);
  });

  it('grow so that 10,000 of them are the largest object of S3, and never too large a part', () => {
    const sizes = Array.from({ length: MOST_PARTS }, (_, i) => partSize(i + 1));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(5 * MIB);
    expect(Math.max(...sizes)).toBeLessThan(5 * 1024 * MIB);
    expect(sizes.reduce((sum, size) => sum + size)).toBeGreaterThanOrEqual(5 * 1024 * 1024 * MIB);
    // Stores that want parts of one size get them for files up to 7.8 GiB.
    expect(new Set(sizes.slice(0, 1_000)).size).toBe(1);
    expect(sizes.every((size, i) => i === 0 || size >= (sizes[i - 1] as number))).toBe(true);
  });
});
