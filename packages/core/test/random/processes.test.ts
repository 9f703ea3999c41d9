import { describe, expect, it } from '@jest/globals';
import { Ar1Process, chainStateAt, KeyedRandom, normalQuantile } from '../../src/random/index.ts';

describe('normalQuantile', () => {
  // R: qnorm(c(0.5, 0.975, 0.2, 1e-6, 1 - 1e-9, 1e-15), digits = 15)
  it.each([
    [0.5, 0],
    [0.975, 1.95996398454005],
    [0.2, -0.841621233572914],
    [1e-6, -4.7534243088229],
    [1 - 1e-9, 5.99780701500768],
    [1e-15, -7.941345326171],
  ])('of %d is %d', (p, z) => {
    expect(normalQuantile(p)).toBeCloseTo(z, 6);
    if (z !== 0 && p < 0.99) expect(normalQuantile(p) / z).toBeCloseTo(1, 12);
  });
});

describe('Ar1Process', () => {
  const phi = 0.95;
  const process = (blockSteps = 500) => new Ar1Process(new KeyedRandom(42, 'noise'), phi, blockSteps);

  it('has mean 0, variance 1 and the autocorrelation phi^lag, across block edges too', () => {
    const values = Array.from({ length: 400 }, (_, b) => [...process().block(b - 200)]).flat();
    const n = values.length;
    const moment = (lag: number) => {
      let sum = 0;
      for (let i = lag; i < n; i++) sum += (values[i] as number) * (values[i - lag] as number);
      return sum / (n - lag);
    };
    expect(Math.abs(values.reduce((a, b) => a + b, 0) / n)).toBeLessThan(0.06);
    expect(Math.abs(moment(0) - 1)).toBeLessThan(0.05);
    for (const lag of [1, 5, 20]) expect(Math.abs(moment(lag) - phi ** lag)).toBeLessThan(0.06);
  });

  it('gives the same block in any order, and no jump at a block edge', () => {
    const forward = [0, 1, 2].map((b) => [...process().block(b)]);
    const one = process();
    expect([2, 0, 1].map((b) => [...one.block(b)])).toEqual([forward[2], forward[0], forward[1]]);
    const long = process(1_500).block(0);
    forward.flat().forEach((value, i) => expect(Math.abs(value - (long[i] as number))).toBeLessThan(1e-8));
  });

  it('has memory of its own, so that another process may be read meanwhile', () => {
    const other = process();
    class ReadingAnother extends KeyedRandom {
      override normals(...args: Parameters<KeyedRandom['normals']>) {
        other.block(7);
        super.normals(...args);
      }
    }
    const interrupted = new Ar1Process(new ReadingAnother(42, 'noise'), phi, 500);
    expect(interrupted.block(3)).toEqual(process().block(3));
  });
});

describe('chainStateAt', () => {
  it.each([
    [0.24, 0.47],
    [0.0012, 0.9],
    [0.7, 0.2],
    [0.3, 0.3],
  ])('has the transition probabilities %d and %d', (enter, stay) => {
    const random = new KeyedRandom(42, 'rain', String(enter));
    const n = 200_000;
    const states = Uint8Array.from({ length: n }, (_, t) =>
      chainStateAt(t - 1_000, { enter, stay }, (at) => random.uniform(at + 1e6)),
    );
    const counts = [0, 0];
    const ones = [0, 0];
    for (let t = 1; t < n; t++) {
      const before = states[t - 1] as 0 | 1;
      counts[before] = (counts[before] as number) + 1;
      ones[before] = (ones[before] as number) + (states[t] as number);
    }
    const share = [0, 1].map((before) => (ones[before] as number) / (counts[before] as number));
    expect(Math.abs((share[0] as number) - enter)).toBeLessThan(
      4 * Math.sqrt((enter * (1 - enter)) / (counts[0] as number)) + 1e-9,
    );
    expect(Math.abs((share[1] as number) - stay)).toBeLessThan(
      4 * Math.sqrt((stay * (1 - stay)) / (counts[1] as number)) + 1e-9,
    );
  });
});
