import { describe, expect, it } from '@jest/globals';
import {
  AliasTable,
  gammaOf,
  KeyedRandom,
  RandomStream,
  sampleGamma,
  sampleNegativeBinomial,
  sampleNormal,
  samplePoisson,
  zipfMandelbrotWeights,
} from '../../src/random/index.ts';
import { exponentialFrom } from '../../src/random/samplers/exponential.ts';
import { hash128, hashParts } from '../../src/random/streams/hash.ts';

function moments(count: number, sample: () => number): { mean: number; variance: number } {
  let mean = 0;
  let squares = 0;
  for (let i = 1; i <= count; i++) {
    const x = sample();
    const delta = x - mean;
    mean += delta / i;
    squares += delta * (x - mean);
  }
  return { mean, variance: squares / (count - 1) };
}

/** Upper tail of the chi-square distribution by the Wilson-Hilferty approximation. */
function chiSquareP(chiSquare: number, degrees: number): number {
  const t = 2 / (9 * degrees);
  const z = (Math.cbrt(chiSquare / degrees) - (1 - t)) / Math.sqrt(t);
  return 0.5 * (1 - erf(z / Math.SQRT2));
}

/** Abramowitz and Stegun 7.1.26. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const series =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - series * Math.exp(-x * x));
}

describe('hash128', () => {
  // From the reference implementation (mmh3 5, x86 variant, seed 0).
  it.each([
    ['', [0, 0, 0, 0]],
    ['hello', [0x2b2444a0, 0xdb91def7, 0x9adb31b6, 0x9adb31b6]],
    ['[42,"orders","2026-01-05"]', [0x28f02bca, 0x738e5821, 0xb374a24a, 0x425ceb4b]],
    ['größe and more than sixteen bytes', [0x9b42fbfc, 0xa894d7fb, 0xa2b70643, 0xb9d21abc]],
  ] as const)('gives the words of the reference implementation for "%s"', (text, words) => {
    expect(hash128(text)).toEqual(words);
  });

  it('tells lists of parts apart', () => {
    const names = [['a', 'b'], ['ab'], ['a,b'], ['a', 'b', ''], [1, 2], ['1', '2'], [12]];
    expect(new Set(names.map((name) => hashParts(name).join())).size).toBe(names.length);
  });
});

describe('random streams', () => {
  it('R1: first draws are uniform across streams of neighbouring names', () => {
    let i = 0;
    const { mean, variance } = moments(100_000, () =>
      new RandomStream(42, 'orders', `date${String(i++)}`, 'col').uniform(),
    );
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.004);
    expect(Math.abs(variance * 12 - 1)).toBeLessThan(0.02);
  });

  it('R2: first draws of neighbouring names are uncorrelated', () => {
    const count = 100_000;
    const draws = Float64Array.from(
      { length: count },
      (_, i) => new RandomStream(42, 'orders', i, 'col').uniform() - 0.5,
    );
    let products = 0;
    for (let i = 1; i < count; i++) products += (draws[i] as number) * (draws[i - 1] as number);
    expect(Math.abs((products / count) * 12)).toBeLessThan(4 / Math.sqrt(count));
  });

  it('R3: a million names give a million streams', () => {
    const first = new Set<number>();
    const names = 1_000_000;
    for (let i = 0; i < names; i++) {
      const [a, b] = hashParts([42, 'orders', 'col', i]);
      // 53 of the first 64 bits: expected collisions 6e-5.
      first.add(a * 0x200000 + (b >>> 11));
    }
    expect(first.size).toBe(names);
  });

  it('gives the same numbers for the same name, and other numbers for another', () => {
    const draw = (...name: (string | number)[]) =>
      Array.from(
        { length: 5 },
        (
          (stream) => () =>
            stream.uniform()
        )(new RandomStream(...name)),
      );
    expect(draw(42, 'a')).toEqual(draw(42, 'a'));
    expect(draw(42, 'a')).not.toEqual(draw(42, 'b'));
    expect(draw(42, 'a')).not.toEqual(draw(43, 'a'));
  });

  it('fixes its numbers for good', () => {
    const stream = new RandomStream(42, 'orders', '2026-01-05');
    const keyed = new KeyedRandom(42, 'customers', 'country');
    expect([stream.uniform(), stream.double(), stream.below(1000)]).toMatchInlineSnapshot(`
     [
       0.6470157608855516,
       0.7238535227159857,
       399,
     ]
    `);
    expect([keyed.uint32(0), keyed.uint32(1), keyed.uint32(2 ** 40), keyed.uint32(1, 1)])
      .toMatchInlineSnapshot(`
     [
       2129333313,
       1414666778,
       653116471,
       992677663,
     ]
    `);
  });
});

describe('draws by position', () => {
  it('are the same for many rows at once as one by one, also where row numbers pass 32 bits', () => {
    const random = new KeyedRandom('bulk', 7);
    for (const first of [0, 1, 2 ** 31 - 3, 2 ** 32 - 3, 3 * 2 ** 32 - 1, 2 ** 52]) {
      const keys = random.keys(first, new Int32Array(8));
      expect([...keys]).toEqual(Array.from({ length: 8 }, (_, i) => random.key(first + i)));
      const bulk = random.uniforms(keys, new Float64Array(8), 2);
      expect([...bulk]).toEqual(Array.from({ length: 8 }, (_, i) => random.uniform(first + i, 2)));
      expect(Array.from(keys, (key) => random.bitsOf(key, 2) >>> 0)).toEqual(
        Array.from({ length: 8 }, (_, i) => random.uint32(first + i, 2)),
      );
    }
  });

  it('are uniform, and uncorrelated between rows and between draws of one row', () => {
    const count = 1_000_000;
    const keyed = new KeyedRandom(42, 'customers', 'country');
    let i = 0;
    const { mean, variance } = moments(count, () => keyed.uniform(i++));
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.0012);
    expect(Math.abs(variance * 12 - 1)).toBeLessThan(0.004);
    const correlation = (other: (row: number) => number) => {
      let sum = 0;
      for (let row = 0; row < count; row++) sum += (keyed.uniform(row) - 0.5) * (other(row) - 0.5);
      return (sum / count) * 12;
    };
    expect(Math.abs(correlation((row) => keyed.uniform(row + 1)))).toBeLessThan(4 / Math.sqrt(count));
    for (let draw = 1; draw < 12; draw++)
      expect(Math.abs(correlation((row) => keyed.uniform(row, draw)))).toBeLessThan(4 / Math.sqrt(count));
    expect(Math.abs(correlation((row) => keyed.uniform(row + 2 ** 32)))).toBeLessThan(4 / Math.sqrt(count));
  });

  it('are the same row by row and from the keys of many rows', () => {
    const random = new KeyedRandom('keys', 7);
    const rows = [0, 1, 77, 2 ** 31, 2 ** 40 + 3, -1, -1_000_000];
    const keys = Int32Array.from(rows, (row) => random.key(row));
    const bits = new Int32Array(rows.length);
    const normals = new Float64Array(rows.length);
    const exponentials = new Float64Array(rows.length);
    random.bits(keys, bits, 3);
    random.normals(keys, normals, 4);
    random.exponentials(keys, exponentials, 5);
    expect([...bits]).toEqual(rows.map((row) => random.uint32(row, 3) | 0));
    expect([...normals]).toEqual(rows.map((row) => random.normal(row, 4)));
    for (const [i, row] of rows.entries())
      expect(exponentials[i]).toBeCloseTo(-Math.log(((random.uint32(row, 5) | 1) >>> 0) / 2 ** 32), 10);
  });
});

describe('R4: samplers over a million draws', () => {
  const count = 1_000_000;

  it('normal: mean, variance and tails', () => {
    const stream = new RandomStream('normal');
    let beyond3 = 0;
    let beyond4 = 0;
    const { mean, variance } = moments(count, () => {
      const z = sampleNormal(stream);
      if (Math.abs(z) > 3) beyond3++;
      if (Math.abs(z) > 4) beyond4++;
      return z;
    });
    expect(Math.abs(mean)).toBeLessThan(0.004);
    expect(Math.abs(variance - 1)).toBeLessThan(0.006);
    expect(Math.abs(beyond3 / count - 0.0027)).toBeLessThan(0.0002);
    expect(beyond4 / count).toBeGreaterThan(0.00003);
    expect(beyond4 / count).toBeLessThan(0.0001);
  });

  it('normal: the shape of the distribution', () => {
    const stream = new RandomStream('normal shape');
    const bins = 50;
    const counts = new Float64Array(bins);
    const cdf = (z: number) => 0.5 * (1 + erf(z / Math.SQRT2));
    for (let i = 0; i < count; i++) {
      const bin = Math.min(bins - 1, Math.floor(cdf(sampleNormal(stream)) * bins));
      counts[bin] = (counts[bin] as number) + 1;
    }
    const expected = count / bins;
    expect(
      chiSquareP(
        counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0),
        bins - 1,
      ),
    ).toBeGreaterThan(1e-4);
  });

  it.each([0.3, 1, 3, 40])('gamma of shape %d: mean and variance', (shape) => {
    const stream = new RandomStream('gamma', shape);
    const { mean, variance } = moments(count, () => sampleGamma(stream, shape));
    expect(Math.abs(mean / shape - 1)).toBeLessThan(4 * Math.sqrt(1 / shape / count));
    expect(Math.abs(variance / shape - 1)).toBeLessThan(4 * Math.sqrt((2 + 6 / shape) / count));
  });

  it.each([0.2, 2.6, 9.9, 10.1, 75, 1_000])('Poisson of mean %d: mean and variance', (lambda) => {
    const stream = new RandomStream('poisson', lambda);
    const { mean, variance } = moments(count, () => samplePoisson(stream, lambda));
    expect(Math.abs(mean - lambda)).toBeLessThan(4 * Math.sqrt(lambda / count));
    expect(Math.abs(variance / lambda - 1)).toBeLessThan(4 * Math.sqrt((2 + 1 / lambda) / count));
  });

  it('Poisson: the shape of the distribution above 10', () => {
    const stream = new RandomStream('poisson shape');
    const lambda = 20;
    const counts = new Float64Array(60);
    for (let i = 0; i < count; i++) {
      const k = samplePoisson(stream, lambda);
      if (k < counts.length) counts[k] = (counts[k] as number) + 1;
    }
    let probability = Math.exp(-lambda);
    let chiSquare = 0;
    let bins = 0;
    for (let k = 0; k < counts.length; k++) {
      const expected = probability * count;
      if (expected > 20) {
        chiSquare += ((counts[k] as number) - expected) ** 2 / expected;
        bins++;
      }
      probability *= lambda / (k + 1);
    }
    expect(chiSquareP(chiSquare, bins - 1)).toBeGreaterThan(1e-4);
  });

  it('negative binomial: mean and variance', () => {
    const stream = new RandomStream('negative binomial');
    const [lambda, shape] = [1.6, 0.9];
    const { mean, variance } = moments(count, () => sampleNegativeBinomial(stream, lambda, shape));
    expect(Math.abs(mean - lambda)).toBeLessThan(0.01);
    expect(Math.abs(variance / (lambda + lambda ** 2 / shape) - 1)).toBeLessThan(0.015);
  });

  it.each([0.3, 0.549, 1, 2.5, 40])('gamma by key, shape %d: mean and variance', (shape) => {
    const keyed = new KeyedRandom('gamma', shape);
    let row = 0;
    const { mean, variance } = moments(count, () => gammaOf(keyed, keyed.key(row++), shape, 3));
    // The variance of a sample variance grows with the kurtosis, 6 / shape.
    const deviation = Math.sqrt((2 + 6 / shape) / count);
    expect(Math.abs(mean / shape - 1)).toBeLessThan(4 / Math.sqrt(shape * count));
    expect(Math.abs(variance / shape - 1)).toBeLessThan(4 * deviation);
  });

  it('gamma by key: the shape of the distribution', () => {
    // Shape 1 is exponential: 50 bins of equal probability.
    const keyed = new KeyedRandom('gamma');
    const counts = new Float64Array(50);
    for (let row = 0; row < count; row++) {
      const bin = Math.floor(-Math.expm1(-gammaOf(keyed, keyed.key(row), 1)) * 50);
      counts[bin] = (counts[bin] as number) + 1;
    }
    const expected = count / 50;
    const chiSquare = counts.reduce((sum, found) => sum + (found - expected) ** 2 / expected, 0);
    expect(chiSquareP(chiSquare, 49)).toBeGreaterThan(1e-4);
  });

  it('alias table: 50 bins of Zipf-Mandelbrot weights', () => {
    const stream = new RandomStream('alias');
    const weights = zipfMandelbrotWeights(50, 0.5, 1.3);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const table = new AliasTable(weights);
    const counts = new Float64Array(50);
    for (let i = 0; i < count; i++) {
      const k = table.sample(stream);
      counts[k] = (counts[k] as number) + 1;
    }
    const chiSquare = weights.reduce((sum, weight, k) => {
      const expected = (weight / total) * count;
      return sum + ((counts[k] as number) - expected) ** 2 / expected;
    }, 0);
    expect(chiSquareP(chiSquare, 49)).toBeGreaterThan(1e-4);
  });

  it('exponential: mean, variance and tail, within 1e-11 of a logarithm, and above 0', () => {
    const keyed = new KeyedRandom('exponential');
    const draws = keyed.exponentials(keyed.keys(0, new Int32Array(count)), new Float64Array(count));
    let i = 0;
    const { mean, variance } = moments(count, () => draws[i++] as number);
    expect(Math.abs(mean - 1)).toBeLessThan(0.004);
    expect(Math.abs(variance - 1)).toBeLessThan(0.012);
    expect(Math.abs(draws.filter((x) => x > 5).length / count - Math.exp(-5))).toBeLessThan(0.0004);
    const someBits = Array.from({ length: 20_000 }, (_, row) => keyed.uint32(row));
    // Both ends, and both sides of where the number of leading zeros and the bin change.
    for (const bits of [
      0,
      1,
      3,
      4,
      5,
      2 ** 23,
      2 ** 31 - 1,
      2 ** 31,
      2 ** 31 + 2 ** 23,
      2 ** 32 - 1,
      ...someBits,
    ]) {
      const expected = -Math.log(((bits | 1) >>> 0) / 2 ** 32);
      const error = Math.abs(exponentialFrom(bits | 0) - expected);
      if (error >= 1e-11 || exponentialFrom(bits | 0) <= 0)
        throw new Error(`${String(bits)}: off by ${String(error)}`);
    }
  });

  it('alias table: refuses weights that cannot be drawn from', () => {
    expect(() => new AliasTable([0, 0])).toThrow('Expected weights with a positive sum, got 0.');
    expect(() => new AliasTable([])).toThrow('positive sum');
  });
});
