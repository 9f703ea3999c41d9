import { expect, it } from '@jest/globals';
import { lowerBound } from '../../src/generator.ts';

it('finds where a number lies, or would, in numbers that rise', () => {
  const sorted = Int32Array.of(2, 4, 4, 9);
  expect([1, 2, 3, 4, 5, 9, 10].map((value) => lowerBound(sorted, value))).toEqual([0, 0, 1, 1, 3, 3, 4]);
  expect(lowerBound([], 1)).toBe(0);
});
