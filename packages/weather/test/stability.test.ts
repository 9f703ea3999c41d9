import {
  type DatasetGenerator,
  identifyDataset,
  parseOptions,
  type TableDefinition,
} from '@datagen/core/generator';
import { PartitionSpec, planTable } from '@datagen/core';
import { type Columns, countDifferences, digestBlocks, readColumns } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { weather, WeatherConfig, WeatherGenerator } from '../src/index.ts';

const { round } = Math;
const CITIES = ['Berlin', 'São Paulo', 'Reykjavik'];
const TABLES = ['weather_hourly', 'weather_daily', 'weather_synop'];
const [FROM, TO] = ['2025-12-01', '2026-02-28'];

const make = (options: object) =>
  new WeatherGenerator(parseOptions(WeatherConfig, { synop: true, ...options }, 'generator "weather"'));

function columnsOf(columns: Columns, names: readonly string[], locationCount: number): Float64Array[] {
  const ids = columns.numbers('location_id');
  return names.map((name) => columns.numbers(name).filter((_, row) => (ids[row] as number) <= locationCount));
}

function differences(a: object, b: object, window = [FROM, TO] as const, other = window): number {
  let count = 0;
  for (const table of TABLES) {
    const [first, second] = [make(a), make(b)];
    const names = (first.tables.find(({ name }) => name === table) as TableDefinition).schema
      .names as string[];
    const before = columnsOf(readColumns(first, table, ...window), names, CITIES.length);
    const after = columnsOf(readColumns(second, table, ...other), names, CITIES.length);
    // A longer window ends with the shorter one here.
    before.forEach((values, i) => {
      const later = after[i] as Float64Array;
      count += countDifferences(values, later.subarray(later.length - values.length));
    });
  }
  return count;
}

describe('rows of a location', () => {
  it('stay when locations are appended', () => {
    const more = [...CITIES, 'Dresden', 'Singapore', { name: 'Here', latitude: 52, longitude: 13 }];
    expect(differences({ locations: CITIES }, { locations: more })).toBe(0);
  });

  it('stay when the window begins a year earlier', () => {
    expect(differences({ locations: CITIES }, { locations: CITIES }, [FROM, TO], ['2024-12-01', TO])).toBe(0);
  });

  it('change with the seed', () => {
    expect(differences({ locations: CITIES }, { locations: CITIES, seed: 43 })).toBeGreaterThan(40_000);
  });
});

describe('splitLocations', () => {
  const { window } = new PartitionSpec({ startDate: FROM, endDate: TO });

  it('lets tables be partitioned by location, with the same rows', async () => {
    const generator = make({ locations: CITIES, splitLocations: true });
    for (const name of TABLES) {
      const table = generator.tables.find((candidate) => candidate.name === name) as TableDefinition;
      const whole = make({ locations: CITIES });
      const spec = new PartitionSpec({ startDate: FROM, endDate: TO, partitionBy: ['location_id'] });
      const { files } = await planTable(generator, table, spec, { fileRowsTarget: 250_000 });
      expect(files).toHaveLength(CITIES.length);
      expect(digestBlocks(generator, table, [...generator.blocks(table, window)])).toEqual(
        digestBlocks(whole, table, [...whole.blocks(table, window)]),
      );
    }
  });
});

describe('synop', () => {
  it('adds a table to the same dataset', () => {
    const [without, added] = [false, true].map((synop) => weather({ locations: CITIES, synop })) as [
      DatasetGenerator,
      DatasetGenerator,
    ];
    expect(identifyDataset(added).digest).toBe(identifyDataset(without).digest);
    const names = ({ tables }: DatasetGenerator) => tables.map(({ name }) => name);
    expect(names(added)).toEqual([...names(without), 'weather_synop']);
  });
});

describe('weather_daily', () => {
  it('is the aggregate of the hours, to the last digit', () => {
    const generator = weather({ locations: ['Helsinki', 'Madrid', 'Singapore', 'Sydney'] });
    const hours = readColumns(generator, 'weather_hourly', '2025-07-01', '2026-06-30');
    const days = readColumns(generator, 'weather_daily', '2025-07-01', '2026-06-30');
    expect(hours.rowCount).toBe(24 * days.rowCount);
    // Sums of whole tenths: doubles do not add up exactly.
    const aggregate = (name: string, fold: (tenths: number, next: number) => number, first: number) => {
      const values = hours.numbers(name);
      return Float64Array.from({ length: days.rowCount }, (_, day) => {
        let folded = first;
        for (let i = 24 * day; i < 24 * day + 24; i++)
          folded = fold(folded, round((values[i] as number) * 10));
        return folded;
      });
    };
    const tenths = (name: string) => days.numbers(name).map((value) => round(value * 10));
    const sum = (name: string) => aggregate(name, (total, next) => total + next, 0);
    const least = (a: number, b: number) => (a < b ? a : b);
    const most = (a: number, b: number) => (a > b ? a : b);
    const meanOf = (name: string) => sum(name).map((total) => round(total / 24) + 0);
    const expected: Record<string, Float64Array> = {
      temperature_min_c: aggregate('temperature_c', least, 1e9),
      temperature_max_c: aggregate('temperature_c', most, -1e9),
      temperature_mean_c: meanOf('temperature_c'),
      humidity_mean_pct: meanOf('humidity_pct'),
      pressure_mean_hpa: meanOf('pressure_hpa'),
      wind_speed_mean_ms: meanOf('wind_speed_ms'),
      wind_speed_max_ms: aggregate('wind_speed_ms', most, 0),
      precipitation_mm: sum('precipitation_mm'),
      snowfall_cm: sum('snowfall_cm'),
      cloud_cover_mean_pct: meanOf('cloud_cover_pct'),
    };
    for (const [name, values] of Object.entries(expected))
      expect([
        name,
        countDifferences(
          tenths(name).map((x) => x + 0),
          values,
        ),
      ]).toEqual([name, 0]);
    const wetHours = aggregate('precipitation_mm', (count, next) => count + (next > 0 ? 1 : 0), 0);
    expect(countDifferences(days.numbers('precipitation_hours'), wetHours)).toBe(0);
  });
});
