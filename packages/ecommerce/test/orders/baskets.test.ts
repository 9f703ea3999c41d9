import { describe, expect, it } from '@jest/globals';
import { Arena } from '@datagen/core/generator';
import { RandomStream, sampleNegativeBinomial } from '@datagen/core/random';
import { drawBaskets } from '../../src/orders/baskets.ts';

/** Probabilities of 0, 1, …, `last - 1` and of all above of a negative binomial number. */
function negativeBinomial(mean: number, shape: number, last: number): number[] {
  const p: number[] = [Math.exp(shape * Math.log(shape / (shape + mean)))];
  for (let n = 1; n < last; n++)
    p.push(((p[n - 1] as number) * (mean / (mean + shape)) * (shape + n - 1)) / n);
  p.push(1 - p.reduce((a, b) => a + b, 0));
  return p;
}

describe('drawBaskets', () => {
  it.each([
    [1.6, 0.94],
    [1.1, 0.7],
    [5, 30],
  ])('gives baskets 1 + NB(%d, shape %d) although their sum is drawn first', (mean, shape) => {
    const last = 14;
    const counts = new Array<number>(last + 1).fill(0);
    const orderCount = 40;
    const days = 5_000;
    for (let day = 0; day < days; day++) {
      const stream = new RandomStream('baskets', mean, day);
      const extra = sampleNegativeBinomial(stream, orderCount * mean, orderCount * shape);
      const lines = drawBaskets(stream, orderCount, extra, shape, 10_000, new Arena());
      expect(lines.reduce((a, b) => a + b, 0)).toBe(orderCount + extra);
      for (const count of lines) {
        const at = Math.min(last, count - 1);
        counts[at] = (counts[at] as number) + 1;
      }
    }
    const total = orderCount * days;
    const chiSquare = negativeBinomial(mean, shape, last).reduce(
      (sum, p, n) => sum + ((counts[n] as number) - total * p) ** 2 / (total * p),
      0,
    );
    // 14 degrees of freedom: 36.1 is exceeded once in a thousand.
    expect(chiSquare).toBeLessThan(36.1);
  });

  it('never exceeds the largest basket, and fills all orders when it must', () => {
    const lines = drawBaskets(new RandomStream('full'), 10, 30, 0.5, 4, new Arena());
    expect([...lines]).toEqual(new Array(10).fill(4));
    expect(Math.max(...drawBaskets(new RandomStream('tight'), 10, 25, 0.1, 4, new Arena()))).toBe(4);
  });

  it('makes nothing of nothing', () => {
    expect([...drawBaskets(new RandomStream('none'), 0, 0, 1, 5, new Arena())]).toEqual([]);
    expect([...drawBaskets(new RandomStream('one'), 3, 0, 1, 5, new Arena())]).toEqual([1, 1, 1]);
  });
});
