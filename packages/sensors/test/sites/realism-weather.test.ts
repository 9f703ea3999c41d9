import { chordKm } from '@datagen/core/random';
import { autocorrelation, type Columns, correlation, mean, readColumns, variance } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { sensors } from '../../src/index.ts';
import { byDevice, END, readingsOf, realismFleet, SEEDS, START } from '../fleet.ts';

const { abs, cos, floor, log, max, min, PI, sin, sqrt } = Math;
const DAY_US = 86_400_000_000;
const WINDOW = ['2023-01-01', '2024-12-30'] as const;
const DAYS = 730;

/** Heights of the towns by the elevation model of GeoNames, m. */
const HEIGHTS: Readonly<Record<string, number>> = {
  Rotterdam: -4,
  Leipzig: 110,
  Lyon: 173,
  Turin: 240,
  Bilbao: 33,
  Katowice: 271,
  Gothenburg: 6,
  Hamburg: 3,
  Antwerp: 2,
  Linz: 266,
  Basel: 265,
  Tampere: 114,
  Zaragoza: 183,
  Brno: 226,
  Stuttgart: 255,
  Porto: 91,
  Győr: 109,
  Aarhus: 1,
  Lille: 23,
  Bologna: 54,
};

it('sites lie at the heights of their towns, and devices at those of their sites', () => {
  for (const seed of SEEDS) {
    const fleet = sensors({ seed, nDevices: 200, devicesPerSite: 4 });
    const sites = readColumns(fleet, 'sites', START, START);
    const heights = sites.numbers('elevation_m');
    sites.texts('town').forEach((town, i) => {
      expect(abs((heights[i] as number) - (HEIGHTS[town] as number))).toBeLessThanOrEqual(10);
    });
    const devices = readColumns(fleet, 'devices', START, START);
    const siteIds = devices.numbers('site_id');
    expect([...devices.numbers('elevation_m')]).toEqual([...siteIds].map((id) => heights[id - 1]));
  }
});

/** Daily means and ranges of twenty sites, one in each town, without what sensors add. */
function dailySeries(seed: number) {
  const fleet = sensors({
    seed,
    nDevices: 20,
    devicesPerSite: 1,
    installDays: 1,
    samplingSeconds: 7_200,
    metrics: ['temperature', 'pressure'],
    noise: 0,
    drift: 0,
    missingRate: 0,
    anomaliesPerDay: 0,
  });
  const sites = readColumns(fleet, 'sites', ...WINDOW);
  const readings = readColumns(fleet, 'readings', ...WINDOW);
  const [devices, metrics, times, values] = ['device_id', 'metric', 'ts', 'value'].map((name) =>
    readings.numbers(name),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const empty = () => Array.from({ length: 20 }, () => new Float64Array(DAYS));
  const [temperature, pressure, highest, lowest] = [empty(), empty(), empty(), empty()];
  const firstDay = Date.parse(WINDOW[0]) / 86_400_000;
  for (const own of lowest) own.fill(Infinity);
  for (const own of highest) own.fill(-Infinity);
  for (let i = 0; i < values.length; i++) {
    const at = (devices[i] as number) - 1;
    const day = floor((times[i] as number) / DAY_US) - firstDay;
    const value = values[i] as number;
    const means = (metrics[i] === 0 ? temperature : pressure)[at] as Float64Array;
    means[day] = (means[day] as number) + value / 12;
    if (metrics[i] !== 0) continue;
    const [high, low] = [highest[at], lowest[at]] as [Float64Array, Float64Array];
    high[day] = max(high[day] as number, value);
    low[day] = min(low[day] as number, value);
  }
  const ranges = highest.map((own, at) =>
    own.map((high, day) => log(max(0.5, high - (lowest[at]?.[day] as number)))),
  );
  return {
    places: placesOf(sites),
    temperature: temperature.map(withoutSeason),
    pressure: pressure.map(withoutSeason),
    ranges: ranges.map(withoutSeason),
  };
}

function placesOf(sites: Columns) {
  const [latitudes, longitudes] = [sites.numbers('latitude'), sites.numbers('longitude')];
  return Array.from(latitudes, (latitude, i) => ({ latitude, longitude: longitudes[i] as number }));
}

/** A series less its mean and its yearly wave. */
function withoutSeason(series: Float64Array): Float64Array {
  const angle = (day: number) => (2 * PI * day) / 365;
  const center = mean(series);
  const wave = (f: (x: number) => number) => 2 * mean(series.map((x, day) => (x - center) * f(angle(day))));
  const [a, b] = [wave(cos), wave(sin)];
  return series.map((x, day) => x - center - a * cos(angle(day)) - b * sin(angle(day)));
}

describe.each(SEEDS)('the weather of seed %d', (seed) => {
  const { places, temperature, pressure, ranges } = dailySeries(seed);

  /** The mean correlation of pairs of sites that are so far apart. */
  function pairs(series: readonly Float64Array[], fromKm: number, toKm: number): number {
    const found: number[] = [];
    for (let i = 0; i < series.length; i++)
      for (let j = 0; j < i; j++) {
        const km = chordKm(places[i] as (typeof places)[number], places[j] as (typeof places)[number]);
        if (km >= fromKm && km < toKm)
          found.push(correlation(series[i] as Float64Array, series[j] as Float64Array));
      }
    expect(found.length).toBeGreaterThan(0);
    return mean(found);
  }

  it('S13: is shared by sites that are close, less and less by those far away', () => {
    expect(pairs(pressure, 0, 150)).toBeGreaterThan(0.97);
    expect(pairs(pressure, 250, 600)).toBeGreaterThan(0.82);
    expect(abs(pairs(pressure, 1_000, 1_300) - 0.57)).toBeLessThan(0.15);
    expect(pairs(temperature, 0, 250)).toBeGreaterThan(0.78);
    expect(abs(pairs(temperature, 400, 800) - 0.69)).toBeLessThan(0.13);
    expect(abs(pairs(temperature, 1_000, 1_300) - 0.41)).toBeLessThan(0.17);
    expect(abs(pairs(ranges, 250, 600) - 0.32)).toBeLessThan(0.15);
    expect(pairs(ranges, 1_000, 1_300)).toBeLessThan(0.25);
  });

  it('S13: remembers yesterday, and is wilder in winter', () => {
    const acf = (lag: number) => mean(pressure.map((own) => autocorrelation(own, lag)));
    expect(abs(acf(1) - 0.81)).toBeLessThan(0.05);
    expect(abs(acf(2) - 0.55)).toBeLessThan(0.09);
    const season = (own: Float64Array, first: number) =>
      sqrt(variance(own.filter((_, day) => (day + 365 - first) % 365 < 91)));
    const ratio = mean(pressure.map((own) => season(own, 334) / season(own, 151)));
    expect(ratio).toBeGreaterThan(1.6);
    expect(ratio).toBeLessThan(3);
  });

  it('S14: gives one day a wide range of outdoor temperatures and the next a narrow one', () => {
    const placements = readColumns(realismFleet(seed), 'devices', START, END).texts('placement');
    const [values, times, labels] = ['value', 'ts', 'is_anomaly'].map((name) =>
      byDevice(readingsOf(seed), name),
    ) as [Float64Array[], Float64Array[], Float64Array[]];
    const variations: number[] = [];
    placements.forEach((placement, device) => {
      if (placement !== 'outdoor') return;
      const spans = new Map<number, [number, number]>();
      (values[device] as Float64Array).forEach((value, i) => {
        if (labels[device]?.[i] === 1) return;
        const day = floor((times[device]?.[i] as number) / DAY_US);
        const [low, high] = spans.get(day) ?? [Infinity, -Infinity];
        spans.set(day, [min(low, value), max(high, value)]);
      });
      const daily = [...spans.values()].map(([low, high]) => high - low);
      variations.push(sqrt(variance(daily)) / mean(daily));
    });
    expect(variations.length).toBeGreaterThan(10);
    expect(mean(variations)).toBeGreaterThan(0.25);
    expect(mean(variations)).toBeLessThan(0.5);
  });
});
