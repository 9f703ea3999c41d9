import { parseOptions } from '@datagen/core/generator';
import { correlation, mean, readColumns, variance } from '@datagen/testkit';
import { CITIES, type City } from '../src/locations/cities.ts';
import { WeatherConfig, WeatherGenerator } from '../src/index.ts';

const { acos, ceil, cos, floor, hypot, PI, sin, sqrt, tan, atan2, min, max } = Math;

export const SEEDS = [1, 2, 3, 4];
/** The five climates that the bands were set for, and their neighbours for correlations in space. */
export const PRESETS = ['Berlin', 'Madrid', 'Helsinki', 'Singapore', 'Sydney'];
const NEIGHBOURS = [
  'Dresden',
  'Hamburg',
  'Prague',
  'Copenhagen',
  'Warsaw',
  'Munich',
  'Amsterdam',
  'Stockholm',
];
/** The cities in Europe, near one another or not. */
export const EUROPE = ['Berlin', 'Madrid', 'Helsinki', ...NEIGHBOURS];
/** A mountain 140 km from Munich. */
const SONNBLICK = { name: 'Sonnblick', latitude: 47.054, longitude: 12.958, elevation: 3106 };
const LOCATIONS = [...PRESETS, ...NEIGHBOURS, 'New York', SONNBLICK];
const NAMES = LOCATIONS.map((location) => (typeof location === 'string' ? location : location.name));
const [FIRST_DAY, LAST_DAY] = ['2015-01-01', '2024-12-31'];
const FIRST_HOURLY_DAY = '2021-01-01';

export const cityOf = (name: string) => CITIES.get(name) as City;

/** One location's columns, in the order of time. */
export type Series = Readonly<Record<string, Float64Array>>;

function cut(seed: number, table: string, startDate: string, names: readonly string[]): Map<string, Series> {
  const options = parseOptions(WeatherConfig, { seed, locations: LOCATIONS }, 'test');
  const columns = readColumns(new WeatherGenerator(options), table, startDate, LAST_DAY);
  const ids = columns.numbers('location_id');
  return new Map(
    NAMES.map((name, i) => {
      const entries = names.map((column) => {
        const all = columns.numbers(column);
        return [column, all.filter((_, row) => ids[row] === i + 1)];
      });
      return [name, Object.fromEntries(entries) as Series];
    }),
  );
}

const DAILY = ['date', 'temperature_min_c', 'temperature_max_c', 'temperature_mean_c', 'precipitation_mm'];
const DAILY_MORE = ['pressure_mean_hpa', 'precipitation_hours', 'snowfall_cm', 'cloud_cover_mean_pct'];
const HOURLY = ['temperature_c', 'dew_point_c', 'humidity_pct', 'pressure_hpa', 'wind_speed_ms'];
const HOURLY_MORE = ['wind_direction_deg', 'precipitation_mm', 'snowfall_cm', 'cloud_cover_pct', 'ts'];

function remember<T>(make: (seed: number) => T): (seed: number) => T {
  const known = new Map<number, T>();
  return (seed) => {
    const value = known.get(seed) ?? make(seed);
    known.set(seed, value);
    return value;
  };
}

/** Ten years of days by location. */
export const dailyOf = remember((seed) => cut(seed, 'weather_daily', FIRST_DAY, [...DAILY, ...DAILY_MORE]));
/** The last four of those years by the hour. */
export const hourlyOf = remember((seed) =>
  cut(seed, 'weather_hourly', FIRST_HOURLY_DAY, [...HOURLY, ...HOURLY_MORE]),
);

export const series = (of: ReadonlyMap<string, Series>, name: string, column: string): Float64Array =>
  (of.get(name) as Series)[column] as Float64Array;

/** A harmonic of one year fitted to days since 1970: mean, amplitude, and the day of the year of its maximum. */
export function fitYear(days: Float64Array, values: Float64Array) {
  const angle = (2 * PI) / 365.2425;
  const center = mean(values);
  let [a, b] = [0, 0];
  for (let i = 0; i < days.length; i++) {
    const x = ((days[i] as number) + 1) * angle;
    const y = (values[i] as number) - center;
    a += y * cos(x);
    b += y * sin(x);
  }
  const [p, q] = [(2 * a) / days.length, (2 * b) / days.length];
  const warmestDay = (atan2(q, p) / angle + 365.2425) % 365.2425;
  const anomalies = values.map((value, i) => {
    const x = ((days[i] as number) + 1) * angle;
    return value - center - p * cos(x) - q * sin(x);
  });
  return { mean: center, amplitude: hypot(p, q), warmestDay, anomalies };
}

/** 0 to 11 for each day since 1970. */
export function monthsOf(days: Float64Array): Int32Array {
  return Int32Array.from(days, (day) => new Date(day * 86_400_000).getUTCMonth());
}

/** The same for hours in µs since 1970. */
export function monthsOfHours(ts: Float64Array): Int32Array {
  return monthsOf(ts.map((us) => floor(us / 86_400_000_000)));
}

export const isWinter = (month: number) => month === 11 || month <= 1;
export const isSummer = (month: number) => month >= 5 && month <= 7;

export function where(values: Float64Array, holds: (i: number) => boolean): Float64Array {
  return values.filter((_, i) => holds(i));
}

/** P(wet | wet before) and P(wet | dry before), wet being 1 mm or more. */
export function wetChances(rain: Float64Array) {
  const counts = [0, 0, 0, 0];
  for (let i = 1; i < rain.length; i++) {
    const state = ((rain[i - 1] as number) >= 1 ? 2 : 0) + ((rain[i] as number) >= 1 ? 1 : 0);
    counts[state] = (counts[state] as number) + 1;
  }
  const [dd = 0, dw = 0, wd = 0, ww = 0] = counts;
  return { afterWet: ww / (ww + wd), afterDry: dw / (dd + dw) };
}

/** The mean day: the mean of each UTC hour, over the days that hold. */
export function meanDay(values: Float64Array, holds: (day: number) => boolean): Float64Array {
  const sums = new Float64Array(24);
  let count = 0;
  for (let day = 0; day < values.length / 24; day++) {
    if (!holds(day)) continue;
    count++;
    for (let hour = 0; hour < 24; hour++)
      sums[hour] = (sums[hour] as number) + (values[24 * day + hour] as number);
  }
  return sums.map((sum) => sum / count);
}

/** The hour of local solar time of a UTC hour. */
export const solarHour = (hour: number, longitude: number) => (hour + longitude / 15 + 24) % 24;

export const argMax = (values: Float64Array) => values.indexOf(values.reduce((a, b) => max(a, b)));
export const argMin = (values: Float64Array) => values.indexOf(values.reduce((a, b) => min(a, b)));

/** Sunrise in local solar time by the textbook. */
export function textbookSunrise(latitude: number, dayOfYear: number): number {
  const declination = (23.44 * PI * cos((2 * PI * (dayOfYear - 172)) / 365.25)) / 180;
  return 12 - (12 / PI) * acos(-tan((latitude * PI) / 180) * tan(declination));
}

/** The shares of `count` equal sectors of the compass, the first of which is around north. */
export function sectors(degrees: Float64Array, count: number): number[] {
  const shares = new Array<number>(count).fill(0);
  const width = 360 / count;
  for (const direction of degrees) {
    const sector = floor((direction + width / 2) / width) % count;
    shares[sector] = (shares[sector] as number) + 1 / degrees.length;
  }
  return shares;
}

/** The mean over days of the correlation of two columns within a day. */
export function inDayCorrelation(a: Float64Array, b: Float64Array): number {
  const values: number[] = [];
  for (let i = 0; i < a.length; i += 24) {
    const r = correlation(a.subarray(i, i + 24), b.subarray(i, i + 24));
    if (!Number.isNaN(r)) values.push(r);
  }
  return mean(values);
}

/** A Weibull distribution's shape from its coefficient of variation (Justus et al. 1978). */
export function weibullShape(values: Float64Array): number {
  return (sqrt(variance(values)) / mean(values)) ** -1.086;
}

/** Great-circle distance by the haversine formula, km. */
function kilometres(a: City, b: City): number {
  const rad = PI / 180;
  const s = sin(((b.latitude - a.latitude) * rad) / 2);
  const t = sin(((b.longitude - a.longitude) * rad) / 2);
  const h = s * s + cos(a.latitude * rad) * cos(b.latitude * rad) * t * t;
  return 2 * 6371 * atan2(sqrt(h), sqrt(1 - h));
}

/** Mean correlations of temperature anomalies and of wet flags over pairs of European cities, by distance. */
export function correlationsByDistance(seed: number, from: number, to: number) {
  const daily = dailyOf(seed);
  const names = EUROPE;
  const anomalies = names.map(
    (name) => fitYear(series(daily, name, 'date'), series(daily, name, 'temperature_mean_c')).anomalies,
  );
  const wet = names.map((name) => series(daily, name, 'precipitation_mm').map((mm) => (mm >= 1 ? 1 : 0)));
  const found: [number, number][] = [];
  names.forEach((a, i) => {
    names.slice(0, i).forEach((b, j) => {
      const distance = kilometres(cityOf(a), cityOf(b));
      if (distance < from || distance >= to) return;
      found.push([
        correlation(anomalies[i] as Float64Array, anomalies[j] as Float64Array),
        correlation(wet[i] as Float64Array, wet[j] as Float64Array),
      ]);
    });
  });
  return {
    pairs: found.length,
    temperature: mean(found.map(([r]) => r)),
    wet: mean(found.map(([, r]) => r)),
  };
}

/** The temperature at which half of the hours with precipitation bring snow, °C. */
export function snowThreshold(seed: number): number {
  const [rain, snow] = [new Float64Array(9), new Float64Array(9)];
  for (const hours of hourlyOf(seed).values()) {
    const t = hours.temperature_c as Float64Array;
    for (let i = 0; i < t.length; i++) {
      const bin = ceil((t[i] as number) + 4);
      if ((hours.precipitation_mm?.[i] as number) === 0 || bin < 0 || bin > 8) continue;
      rain[bin] = (rain[bin] as number) + 1;
      if ((hours.snowfall_cm?.[i] as number) > 0) snow[bin] = (snow[bin] as number) + 1;
    }
  }
  const share = snow.map((count, bin) => count / (rain[bin] as number));
  const bin = share.findIndex((value) => value < 0.5);
  // Bins reach from bin - 5 to bin - 4 degrees; straight between their middles.
  const [above, below] = [share[bin - 1] as number, share[bin] as number];
  return bin - 5.5 + (above - 0.5) / (above - below);
}
