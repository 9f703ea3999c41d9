import type { ColumnStatistics } from '@datagen/core/writer';
import { describe, expect, it } from '@jest/globals';
import { summaryOf, widened } from '../src/statistics.ts';

const bounds = (type: string, min: ColumnStatistics['min'], max: ColumnStatistics['max']) =>
  summaryOf(type, 9, {
    byteSize: 1,
    nullCount: 2,
    nanCount: 0,
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  })?.bounds;

describe('the statistics of a file in a catalog', () => {
  it('are texts as DuckDB writes them', () => {
    expect(bounds('int64', -9223372036854775808n, 9223372036854775807n)).toEqual({
      min: '-9223372036854775808',
      max: '9223372036854775807',
    });
    expect(bounds('decimal(12,2)', -5n, 123456n)).toEqual({ min: '-0.05', max: '1234.56' });
    expect(bounds('decimal(5,0)', -5n, 12n)).toEqual({ min: '-5', max: '12' });
    expect(bounds('float64', -0.5, 1000)).toEqual({ min: '-0.5', max: '1000.0' });
    expect(bounds('float64', -Infinity, 1e300)).toEqual({ min: '-inf', max: '1e+300' });
    expect(bounds('boolean', false, true)).toEqual({ min: '0', max: '1' });
    expect(bounds('date', -1, 20_000)).toEqual({ min: '1969-12-31', max: '2024-10-04' });
    expect(bounds('timestamptz', -1n, 1_700_000_000_120_000n)).toEqual({
      min: '1969-12-31 23:59:59.999999+00',
      max: '2023-11-14 22:13:20.12+00',
    });
    expect(bounds('timestamptz', -1_000_000n, 0n)).toEqual({
      min: '1969-12-31 23:59:59+00',
      max: '1970-01-01 00:00:00+00',
    });
    expect(bounds('varchar', "it's", 'ö')).toEqual({ min: "it's", max: 'ö' });
  });

  it('are silent where bounds are not known, or have no text that every reader and database takes', () => {
    expect(bounds('varchar', 'a', undefined)).toBeUndefined();
    expect(bounds('varchar', 'a\0', 'b')).toBeUndefined();
    expect(bounds('date', -800_000, 0)).toBeUndefined();
    expect(bounds('timestamptz', 0n, 400_000_000_000_000_000n)).toBeUndefined();
    expect(summaryOf('int64', 9, { byteSize: 1, min: 1n, max: 2n })).toBeUndefined();
  });

  it('say of a column without values that there are none, and of doubles whether there may be a NaN', () => {
    expect(summaryOf('int64', 9, { byteSize: 3, nullCount: 9 })).toEqual({
      byteSize: 3,
      valueCount: 0,
      nullCount: 9,
    });
    const nans = [undefined, 0, 1].map((nanCount) =>
      summaryOf('float64', 9, {
        byteSize: 1,
        nullCount: 0,
        min: 0,
        max: 1,
        ...(nanCount !== undefined && { nanCount }),
      }),
    );
    expect(nans.map((summary) => summary?.hasNan)).toEqual([true, false, true]);
  });
});

describe('bounds of a table', () => {
  const widen = (type: string, a: readonly [string, string], b: readonly [string, string]) => {
    const found = widened(type, { min: a[0], max: a[1] }, { min: b[0], max: b[1] });
    return found && [found.min, found.max];
  };

  it('are compared as values and not as text', () => {
    expect(widen('int64', ['9', '10'], ['-11', '9'])).toEqual(['-11', '10']);
    expect(widen('int64', ['0', '9223372036854775806'], ['0', '9223372036854775807'])?.[1]).toBe(
      '9223372036854775807',
    );
    expect(widen('decimal(12,2)', ['9.50', '10.00'], ['-0.05', '9.99'])).toEqual(['-0.05', '10.00']);
    expect(widen('float64', ['9.0', '1e+300'], ['-inf', '2.0'])).toEqual(['-inf', '1e+300']);
    expect(widen('date', ['2026-01-02', '2026-01-03'], ['1969-12-31', '2025-01-01'])).toEqual([
      '1969-12-31',
      '2026-01-03',
    ]);
    expect(
      widen(
        'timestamptz',
        ['2026-01-01 00:00:00.5+00', '2026-01-01 00:00:00.5+00'],
        ['2026-01-01 00:00:00.45+00', '2026-01-01 00:00:00.500001+00'],
      ),
    ).toEqual(['2026-01-01 00:00:00.45+00', '2026-01-01 00:00:00.500001+00']);
    // U+FF61 is before U+1F600 by its bytes in UTF-8, and after it by those of UTF-16.
    expect(widen('varchar', ['a', '\u{ff61}'], ['B', '\u{1f600}'])).toEqual(['B', '\u{1f600}']);
  });

  it('are not known where a text of somebody else cannot be read', () => {
    expect(
      widen('timestamptz', ['2026-01-01 00:00:00+02', '2026-01-01 00:00:00+02'], ['a', 'b']),
    ).toBeUndefined();
    expect(widen('date', ['0044-03-15 (BC)', '2026-01-01'], ['2026-01-01', '2026-01-01'])).toBeUndefined();
    expect(widen('int64', ['1', 'x'], ['1', '2'])).toBeUndefined();
    expect(widen('float64', ['', '1.0'], ['0.0', '2.0'])).toBeUndefined();
    expect(widen('boolean', ['false', 'true'], ['0', '1'])).toBeUndefined();
  });
});
