import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { TimeLeft } from '../../src/report/time-left.ts';

/** How far a run had come, every 100 ms or so. */
interface Curve {
  readonly name: string;
  readonly totalRowCount: number;
  readonly endMs: number;
  readonly moments: readonly (readonly [ms: number, rowCount: number])[];
}

/** What was estimated for what was left, while between `from` and `to` of the rows had come. */
function ratios({ totalRowCount, endMs, moments }: Curve, from: number, to: number): number[] {
  const timeLeft = new TimeLeft(0);
  return moments.flatMap(([ms, rowCount]) => {
    const leftMs = timeLeft.leftMs(ms, rowCount, totalRowCount);
    const share = rowCount / totalRowCount;
    return leftMs === undefined || share < from || share > to ? [] : [leftMs / (endMs - ms)];
  });
}

function median(values: readonly number[]): number {
  expect(values.length).toBeGreaterThan(3);
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number;
}

/** A run that makes rows at `rate(ms)` rows a millisecond from `firstMs` on. */
function curveOf(totalRowCount: number, firstMs: number, rate: (ms: number) => number): Curve {
  const moments: [number, number][] = [];
  let rowCount = 0;
  let ms = firstMs;
  for (; rowCount < totalRowCount; ms += 10) {
    rowCount = Math.min(totalRowCount, rowCount + 10 * rate(ms));
    if (ms % 100 === 0) moments.push([ms, rowCount]);
  }
  return { name: '', totalRowCount, endMs: ms, moments };
}

describe('TimeLeft', () => {
  const curves = JSON.parse(
    readFileSync(new URL('./progress-curves.json', import.meta.url), 'utf8'),
  ) as Curve[];

  it.each(curves.map((curve) => [curve.name, curve] as const))(
    'is right by a factor of 1.5 after a tenth of a run that was recorded: %s',
    (_, curve) => {
      for (const [from, to] of [
        [0.1, 0.6],
        [0.3, 0.9],
      ] as const) {
        const ratio = median(ratios(curve, from, to));
        expect(Math.max(ratio, 1 / ratio)).toBeLessThan(1.5);
      }
    },
  );

  it('forgets a slow start', () => {
    // For 3 s at a tenth of the speed, as when threads start and code is compiled.
    const curve = curveOf(30_000_000, 700, (ms) => (ms < 3_000 ? 100 : 1_000));
    for (const ratio of ratios(curve, 0.1, 0.95)) expect(Math.max(ratio, 1 / ratio)).toBeLessThan(1.1);
  });

  it('follows a run that slows down for good', () => {
    // The machine gets another job to do at a third of the rows.
    const curve = curveOf(60_000_000, 0, (ms) => (ms < 20_000 ? 1_000 : 500));
    for (const ratio of ratios(curve, 0.6, 0.95)) expect(Math.max(ratio, 1 / ratio)).toBeLessThan(1.5);
  });

  it('is not misled by tables that take turns and cost differently', () => {
    const curve = curveOf(60_000_000, 0, (ms) => (ms % 3_000 < 2_000 ? 500 : 2_000));
    for (const ratio of ratios(curve, 0.2, 0.9)) expect(Math.max(ratio, 1 / ratio)).toBeLessThan(1.5);
  });

  it('does not take the little that came after a large first part for the speed of the run', () => {
    const timeLeft = new TimeLeft(0);
    timeLeft.leftMs(2_000, 20_000, 100_000);
    // 100 rows in 3 s: 40 minutes for the rest.
    expect(timeLeft.leftMs(5_000, 20_100, 100_000)).toBeLessThan(25_000);
  });

  it('knows nothing before the first row, and little after it', () => {
    const timeLeft = new TimeLeft(1_000);
    expect(timeLeft.leftMs(1_500, 0, 1_000)).toBeUndefined();
    expect(timeLeft.leftMs(2_000, 400, 1_000)).toBe(1_500);
    // Another thread's rows, and a batch without any.
    expect(timeLeft.leftMs(2_000, 500, 1_000)).toBe(1_000);
    expect(timeLeft.leftMs(3_000, 500, 1_000)).toBeGreaterThan(1_000);
  });

  it('does not guess from the first rows of a long run', () => {
    const timeLeft = new TimeLeft(0);
    // 45,000 h, if it went on as it began.
    expect(timeLeft.leftMs(5_000, 30, 1_000_000_000)).toBeUndefined();
    expect(timeLeft.leftMs(6_000, 1_000_000, 1_000_000_000)).toBeUndefined();
    expect(timeLeft.leftMs(6_100, 11_000_000, 1_000_000_000)).toBeGreaterThan(0);
    const slow = new TimeLeft(0);
    slow.leftMs(5_000, 30, 1_000_000_000);
    expect(slow.leftMs(8_000, 60, 1_000_000_000)).toBeGreaterThan(0);
  });

  it('is nothing when there are more rows than were foreseen', () => {
    const timeLeft = new TimeLeft(0);
    timeLeft.leftMs(1_000, 900, 1_000);
    expect(timeLeft.leftMs(2_000, 1_010, 1_000)).toBe(0);
  });
});
