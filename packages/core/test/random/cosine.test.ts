import { describe, expect, it } from '@jest/globals';
import { cosineOfTurns } from '../../src/random/index.ts';

describe('cosineOfTurns', () => {
  it('is the cosine of a full circle', () => {
    for (let turns = -3; turns <= 3; turns += 0.0137)
      expect(Math.abs(cosineOfTurns(turns) - Math.cos(2 * Math.PI * turns))).toBeLessThan(1e-13);
    expect([0, 0.25, 0.5, 1e9 + 0.5].map(cosineOfTurns).map((x) => Math.round(x * 1e12) / 1e12)).toEqual([
      1, 0, -1, -1,
    ]);
  });
});
