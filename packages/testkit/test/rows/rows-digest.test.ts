import { float64, int64, text } from '@datagen/core/generator';
import { describe, expect, it } from '@jest/globals';
import { type DataType, Dictionary, Int32, RecordBatch, type Vector, vectorFromArray } from 'apache-arrow';
import { type DigestOfRows, RowsDigest } from '../../src/index.ts';

type Columns = Record<string, Vector>;

function digestOf(...batches: Columns[]): DigestOfRows {
  const digest = new RowsDigest();
  for (const columns of batches)
    digest.add(
      new RecordBatch(
        Object.fromEntries(Object.entries(columns).map(([name, vector]) => [name, vector.data[0]])) as never,
      ),
    );
  return digest.finish();
}

const of = (type: DataType, values: readonly unknown[]) => vectorFromArray(values, type) as Vector;
const ids = (...values: (bigint | null)[]) => of(int64(), values);
const doubles = (...values: (number | null)[]) => of(float64(), values);
const texts = (...values: (string | null)[]) => of(text(), values);
const categories = (...values: (string | null)[]) => of(new Dictionary(text(), new Int32()), values);

describe('RowsDigest', () => {
  it('is the same whatever order and batches the rows come in', () => {
    const whole = digestOf({ a: ids(1n, 2n, null), b: texts('x', 'y', 'z') });
    expect(digestOf({ a: ids(null), b: texts('z') }, { a: ids(2n, 1n), b: texts('y', 'x') })).toEqual(whole);
    expect(whole.rowCount).toBe(3);
  });

  it('is the same for text and for categories of it', () => {
    expect(digestOf({ a: categories('x', null, 'y', 'x') })).toEqual(
      digestOf({ a: texts('x', null, 'y', 'x') }),
    );
  });

  it('knows by `rows` alone that values stand in other rows', () => {
    const left = digestOf({ a: ids(1n, 2n), b: texts('x', 'y') });
    const right = digestOf({ a: ids(1n, 2n), b: texts('y', 'x') });
    expect(right.columns).toEqual(left.columns);
    expect(right.rows).not.toBe(left.rows);
  });

  it('takes every NaN for one', () => {
    const bits = new BigUint64Array([0x7ff8000000000000n, 0xfff8000000000001n]);
    const [one, other] = new Float64Array(bits.buffer);
    expect(digestOf({ a: doubles(one as number) })).toEqual(digestOf({ a: doubles(other as number) }));
  });

  it.each([
    ['another value', ids(1n, 2n), ids(1n, 3n)],
    ['a row twice', ids(1n), ids(1n, 1n)],
    ['a null more', ids(1n), ids(1n, null)],
    ['a null where there was an empty text', texts(''), texts(null)],
    ['-0.0 where there was 0.0', doubles(0), doubles(-0)],
    ['a NaN where there was a null', doubles(Number.NaN), doubles(null)],
  ])('tells apart: %s', (_, left, right) => {
    const [one, other] = [digestOf({ a: left }), digestOf({ a: right })];
    expect(one.rows).not.toBe(other.rows);
    expect(one.columns['a']).not.toBe(other.columns['a']);
  });
});
