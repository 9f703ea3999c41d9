import { KeyedRandom } from '@datagen/core/random';
import { mean } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { CITIES } from '../../src/locations/cities.ts';
import { climateOf } from '../../src/climate/climate.ts';
import { RoundedCurve } from '../../src/climate/rounded-curve.ts';
import { sunriseHour } from '../../src/climate/sun.ts';
import { WeibullTable } from '../../src/climate/weibull.ts';
import { textbookSunrise, weibullShape } from '../realism-weather.ts';

describe('WeibullTable', () => {
  it.each([0.86, 1.9])('turns normals into Weibull numbers of mean 1 and shape %d', (shape) => {
    const table = new WeibullTable(shape);
    const random = new KeyedRandom('weibull', shape);
    const values = Float64Array.from({ length: 200_000 }, (_, i) => table.at(random.normal(i)));
    expect(Math.abs(mean(values) - 1)).toBeLessThan(0.01);
    expect(Math.abs(weibullShape(values) / shape - 1)).toBeLessThan(0.03);
    // The median of a Weibull distribution is ln(2)^(1/k) of its scale; Γ(1 + 1/k) is the mean.
    expect(table.at(0)).toBeCloseTo(shape === 1.9 ? 0.9291 : 0.6042, 3);
  });
});

describe('RoundedCurve', () => {
  it.each([
    ['a logistic curve', (x: number) => 100 / (1 + Math.exp(-2.2 * x)), -3, 3],
    ['an exponential', (x: number) => 100 * Math.exp(17.62 * x), -0.4, 0],
    ['a line below zero', (x: number) => 10 * x, -7, -2],
  ])('is %s rounded, everywhere', (_, curve, from, to) => {
    const rounded = new RoundedCurve(curve, from, to);
    const random = new KeyedRandom('rounded curve');
    const wrong = Array.from({ length: 100_000 }, (_, i) => from + (to - from) * random.uniform(i)).filter(
      (x) => rounded.at(x) !== Math.round(curve(x)) + 0,
    );
    expect(wrong).toEqual([]);
    expect([from, from - 1, to, to + 1].map((x) => rounded.at(x))).toEqual(
      [from, from, to, to].map((x) => Math.round(curve(x))),
    );
  });
});

describe('sunriseHour', () => {
  it.each([
    [52.5, 196],
    [52.5, 15],
    [1.35, 80],
    [-33.9, 350],
    [60.2, 100],
  ])('at latitude %d on day %d is that of the textbook', (latitude, dayOfYear) => {
    expect(sunriseHour(latitude, dayOfYear - 1)).toBeCloseTo(textbookSunrise(latitude, dayOfYear), 1);
  });

  it('stays in the morning where the sun does not rise or set', () => {
    expect(sunriseHour(89, 171)).toBe(2);
    expect(sunriseHour(89, 354)).toBe(10);
    expect(Number.isFinite(sunriseHour(90, 100))).toBe(true);
    expect(Number.isFinite(sunriseHour(-90, 100))).toBe(true);
  });
});

describe('climateOf', () => {
  it('comes near the annual means of the known cities', () => {
    const errors = [...CITIES.values()].map(
      (city) => climateOf(city, city.elevationM).meanC - city.climate.meanC,
    );
    expect(Math.sqrt(mean(errors.map((error) => error * error)))).toBeLessThan(3.2);
    const amplitudes = [...CITIES.values()].map(
      (city) => climateOf(city, city.elevationM).amplitudeC - city.climate.amplitudeC,
    );
    expect(Math.sqrt(mean(amplitudes.map((error) => error * error)))).toBeLessThan(5);
  });
});
