import { describe, expect, it } from '@jest/globals';
import { HawkesProcess, RandomStream } from '../../src/random/index.ts';

const process = (branchingRatio = 0.7, maxClusterSpan = 590) =>
  new HawkesProcess({
    branchingRatio,
    kernel: [
      { weight: 0.58, meanDelay: 0.1 },
      { weight: 0.27, meanDelay: 2 },
      { weight: 0.15, meanDelay: 30 },
    ],
    maxClusterSpan,
    blockLength: 10,
  });
const rate = (block: number) => 0.3 + 0.1 * (block & 1);
const streamOf = (seed: number) => (block: number) => new RandomStream('hawkes', seed, block);

describe('HawkesProcess', () => {
  it('gives the same events in any window, from a fresh instance and from a used one', () => {
    const used = process();
    const whole = used.events(-5, 200, rate, streamOf(1));
    expect(whole.length).toBeGreaterThan(1_000);
    for (const [first, end] of [
      [0, 1],
      [3, 40],
      [120, 200],
    ] as const) {
      const expected = [...whole].filter((time) => time >= first * 10 && time < end * 10);
      expect([...process().events(first, end, rate, streamOf(1))]).toEqual(expected);
      expect([...used.events(first, end, rate, streamOf(1))]).toEqual(expected);
    }
  });

  it('gives events in rising order, all inside the window', () => {
    const times = process().events(7, 300, rate, streamOf(2));
    expect([...times]).toEqual([...times].sort((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(70);
    expect(times.at(-1)).toBeLessThan(3_000);
  });

  it('has the mean and the dispersion of its branching ratio', () => {
    const windows = 400;
    const counts: number[] = [];
    const model = process();
    // A window of 2,000 s holds nearly all of a cluster: variance over mean tends to 1 / (1 - n)² = 11.1.
    for (let seed = 0; seed < windows; seed++)
      counts.push(model.events(0, 200, () => 0.3, streamOf(seed)).length);
    const average = counts.reduce((sum, n) => sum + n, 0) / windows;
    const variance = counts.reduce((sum, n) => sum + (n - average) ** 2, 0) / (windows - 1);
    // Expected 0.3 · 2000 / 0.3 = 2,000, its standard error 7.5; of the ratio, 0.75.
    expect(Math.abs(average - 2_000)).toBeLessThan(30);
    expect(variance / average).toBeGreaterThan(8.2);
    expect(variance / average).toBeLessThan(13.5);
  });

  it('is a Poisson process without branching', () => {
    const times = process(0).events(0, 20_000, () => 0.5, streamOf(3));
    const gaps = times.subarray(1).map((time, i) => time - (times[i] as number));
    const average = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const variance = gaps.reduce((sum, gap) => sum + (gap - average) ** 2, 0) / gaps.length;
    expect(average).toBeCloseTo(2, 1);
    expect(Math.sqrt(variance) / average).toBeCloseTo(1, 1);
  });

  it('leaves out descendants beyond the span of a cluster', () => {
    const only = (block: number) => (block === 0 ? 20 : 0);
    const times = process(0.7, 5).events(0, 10, only, streamOf(4));
    expect(times.length).toBeGreaterThan(200);
    expect(times.at(-1)).toBeLessThan(15);
  });
});
