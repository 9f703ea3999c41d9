import { KeyedRandom } from '@datagen/core/random';
import { mean, sharesOf, totalVariation, variance } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { CITIES } from '../../src/locations/cities.ts';
import { climateOf } from '../../src/climate/climate-of.ts';
import { RoundedCurve } from '../../src/climate/rounded-curve.ts';
import { sunriseHour } from '../../src/climate/sun.ts';
import { dewPointDepression } from '../../src/climate/vapour.ts';
import { WeibullTable } from '../../src/climate/weibull.ts';
import { type RoseWeights, WindRose, WindWarmth } from '../../src/climate/wind-rose.ts';
import { sectors, textbookSunrise, weibullShape } from '../realism-weather.ts';

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

describe('WindRose', () => {
  const weights: RoseWeights = [14, 9, 5, 7, 18, 13, 16, 18];
  const random = new KeyedRandom('wind rose');
  const normals = Float64Array.from({ length: 100_000 }, (_, i) => random.normal(i));

  it.each([true, false])('turns normals into directions of its frequencies (northern: %s)', (isNorthern) => {
    const rose = new WindRose(weights, isNorthern);
    const shares = sectors(
      normals.map((z) => rose.at(z) % 360),
      8,
    );
    expect(totalVariation(shares, sharesOf([...weights]))).toBeLessThan(0.06);
  });

  it('veers in the north and backs in the south as normals rise', () => {
    const rising = [-1, -0.5, 0, 0.5, 1];
    const turns = (isNorthern: boolean) => {
      const rose = new WindRose(weights, isNorthern);
      return rising.slice(1).map((z, i) => rose.at(z) - rose.at(rising[i] as number));
    };
    expect(turns(true).every((degrees) => degrees > 0)).toBe(true);
    expect(turns(false).every((degrees) => degrees < 0)).toBe(true);
  });

  it('brings warmth of mean 0 and variance 1, most of it from the warm side', () => {
    const rose = new WindRose(weights, true);
    const warmth = new WindWarmth(rose.warmth(180, 0, 1), rose.warmth(0, 0, 1));
    for (const season of [-1, 1]) {
      const values = normals.map((z) => warmth.at(z, season));
      expect(Math.abs(mean(values))).toBeLessThan(0.02);
      expect(Math.abs(variance(values) - 1)).toBeLessThan(0.03);
      const southern = mean(
        normals.filter((z) => Math.abs((rose.at(z) % 360) - 180) < 45).map((z) => warmth.at(z, season)),
      );
      expect(southern * season).toBeGreaterThan(0.8);
    }
  });
});

describe('dewPointDepression', () => {
  it.each([
    [25, 40],
    [-10, 85],
    [30, 100],
  ])('at %d °C gives the dew point of %d %%', (celsius, percent) => {
    const dew = celsius - dewPointDepression(celsius, percent);
    const pressure = (c: number) => Math.exp((17.62 * c) / (243.12 + c));
    expect((100 * pressure(dew)) / pressure(celsius)).toBeCloseTo(percent, 6);
  });
});

describe('climateOf', () => {
  it('gives places the winds of their zone, mirrored in the south', () => {
    const from = (latitude: number) => {
      const { rose } = climateOf({ latitude, longitude: 0 }, 0).wind;
      return ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'][rose.indexOf(Math.max(...rose))];
    };
    expect([15, 50, 80, -15, -50, -80].map(from)).toEqual(['NE', 'SW', 'NE', 'SE', 'W', 'SE']);
  });

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
