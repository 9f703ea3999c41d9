import type { ReadColumn, ReadTable } from '@datagen/core';
import { describe, expect, it } from '@jest/globals';
import { profileTable } from '../../src/index.ts';

const tableOf = (columns: readonly ReadColumn[], rowCount: number): ReadTable => ({
  name: 'things',
  rowCount,
  fileCount: 1,
  byteSize: 100,
  columns,
  sampleRowCount: columns[0]?.sample.length ?? 0,
  warnings: [],
});
const profileOf = (column: Omit<ReadColumn, 'name'>, rowCount = column.sample.length) => {
  const { columns } = profileTable(tableOf([{ name: 'a', ...column }], rowCount), 2);
  return columns[0];
};

describe('the profile of a column', () => {
  it('is exact where the sample is the whole table', () => {
    const profile = profileOf({ type: 'text', sample: ['x', null, 'y', 'x'] });
    expect(profile).toMatchObject({
      nullShare: { value: 0.25, isExact: true },
      distinct: { value: 2, isExact: true },
      min: { value: 'x', isExact: true },
      max: { value: 'y', isExact: true },
      picture: { kind: 'shares', values: [{ text: 'x' }, { text: 'y' }], others: { count: 0 } },
    });
  });

  it('takes of all rows what statistics say, and marks what the sample tells', () => {
    const sample = Array.from({ length: 50 }, (_, i) => i % 7);
    const known = profileOf({ type: 'int32', sample, nullCount: 10, min: -5, max: 99 }, 1000);
    expect(known).toMatchObject({
      nullShare: { value: 0.01, isExact: true },
      distinct: { value: 7, isExact: false },
      min: { value: -5, isExact: true },
      max: { value: 99, isExact: true },
    });
    const silent = profileOf({ type: 'int32', sample }, 1000);
    expect(silent).toMatchObject({ nullShare: { isExact: false }, min: { value: 0, isExact: false } });
  });

  it('shows bars for numbers, shares for kinds, and nothing for names or one value', () => {
    const kindOf = (type: string, sample: ReadColumn['sample']) => profileOf({ type, sample })?.picture?.kind;
    const many = Array.from({ length: 400 }, (_, i) => i);
    expect(kindOf('int64', many)).toBe('histogram');
    expect(
      kindOf(
        'decimal(10,2)',
        many.map((i) => (i % 3) * 4.99),
      ),
    ).toBe('shares');
    expect(
      kindOf(
        'int32',
        many.map((i) => i % 3),
      ),
    ).toBe('histogram');
    expect(
      kindOf(
        'boolean',
        many.map((i) => i % 3 === 0),
      ),
    ).toBe('shares');
    expect(
      kindOf(
        'text',
        many.map((i) => `name ${String(i)}`),
      ),
    ).toBeUndefined();
    expect(
      kindOf(
        'text',
        many.map(() => 'EUR'),
      ),
    ).toBeUndefined();
    expect(kindOf('timestamp', [null, null])).toBeUndefined();
  });

  it('sums the shares of many kinds up', () => {
    const sample = Array.from({ length: 4000 }, (_, i) => `k${String(i % 40)}`);
    const picture = profileOf({ type: 'text', sample })?.picture;
    if (picture?.kind !== 'shares') throw new Error('expected shares');
    expect([picture.values.length, picture.others.count]).toEqual([8, 32]);
    expect(picture.others.share).toBeCloseTo(0.8, 9);
  });
});

describe('the profile of a table', () => {
  it('keeps its first rows', () => {
    const columns = [
      { name: 'a', type: 'int32', sample: [1, 2, 3] },
      { name: 'b', type: 'text', sample: ['x', null, 'z'] },
    ];
    expect(profileTable(tableOf(columns, 3), 2).rows).toEqual([
      [1, 'x'],
      [2, null],
    ]);
  });
});
