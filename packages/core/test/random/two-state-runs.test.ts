import { describe, expect, it } from '@jest/globals';
import { KeyedRandom, twoStateRuns } from '../../src/random/index.ts';

describe('twoStateRuns', () => {
  it.each([
    [0.0012, 0.9],
    [0.05, 0.5],
    [0.7, 0.2],
    [1, 0.3],
  ])('has the stationary share and the run lengths of enter %d, stay %d', (enter, stay) => {
    const random = new KeyedRandom(42, 'runs', String(enter));
    const stepCount = 2_000;
    const PERIODS = 400;
    let [steps, runCount, atEdge] = [0, 0, 0];
    let areOrdered = true;
    for (let period = 0; period < PERIODS; period++) {
      const runs = twoStateRuns({ enter, stay }, stepCount, (draw) => random.uniform(period, draw));
      for (let i = 0; i < runs.length; i += 2) {
        const [start, end] = [runs[i] as number, runs[i + 1] as number];
        areOrdered &&= start < end && (i === 0 || start > (runs[i - 1] as number));
        steps += end - start;
        runCount++;
      }
      areOrdered &&= (runs.at(-1) ?? 0) <= stepCount;
      if (runs[0] === 0) atEdge++;
    }
    expect(areOrdered).toBe(true);
    const share = enter / (enter + 1 - stay);
    expect(Math.abs(steps / (PERIODS * stepCount) / share - 1)).toBeLessThan(0.05);
    expect(Math.abs((steps / runCount) * (1 - stay) - 1)).toBeLessThan(0.05);
    expect(Math.abs(atEdge / PERIODS - share)).toBeLessThan(
      4 * Math.sqrt((share * (1 - share)) / PERIODS) + 1e-9,
    );
  });

  it('has no runs where none is entered', () => {
    expect(twoStateRuns({ enter: 0, stay: 0.5 }, 100, () => 0.5)).toEqual([]);
  });
});
