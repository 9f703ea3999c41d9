import { autocorrelation, correlation, mean, variance } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import {
  dailyOf,
  EUROPE,
  fitYear,
  isSummer,
  isWinter,
  monthsOf,
  SEEDS,
  series,
  where,
} from '../realism-weather.ts';

const deviation = (values: Float64Array) => Math.sqrt(variance(values));

/** Means of the months of a daily series, one after the other. */
function monthlyMeans(days: Float64Array, values: Float64Array): number[] {
  const months = new Map<string, number[]>();
  values.forEach((value, i) => {
    const month = new Date((days[i] as number) * 86_400_000).toISOString().slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), value]);
  });
  return [...months.values()].map((inMonth) => mean(inMonth));
}

const monthMemories: number[] = [];

/** The references are European stations of 2000-2009 (ECA&D). */
describe.each(SEEDS)('days of seed %d', (seed) => {
  const of = (name: string, column: string) => series(dailyOf(seed), name, column);
  const months = () => monthsOf(of('Berlin', 'date'));
  const anomaliesOf = (name: string, column: string) => fitYear(of(name, 'date'), of(name, column)).anomalies;
  const rangeOf = (name: string) => {
    const lowest = of(name, 'temperature_min_c');
    return of(name, 'temperature_max_c').map((c, i) => c - (lowest[i] as number));
  };
  const inSeason = (values: Float64Array, holds: (month: number) => boolean) => {
    const all = months();
    return where(values, (i) => holds(all[i] as number));
  };

  it.each([...EUROPE, 'Sydney', 'New York'])('%s: nights and days differ in their anomalies', (name) => {
    // WGEN .44-.77; stations .44 to .88. Cold coasts had .94.
    const r = correlation(anomaliesOf(name, 'temperature_min_c'), anomaliesOf(name, 'temperature_max_c'));
    expect(r).toBeGreaterThan(0.4);
    expect(r).toBeLessThan(0.9);
  });

  it.each(EUROPE)('%s: the daily range differs from day to day', (name) => {
    const range = inSeason(rangeOf(name), (month) => month >= 3 && month <= 8);
    expect(deviation(range) / mean(range)).toBeGreaterThan(0.24);
    expect(deviation(range) / mean(range)).toBeLessThan(0.39);
  });

  it('cloudy days of summer are cool ones, those of winter are not', () => {
    const effects = (holds: (month: number) => boolean) =>
      EUROPE.map((name) =>
        correlation(
          inSeason(of(name, 'cloud_cover_mean_pct'), holds),
          inSeason(anomaliesOf(name, 'temperature_mean_c'), holds),
        ),
      );
    // Stations -.65 to -.24 in summer, .11 to .43 in winter.
    const summer = mean(effects(isSummer));
    expect(summer).toBeGreaterThan(-0.58);
    expect(summer).toBeLessThan(-0.25);
    expect(mean(effects(isWinter))).toBeGreaterThan(0.05);
  });

  it.each(EUROPE)('%s: the pressure of winters scatters twice as much as that of summers', (name) => {
    const pressure = of(name, 'pressure_mean_hpa');
    const ratio = deviation(inSeason(pressure, isWinter)) / deviation(inSeason(pressure, isSummer));
    // Stations 1.9 to 2.7; ten years of ours scatter by a tenth.
    expect(ratio).toBeGreaterThan(1.75);
    expect(ratio).toBeLessThan(2.9);
  });

  it('wet days of summer bring more than those of winter, in Madrid less', () => {
    const ratio = (name: string) => {
      const rain = of(name, 'precipitation_mm');
      const wet = (holds: (month: number) => boolean) => mean(inSeason(rain, holds).filter((mm) => mm >= 1));
      return wet(isSummer) / wet(isWinter);
    };
    // Stations 1.1 to 2.1, Perpignan .45.
    const central = mean(EUROPE.filter((name) => name !== 'Madrid').map(ratio));
    expect(central).toBeGreaterThan(1.2);
    expect(central).toBeLessThan(2.1);
    expect(ratio('Madrid')).toBeLessThan(0.9);
  });

  it('it is not always colder on mountains by as much: Munich and Sonnblick', () => {
    const peak = of('Sonnblick', 'temperature_mean_c');
    const difference = of('Munich', 'temperature_mean_c').map((c, i) => c - (peak[i] as number));
    // 4.15 °C in winter and 2.05 °C in summer at the stations; without inversions 1.8 and 1.4.
    expect(deviation(inSeason(difference, isWinter))).toBeGreaterThan(3.2);
    expect(deviation(inSeason(difference, isWinter))).toBeLessThan(5);
    expect(deviation(inSeason(difference, isSummer))).toBeGreaterThan(1.6);
    expect(deviation(inSeason(difference, isSummer))).toBeLessThan(2.8);
  });

  it('months are warm or cold as a whole', () => {
    const memories = EUROPE.map((name) => {
      const means = monthlyMeans(of(name, 'date'), anomaliesOf(name, 'temperature_mean_c'));
      const deviationOfMonths = Math.sqrt(variance(means));
      expect(deviationOfMonths).toBeGreaterThan(1.1);
      expect(deviationOfMonths).toBeLessThan(2.3);
      return autocorrelation(means, 1);
    });
    monthMemories.push(mean(memories));
  });
});

it('months remember the month before', () => {
  // Stations .11 to .35. The standard error of one station and ten years is .09, so that it takes all seeds.
  expect(monthMemories).toHaveLength(SEEDS.length);
  expect(mean(monthMemories)).toBeGreaterThan(0.12);
  expect(mean(monthMemories)).toBeLessThan(0.35);
});
