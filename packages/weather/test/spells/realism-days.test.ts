import { autocorrelation, mean, variance } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import {
  cityOf,
  correlationsByDistance,
  dailyOf,
  fitYear,
  isSummer,
  isWinter,
  monthsOf,
  PRESETS,
  SEEDS,
  series,
  wetChances,
  where,
} from '../realism-weather.ts';

const { abs, sqrt } = Math;
const deviation = (values: Float64Array) => sqrt(variance(values));

/** The bands are of ten years of days in five climates. */
describe.each(SEEDS)('days of seed %d', (seed) => {
  const of = (name: string, column: string) => series(dailyOf(seed), name, column);
  const yearOf = (name: string, column = 'temperature_mean_c') => fitYear(of(name, 'date'), of(name, column));

  it.each(PRESETS)('W2 %s: wet days follow wet days', (name) => {
    const { afterWet, afterDry } = wetChances(of(name, 'precipitation_mm'));
    const { wetAfterWet, wetAfterDry } = cityOf(name).climate;
    expect(abs(afterWet - wetAfterWet)).toBeLessThanOrEqual(0.04);
    expect(abs(afterDry - wetAfterDry)).toBeLessThanOrEqual(0.04);
    expect(afterWet - afterDry).toBeGreaterThanOrEqual(0.15);
  });

  it.each(PRESETS)('W4 %s: warm and cold spells last for days', (name) => {
    const { anomalies } = yearOf(name);
    for (const [lag, low, high] of [
      [1, 0.68, 0.85],
      [2, 0.48, 0.7],
      [5, 0.2, 0.4],
    ] as const) {
      const r = autocorrelation(anomalies, lag);
      expect(r).toBeGreaterThanOrEqual(low);
      expect(r).toBeLessThanOrEqual(high);
    }
  });

  it.each(['Berlin', 'Madrid', 'Helsinki'])('W4 %s: winters vary more than summers', (name) => {
    const { anomalies } = yearOf(name);
    const months = monthsOf(of(name, 'date'));
    const winter = deviation(where(anomalies, (i) => isWinter(months[i] as number)));
    const summer = deviation(where(anomalies, (i) => isSummer(months[i] as number)));
    expect(winter).toBeGreaterThan(summer);
  });

  it.each(PRESETS)('W5 %s: the season is that of the climate', (name) => {
    const { meanC, amplitudeC, warmestDay } = cityOf(name).climate;
    const year = yearOf(name);
    expect(abs(year.mean - meanC)).toBeLessThanOrEqual(0.7);
    expect(abs(year.amplitude - amplitudeC)).toBeLessThanOrEqual(1);
    // A season of 0.9 °C has its peak anywhere within a month or two of noise.
    if (name !== 'Singapore') expect(abs(year.warmestDay - warmestDay)).toBeLessThanOrEqual(15);
    if (name === 'Singapore') expect(year.amplitude).toBeLessThan(2);
    if (name === 'Sydney') {
      expect(year.warmestDay).toBeGreaterThanOrEqual(5);
      expect(year.warmestDay).toBeLessThanOrEqual(45);
    }
  });

  it.each([
    ['Berlin', 1],
    ['Madrid', -1],
    ['Helsinki', 1],
  ] as const)('W7 %s: rain cools summers, and winters as the climate has it', (name, winterSign) => {
    const { anomalies } = yearOf(name, 'temperature_max_c');
    const months = monthsOf(of(name, 'date'));
    const rain = of(name, 'precipitation_mm');
    const effect = (inSeason: (month: number) => boolean) => {
      const part = (isWet: boolean) =>
        mean(where(anomalies, (i) => inSeason(months[i] as number) && (rain[i] as number) >= 1 === isWet));
      return part(true) - part(false);
    };
    expect(effect(isSummer)).toBeGreaterThanOrEqual(-4.5);
    expect(effect(isSummer)).toBeLessThanOrEqual(-1);
    expect(effect(isWinter) * winterSign).toBeGreaterThan(0);
  });

  it.each(['Berlin', 'Madrid', 'Helsinki'])('W10 %s: lows bring rain', (name) => {
    const rain = of(name, 'precipitation_mm');
    const pressure = of(name, 'pressure_mean_hpa');
    const part = (isWet: boolean) => mean(where(pressure, (i) => (rain[i] as number) >= 1 === isWet));
    expect(part(true) - part(false)).toBeLessThanOrEqual(-3);
    expect(part(true) - part(false)).toBeGreaterThanOrEqual(-12);
  });

  it.each([
    [0, 200, [0.85, 1], [0.4, 1]],
    [400, 700, [0.5, 0.85], [0.12, 0.35]],
    [1_000, 1_500, [0.2, 0.55], [0, 0.2]],
  ] as const)('W12 from %d to %d km: neighbours share their weather', (from, to, temperature, wet) => {
    const found = correlationsByDistance(seed, from, to);
    expect(found.pairs).toBeGreaterThanOrEqual(2);
    expect(found.temperature).toBeGreaterThanOrEqual(temperature[0]);
    expect(found.temperature).toBeLessThanOrEqual(temperature[1]);
    expect(found.wet).toBeGreaterThanOrEqual(wet[0]);
    expect(found.wet).toBeLessThanOrEqual(wet[1]);
  });
});
