import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { findOptions } from '../../../src/request/size/search.ts';
import type { BoundedStep } from '../../../src/request/size/steps.ts';

const step = (name: string, low: number, high: number): BoundedStep => ({
  names: [name],
  start: 1,
  low,
  high,
  at: (factor) => ({ [name]: Number(factor.toPrecision(4)) }),
});
const valueOf = (options: Readonly<Record<string, unknown>>, name: string) => (options[name] ?? 1) as number;

describe('the search for options of a size', () => {
  it('comes near any size between its bounds, however amounts grow', async () => {
    const amounts = fc.record({
      fixed: fc.double({ min: 0, max: 10, noNaN: true }),
      power: fc.double({ min: 0.4, max: 2, noNaN: true }),
      factor: fc.double({ min: 0.01, max: 1_000, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(amounts, async ({ fixed, power, factor }) => {
        const amountOf = (x: number) => 1e9 * (fixed + x ** power);
        const target = amountOf(factor);
        const found = await findOptions([step('x', 0.001, 10_000)], target, (options) =>
          Promise.resolve(amountOf(valueOf(options, 'x'))),
        );
        expect(Math.abs(Math.log(found.amount / target))).toBeLessThan(0.0501);
      }),
      // A smaller example says no more, and takes minutes to be found.
      { endOnFailure: true },
    );
  });

  it('takes the next step from where the one before ends', async () => {
    const found = await findOptions([step('x', 0.1, 10), step('y', 0.1, 10)], 50_000, (options) =>
      Promise.resolve(1_000 * valueOf(options, 'x') * valueOf(options, 'y')),
    );
    expect(found).toEqual({ options: { x: 10, y: 5 }, amount: 50_000, isBounded: false });
  });

  it('says that nothing is left to move', async () => {
    const found = await findOptions([step('x', 0.1, 10)], 50_000, (options) =>
      Promise.resolve(1_000 * valueOf(options, 'x')),
    );
    expect(found).toEqual({ options: { x: 10 }, amount: 10_000, isBounded: true });
  });
});
