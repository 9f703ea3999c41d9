import { type DatasetIdentity, DayCoverage, parseDay } from '@datagen/core/writer';
import { describe, expect, it } from '@jest/globals';
import { coverageIn, transactionsFor } from '../../src/log/coverage.ts';

const DAY = 86_400_000;
const days = (first: string, last: string) => ({
  startMs: parseDay(first, 'first'),
  endMs: parseDay(last, 'last') + DAY,
});
const A = 'aaaaaaaaaaaa';
const B = 'bbbbbbbbbbbb';
const other: DatasetIdentity = { generator: 'x:y', version: 2, options: { note: 'a:b' }, digest: B };

describe('coverage in application transactions', () => {
  it('has a bit for each day of a month, the lowest for the first', () => {
    const coverage = new DayCoverage().with(A, days('2026-01-30', '2026-02-02'));
    expect(transactionsFor(coverage, [], 3, {})).toEqual({
      [`datagen:${A}:3:2026-01`]: 2 ** 29 + 2 ** 30,
      [`datagen:${A}:3:2026-02`]: 1 + 2,
    });
  });

  it('comes back as it was, over gaps, leap days and years before 1970', () => {
    const coverage = new DayCoverage()
      .with(A, days('1969-12-30', '1970-01-02'))
      .with(A, days('2024-02-28', '2024-03-01'))
      .with(A, days('2026-01-01', '2026-12-31'))
      .with(B, undefined);
    const found = coverageIn(transactionsFor(coverage, [other], 0, {}), 0);
    expect(found.coverage.days).toEqual(coverage.days);
    expect(found.datasets).toEqual([other]);
  });

  it('grows by the months that change alone', () => {
    const before = new DayCoverage().with(A, days('2026-01-01', '2026-02-10'));
    const present = transactionsFor(before, [], 0, {});
    const after = before.with(A, days('2026-02-05', '2026-02-12'));
    expect(transactionsFor(after, [], 0, present)).toEqual({ [`datagen:${A}:0:2026-02`]: 2 ** 12 - 1 });
    expect(transactionsFor(before, [], 0, present)).toEqual({});
  });

  it('forgets other generations and other applications', () => {
    const present = { [`datagen:${A}:0`]: 1, [`spark:${A}:1`]: 1, 'my-stream': 7 };
    expect(coverageIn(present, 1).coverage.digests).toEqual([]);
    expect(coverageIn(present, 0).coverage.digests).toEqual([A]);
  });
});
