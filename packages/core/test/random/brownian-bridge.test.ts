import { describe, expect, it } from '@jest/globals';
import { bridgeMaximum, bridgeMinimum, bridgeTo, KeyedRandom } from '../../src/random/index.ts';

const random = new KeyedRandom('brownian-bridge');
const WALKS = 20_000;
const STEPS = 16;

/** A walk of 16 steps, the first half of which has three quarters of the variance 1. */
function walk(index: number): { steps: Float64Array; shares: Float64Array } {
  const shares = Float64Array.from({ length: STEPS }, (_, i) => (i < STEPS / 2 ? 0.75 : 0.25) / (STEPS / 2));
  const steps = shares.map((share, i) => Math.sqrt(share) * random.normal(index, i));
  return { steps, shares };
}

describe('bridgeTo', () => {
  it('ends where it is told, and scatters as a bridge does on the way', () => {
    let squares = 0;
    let worst = 0;
    for (let index = 0; index < WALKS; index++) {
      const { steps, shares } = walk(index);
      bridgeTo(0.3, steps, shares);
      const sum = (end: number) => steps.subarray(0, end).reduce((a, b) => a + b, 0);
      worst = Math.max(worst, Math.abs(sum(STEPS) - 0.3));
      squares += (sum(STEPS / 2) - 0.75 * 0.3) ** 2;
    }
    expect(worst).toBeLessThan(1e-14);
    // Variance of a bridge after a part p of its variance: p (1 - p).
    expect(Math.abs(squares / WALKS / (0.75 * 0.25) - 1)).toBeLessThan(0.04);
  });
});

describe('bridgeMaximum and bridgeMinimum', () => {
  it('have the distribution of the extremes of a bridge', () => {
    const [end, variance] = [0.4, 2];
    for (const level of [0.5, 1, 2]) {
      const expected = Math.exp((-2 * level * (level - end)) / variance);
      let above = 0;
      let below = 0;
      for (let i = 0; i < WALKS; i++) {
        if (bridgeMaximum(end, variance, Math.log(random.uniform(i, 100))) > level) above++;
        if (bridgeMinimum(-end, variance, Math.log(random.uniform(i, 100))) < -level) below++;
      }
      expect(Math.abs(above / WALKS - expected)).toBeLessThan(0.015);
      expect(below).toBe(above);
    }
  });

  it('are never inside the ends', () => {
    expect(bridgeMaximum(0.4, 1, Math.log(1 - 1e-12))).toBeGreaterThanOrEqual(0.4);
    expect(bridgeMinimum(0.4, 1, Math.log(1 - 1e-12))).toBeLessThanOrEqual(0);
  });
});
