import { describe, expect, it } from '@jest/globals';
import { histogramOf } from '../../src/profile/histogram.ts';

const DAY_MS = 86_400_000;
const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);

describe('a histogram', () => {
  it('has a bar for each of a few whole numbers', () => {
    const histogram = histogramOf('int32', [1, 1, 2, 4], 1, undefined);
    expect(histogram?.counts).toEqual([2, 1, 0, 1]);
    expect(histogram?.edges).toEqual([0.5, 1.5, 2.5, 3.5, 4.5]);
  });

  it('counts every value once, those on the last edge too', () => {
    const values = Array.from({ length: 1001 }, (_, i) => i / 1000);
    const histogram = histogramOf('float64', values, 1, undefined);
    expect(sum(histogram?.counts ?? [])).toBe(1001);
    expect(histogram?.edges).toHaveLength(41);
    expect([histogram?.edges[0], histogram?.edges.at(-1)]).toEqual([0, 1]);
  });

  it('leaves out the few that lie far from the others, and says how many', () => {
    const values = [...Array.from({ length: 990 }, (_, i) => i % 90), ...new Array<number>(10).fill(1e6)];
    const histogram = histogramOf('int64', values, 3, undefined);
    expect(histogram?.edges.at(-1)).toBeLessThan(100);
    expect([histogram?.below, histogram?.above]).toEqual([0, 30]);
    expect(sum(histogram?.counts ?? [])).toBe(3 * 990);
  });

  it('is by days of the calendar over time', () => {
    const noon = (day: number) => (Date.UTC(2026, 0, day) + DAY_MS / 2) * 1000;
    const histogram = histogramOf('timestamp', [noon(5), noon(5), noon(20)], 1, undefined);
    expect(histogram?.unit).toEqual({ count: 6, name: 'hour' });
    const days = histogramOf('date', [20_458, 20_458, 20_460], 1, undefined);
    expect([days?.unit, days?.counts]).toEqual([{ count: 1, name: 'day' }, [2, 0, 1]]);
    expect(days?.edges[0]).toBe(20_458 * DAY_MS);
  });

  it('is that of spans where these lie side by side, and of the sample where they overlap', () => {
    const sorted = Array.from({ length: 10 }, (_, i) => ({ min: i * 100, max: i * 100 + 99, count: 1000 }));
    const bySpans = histogramOf('int64', [5, 6, 7], 1, sorted);
    expect(bySpans?.isOfAll).toBe(true);
    expect(sum(bySpans?.counts ?? [])).toBeCloseTo(10_000, 6);
    expect(Math.max(...(bySpans?.counts ?? []))).toBeLessThan(350);
    const mixed = sorted.map(() => ({ min: 0, max: 999, count: 1000 }));
    expect(histogramOf('int64', [5, 6, 7], 1, mixed)?.isOfAll).toBe(false);
  });

  it('is none without a value', () => {
    expect(histogramOf('int64', [], 1, undefined)).toBeUndefined();
  });
});
