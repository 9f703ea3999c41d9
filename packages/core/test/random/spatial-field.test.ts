import { describe, expect, it } from '@jest/globals';
import { chordKm, KeyedRandom, SpatialField } from '../../src/random/index.ts';

const berlin = { latitude: 52.52, longitude: 13.405 };
const dresden = { latitude: 51.05, longitude: 13.74 };
const madrid = { latitude: 40.417, longitude: -3.703 };
const sydney = { latitude: -33.869, longitude: 151.209 };
const places = [berlin, dresden, madrid, sydney];

/** Normals of place j at 40,000 times, the same for a place wherever it stands in a list. */
const random = new KeyedRandom('spatial-field');
const times = Array.from({ length: 40_000 }, (_, t) => t);
const normalsAt = (t: number, count: number) =>
  Float64Array.from({ length: count }, (_, j) => random.normal(t, j));

describe('chordKm', () => {
  // Haversine distances (165 km, 1,869 km) as chords.
  it.each([
    [berlin, dresden, 165],
    [berlin, madrid, 1862],
    [{ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 }, 12_742],
    [{ latitude: 90, longitude: 20 }, { latitude: 90, longitude: -70 }, 0],
  ])('from %j to %j is %d km', (a, b, km) => {
    expect(Math.abs(chordKm(a, b) - km)).toBeLessThan(2);
  });
});

describe('SpatialField', () => {
  it('has variance 1 and correlations exp(-distance / range)', () => {
    const field = new SpatialField(places, 1_400);
    const products = new Float64Array(16);
    for (const t of times) {
      const normals = normalsAt(t, 4);
      const values = places.map((_, i) => field.valueAt(i, normals));
      for (let k = 0; k < 16; k++)
        products[k] = (products[k] as number) + (values[k >> 2] as number) * (values[k & 3] as number);
    }
    places.forEach((a, i) => {
      places.forEach((b, j) => {
        const expected = Math.exp(-chordKm(a, b) / 1_400);
        expect(Math.abs((products[4 * i + j] as number) / times.length - expected)).toBeLessThan(0.025);
      });
    });
  });

  it.each([0.5, 1, 1.3, 2])('has correlations exp(-(distance / range)^%d)', (shape) => {
    const field = new SpatialField(places, 1_400, shape);
    let products = 0;
    for (const t of times) {
      const normals = normalsAt(t, 4);
      products += field.valueAt(0, normals) * field.valueAt(2, normals);
    }
    const expected = Math.exp(-((chordKm(berlin, madrid) / 1_400) ** shape));
    expect(Math.abs(products / times.length - expected)).toBeLessThan(0.025);
  });

  it('gives a place the same values when places are appended, and reads normals from an offset', () => {
    const few = new SpatialField(places.slice(0, 2), 650);
    const many = new SpatialField(places, 650);
    const normals = normalsAt(7, 4);
    const shifted = Float64Array.of(9, ...normals);
    for (const i of [0, 1]) {
      expect(many.valueAt(i, normals)).toBe(few.valueAt(i, normals.subarray(0, 2)));
      expect(many.valueAt(i, shifted, 1)).toBe(few.valueAt(i, normals));
    }
  });

  it('gives two names of one place the same values', () => {
    const field = new SpatialField([berlin, madrid, berlin, dresden], 650);
    const normals = normalsAt(3, 4);
    expect(field.valueAt(2, normals)).toBeCloseTo(field.valueAt(0, normals), 9);
    expect(Number.isFinite(field.valueAt(3, normals))).toBe(true);
  });
});
