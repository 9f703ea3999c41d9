import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DAY_MS } from '../../src/generator.ts';
import { DayCoverage } from '../../src/writer/index.ts';

const days = (first: number, last: number) => ({ startMs: first * DAY_MS, endMs: (last + 1) * DAY_MS });
const blockOf = (startMs: number, endMs: number) => ({
  key: 'k',
  rowCount: 1,
  exact: true,
  time: { startMs, endMs },
});

describe('DayCoverage', () => {
  it('is the union of windows, less those taken out, as a set of days would be', () => {
    const step = fc.record({
      adds: fc.boolean(),
      first: fc.integer({ min: -20, max: 20 }),
      length: fc.integer({ min: 1, max: 8 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let coverage = new DayCoverage();
        const model = new Set<number>();
        for (const { adds, first, length } of steps) {
          const window = days(first, first + length - 1);
          coverage = adds ? coverage.with('d', window) : coverage.without('d', window);
          for (let day = first; day < first + length; day++)
            if (adds) model.add(day);
            else model.delete(day);
        }
        for (let day = -30; day < 40; day++)
          expect(coverage.covers('d', '', blockOf(day * DAY_MS, (day + 1) * DAY_MS))).toBe(model.has(day));
        const copy = new DayCoverage(JSON.parse(JSON.stringify(coverage.days)) as DayCoverage['days']);
        expect(copy).toEqual(coverage);
        const ranges = coverage.days['d'] ?? [];
        for (let i = 1; i < ranges.length; i++)
          expect(Number(ranges[i]?.[0])).toBeGreaterThan(Number(ranges[i - 1]?.[1]) + 1);
      }),
    );
  });

  it('covers hours of days that are there, and no block that reaches beyond them', () => {
    const coverage = new DayCoverage().with('d', days(10, 11));
    const hour = DAY_MS / 24;
    expect(coverage.covers('d', '', blockOf(11 * DAY_MS + 23 * hour, 12 * DAY_MS))).toBe(true);
    expect(coverage.covers('d', '', blockOf(11 * DAY_MS, 12 * DAY_MS + hour))).toBe(false);
    expect(coverage.covers('other', '', blockOf(10 * DAY_MS, 11 * DAY_MS))).toBe(false);
  });

  it('holds all or nothing of a table without time', () => {
    const block = { key: 'r0', rowCount: 1, exact: true };
    expect(new DayCoverage().covers('d', '', block)).toBe(false);
    expect(new DayCoverage().with('d', undefined).covers('d', '', block)).toBe(true);
    expect(new DayCoverage().with('d', undefined).digests).toEqual(['d']);
  });
});
