import { mean, readColumns, totalVariation } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { weather } from '../../src/index.ts';
import { monthsOf, sectors, SEEDS, where } from '../realism-weather.ts';

const { floor, max } = Math;
const FROM_2021 = ['2021-01-01', '2024-12-31'] as const;
const CITIES = [
  'New York',
  'Berlin',
  'Helsinki',
  'Madrid',
  'Rome',
  'Tokyo',
  'São Paulo',
  'Singapore',
  'Sydney',
  'Cairo',
];
const SOUTH_POLE = { name: 'South Pole', latitude: -90, longitude: 0, elevation: 2_835 };

/** Mean relative humidity in January and July, %, from normals of 1961-1990 and 1991-2020. */
const HUMIDITY: Readonly<Record<string, readonly [january: number, july: number]>> = {
  'New York': [61, 66],
  Berlin: [85, 66],
  Helsinki: [88, 71],
  Madrid: [71, 37],
  Rome: [76, 66],
  Tokyo: [52, 76],
  'São Paulo': [80, 75],
  Singapore: [84, 83],
  Sydney: [66, 64],
  Cairo: [59, 58],
};

describe.each(SEEDS)('climates of seed %d', (seed) => {
  const hours = readColumns(
    weather({ seed, locations: [...CITIES, SOUTH_POLE] }),
    'weather_hourly',
    ...FROM_2021,
  );
  const ids = hours.numbers('location_id');
  const months = monthsOf(hours.numbers('ts').map((us) => floor(us / 86_400_000_000)));
  const of = (city: string, column: string) =>
    where(hours.numbers(column), (i) => ids[i] === CITIES.indexOf(city) + 1);
  const inMonth = (city: string, column: string, month: number) =>
    where(hours.numbers(column), (i) => ids[i] === CITIES.indexOf(city) + 1 && months[i] === month);

  it('wind comes to New York from where it does at JFK: west .32, south .29, north .25, east .13', () => {
    const [north, east, south, west] = sectors(of('New York', 'wind_direction_deg'), 4) as [
      number,
      number,
      number,
      number,
    ];
    expect(north).toBeGreaterThan(0.18);
    expect(north).toBeLessThan(0.34);
    expect(east).toBeGreaterThan(0.07);
    expect(east).toBeLessThan(0.2);
    expect(south).toBeGreaterThan(0.21);
    expect(south).toBeLessThan(0.37);
    expect(west).toBeGreaterThan(0.24);
    expect(west).toBeLessThan(0.4);
  });

  it('no two climates share a wind rose', () => {
    const distinct = ['New York', 'Berlin', 'Madrid', 'Rome', 'Tokyo', 'São Paulo', 'Singapore', 'Cairo'];
    const roses = distinct.map((city) => sectors(of(city, 'wind_direction_deg'), 8));
    roses.forEach((rose, i) => {
      for (const other of roses.slice(0, i)) expect(totalVariation(rose, other)).toBeGreaterThan(0.06);
    });
  });

  it.each(CITIES)('%s is as humid in January and July as its normals say', (city) => {
    (HUMIDITY[city] as readonly number[]).forEach((percent, i) => {
      const ours = mean(inMonth(city, 'humidity_pct', 6 * i));
      expect(ours).toBeGreaterThan(percent - 8);
      expect(ours).toBeLessThan(percent + 8);
    });
    if (city === 'Madrid') expect(mean(inMonth(city, 'humidity_pct', 6))).toBeGreaterThan(25);
    if (city === 'Madrid') expect(mean(inMonth(city, 'humidity_pct', 6))).toBeLessThan(40);
  });

  it('cold air holds little snow: the South Pole gets centimetres a year', () => {
    const pole = (column: string) => where(hours.numbers(column), (i) => ids[i] === CITIES.length + 1);
    const perYear = pole('snowfall_cm').reduce((sum, cm) => sum + cm, 0) / 4;
    // Some 8 g/cm² accumulate a year (Mosley-Thompson et al. 1999): 80 mm of water, at most 120 cm of the lightest snow.
    expect(perYear).toBeGreaterThan(5);
    expect(perYear).toBeLessThan(120);
    expect(pole('temperature_c').reduce((a, b) => max(a, b))).toBeLessThan(0);
  });
});
