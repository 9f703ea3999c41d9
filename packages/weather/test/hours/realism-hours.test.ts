import {
  autocorrelation,
  correlation,
  mean,
  sharesOf,
  shareWhere,
  totalVariation,
  variance,
} from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { habitsOf } from '../../src/climate/habits.ts';
import {
  argMax,
  argMin,
  cityOf,
  dailyOf,
  hourlyOf,
  inDayCorrelation,
  meanDay,
  monthsOf,
  PRESETS,
  sectors,
  SEEDS,
  series,
  snowThreshold,
  solarHour,
  textbookSunrise,
  weibullShape,
  where,
} from '../realism-weather.ts';

const { abs, cos, exp, PI, round, sin, sqrt } = Math;

/** The bands are of four years of hours in five climates. */
describe.each(SEEDS)('hours of seed %d', (seed) => {
  const of = (name: string, column: string) => series(hourlyOf(seed), name, column);
  const monthsOfDays = (name: string) =>
    monthsOf(where(of(name, 'ts'), (i) => i % 24 === 0).map((us) => us / 86_400_000_000));

  it.each(PRESETS)('W6 %s: it is warmest in the afternoon and coldest at sunrise', (name) => {
    const { latitude, longitude } = cityOf(name);
    const months = monthsOfDays(name);
    for (const [month, midMonth] of [
      [0, 15],
      [6, 196],
    ] as const) {
      const day = meanDay(of(name, 'temperature_c'), (i) => months[i] === month);
      const warmest = solarHour(argMax(day), longitude);
      expect(warmest).toBeGreaterThanOrEqual(13);
      expect(warmest).toBeLessThanOrEqual(16);
      const coldest = solarHour(argMin(day), longitude);
      expect(abs(coldest - textbookSunrise(latitude, midMonth))).toBeLessThanOrEqual(1.5);
    }
  });

  it.each(PRESETS)('W6 %s: wet days have a smaller range', (name) => {
    const days = (column: string) => series(dailyOf(seed), name, column);
    const lowest = days('temperature_min_c');
    const rain = days('precipitation_mm');
    const range = days('temperature_max_c').map((c, i) => c - (lowest[i] as number));
    const ratio =
      mean(where(range, (i) => (rain[i] as number) >= 1)) /
      mean(where(range, (i) => (rain[i] as number) < 1));
    expect(ratio).toBeGreaterThanOrEqual(0.62);
    expect(ratio).toBeLessThanOrEqual(0.88);
  });

  it.each(PRESETS)('W8 %s: humidity follows from temperature and dew point', (name) => {
    const [t, dew, humidity] = ['temperature_c', 'dew_point_c', 'humidity_pct'].map((column) =>
      of(name, column),
    ) as [Float64Array, Float64Array, Float64Array];
    const vapour = (c: number) => exp((17.62 * c) / (243.12 + c));
    const off = where(humidity, (i) => {
      const percent = (100 * vapour(dew[i] as number)) / vapour(t[i] as number);
      return abs((humidity[i] as number) - percent) > 0.5 + 1e-9;
    });
    expect(off).toHaveLength(0);
    expect(where(t, (i) => (dew[i] as number) > (t[i] as number))).toHaveLength(0);
    expect(shareWhere(humidity, (percent) => percent < 0 || percent > 100)).toBe(0);
    expect(shareWhere(humidity, (percent) => percent === 100)).toBeLessThanOrEqual(0.1);
    expect(inDayCorrelation(t, humidity)).toBeLessThanOrEqual(-0.7);
  });

  it.each(PRESETS)('W9 %s: wind is Weibull distributed and lasts for hours', (name) => {
    const speed = of(name, 'wind_speed_ms');
    expect(abs(weibullShape(speed) - 1.8)).toBeLessThanOrEqual(0.25);
    expect(abs(mean(speed) / cityOf(name).climate.windMs - 1)).toBeLessThanOrEqual(0.06);
    expect(autocorrelation(speed, 1)).toBeGreaterThanOrEqual(0.75);
    expect(autocorrelation(speed, 1)).toBeLessThanOrEqual(0.95);
    expect(shareWhere(speed, (ms) => ms < 0)).toBe(0);
  });

  it.each(PRESETS)('%s: wind turns slowly and comes from where its rose says', (name) => {
    const degrees = of(name, 'wind_direction_deg');
    const rose = cityOf(name).climate.wind.rose;
    expect(totalVariation(sectors(degrees, 8), sharesOf([...rose]))).toBeLessThan(0.1);
    const turns = degrees.subarray(1).map((to, i) => cos(((to - (degrees[i] as number)) * PI) / 180));
    expect(mean(turns)).toBeGreaterThan(0.9);
  });

  it.each(PRESETS)('W10 %s: pressure lasts for days and has a tide of half a day', (name) => {
    const city = cityOf(name);
    const { pressureDeviationHpa, tideHpa } = habitsOf(city.climate, city);
    const pressure = of(name, 'pressure_hpa');
    const { warmest, coldest } = pressureDeviationHpa;
    const deviation = sqrt((warmest * warmest + coldest * coldest) / 2);
    expect(abs(sqrt(variance(pressure)) / deviation - 1)).toBeLessThanOrEqual(0.2);
    expect(autocorrelation(pressure, 1)).toBeGreaterThanOrEqual(0.95);
    expect(autocorrelation(pressure, 24)).toBeGreaterThanOrEqual(0.6);
    // Twice a day the same hour: the tide of Singapore adds to the memory of its weather.
    expect(autocorrelation(pressure, 24)).toBeLessThanOrEqual(0.88);
    const day = meanDay(pressure, () => true);
    let [a, b] = [0, 0];
    day.forEach((hpa, hour) => {
      const angle = (4 * PI * (solarHour(hour, city.longitude) - 10)) / 24;
      a += (hpa * cos(angle)) / 12;
      b += (hpa * sin(angle)) / 12;
    });
    expect(abs(a - tideHpa)).toBeLessThan(0.2);
    expect(abs(b)).toBeLessThan(0.2);
  });

  it('W11: half of the precipitation at 1 °C is snow, none above 4 °C or in Singapore', () => {
    expect(snowThreshold(seed)).toBeGreaterThanOrEqual(0);
    expect(snowThreshold(seed)).toBeLessThanOrEqual(2);
    for (const hours of hourlyOf(seed).values()) {
      const snow = hours.snowfall_cm as Float64Array;
      const [t, rain] = [hours.temperature_c as Float64Array, hours.precipitation_mm as Float64Array];
      expect(where(snow, (i) => (snow[i] as number) > 0 && (t[i] as number) >= 4)).toHaveLength(0);
      expect(where(snow, (i) => (snow[i] as number) > 0 && (rain[i] as number) === 0)).toHaveLength(0);
    }
    expect(of('Singapore', 'snowfall_cm').every((cm) => cm === 0)).toBe(true);
    expect(mean(of('Helsinki', 'snowfall_cm'))).toBeGreaterThan(0);
  });

  it.each(PRESETS)('%s: clouds bring the rain and shrink the daily range', (name) => {
    const cloud = of(name, 'cloud_cover_pct');
    const rain = of(name, 'precipitation_mm');
    expect(shareWhere(cloud, (percent) => percent < 0 || percent > 100)).toBe(0);
    expect(where(cloud, (i) => (rain[i] as number) > 0 && (cloud[i] as number) < 80)).toHaveLength(0);
    const days = (column: string) => series(dailyOf(seed), name, column);
    const lowest = days('temperature_min_c');
    const range = days('temperature_max_c').map((c, i) => c - (lowest[i] as number));
    expect(correlation(days('cloud_cover_mean_pct'), range)).toBeLessThan(-0.35);
    // More clear and overcast hours than a uniform cover has.
    expect(shareWhere(cloud, (percent) => percent < 20 || percent > 80)).toBeGreaterThan(0.45);
  });

  it('values keep to their resolution, and no zero is negative', () => {
    const units = {
      temperature_c: 10,
      dew_point_c: 10,
      pressure_hpa: 10,
      wind_speed_ms: 10,
      snowfall_cm: 10,
    };
    for (const name of PRESETS) {
      for (const [column, factor] of Object.entries({ ...units, precipitation_mm: 10, humidity_pct: 1 })) {
        const bad = of(name, column).filter(
          (value) => value !== round(value * factor) / factor || Object.is(value, -0),
        );
        expect([name, column, bad.length]).toEqual([name, column, 0]);
      }
      const directions = of(name, 'wind_direction_deg');
      expect(shareWhere(directions, (degrees) => degrees < 0 || degrees > 359)).toBe(0);
    }
  });
});
