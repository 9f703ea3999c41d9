import { column, decimal, float64, int64, text } from '@datagen/core/generator';
import { describe, expect, it } from '@jest/globals';
import { type DataType, Dictionary, Int32, makeVector, type Vector, vectorFromArray } from 'apache-arrow';
import { ColumnDigest } from '../../src/index.ts';

function digestOf(...batches: Vector[]): string {
  const digest = new ColumnDigest();
  for (const batch of batches) digest.update(batch);
  return digest.finish();
}

const texts = (...values: (string | null)[]) => vectorFromArray(values, text() as DataType) as Vector;
const ids = (...values: (bigint | null)[]) => vectorFromArray(values, int64() as DataType) as Vector;
const categories = (...values: (string | null)[]) =>
  vectorFromArray(values, new Dictionary(text(), new Int32()) as DataType) as Vector;

describe('ColumnDigest', () => {
  it('is the same whatever batches the values come in', () => {
    expect(digestOf(texts('a', null), texts('bc'))).toBe(digestOf(texts('a', null, 'bc')));
    expect(digestOf(ids(1n), ids(null, 3n))).toBe(digestOf(ids(1n, null, 3n)));
  });

  it('is the same for text and for categories of it', () => {
    expect(digestOf(categories('a', null, 'b', 'a'))).toBe(digestOf(texts('a', null, 'b', 'a')));
  });

  it('leaves out what lies under a null', () => {
    const over = (hidden: bigint): Vector =>
      makeVector({
        type: int64(),
        data: BigInt64Array.of(7n, hidden),
        nullBitmap: Uint8Array.of(1),
        nullCount: 1,
      } as never);
    expect(digestOf(over(1n))).toBe(digestOf(over(2n)));
    expect(digestOf(over(1n))).toBe(digestOf(ids(7n, null)));
    expect(digestOf(over(1n))).not.toBe(digestOf(ids(7n, 0n)));
  });

  it.each([
    ['another value', ids(1n, 2n), ids(1n, 3n)],
    ['another order', ids(1n, 2n), ids(2n, 1n)],
    ['a value more', ids(1n), ids(1n, 1n)],
    ['a null in another place', ids(null, 1n), ids(1n, null)],
    ['a null where there was an empty text', texts('', 'a'), texts(null, 'a')],
    ['texts cut in another place', texts('ab', 'c'), texts('a', 'bc')],
    ['another category', categories('a', 'b'), categories('a', 'a')],
  ])('tells apart: %s', (_, left, right) => {
    expect(digestOf(left)).not.toBe(digestOf(right));
  });

  it('is 16 hex digits for columns of any type', () => {
    for (const type of [int64(), float64(), decimal(12, 2), text()])
      expect(digestOf(vectorFromArray([], column('x', type, 'X').type as DataType) as Vector)).toMatch(
        /^[0-9a-f]{16}$/,
      );
  });
});
