import {
  type BatchBuilder,
  column,
  date,
  dayOf,
  defineTable,
  float64,
  int32,
  int64,
  type TableSource,
} from '@datagen/core/generator';
import { HOURS_PER_DAY, type HourlyValues } from './hourly-values.ts';
import type { Location } from '../locations/locations.ts';
import { type WeatherModel, weatherSource } from './weather-source.ts';

const { round } = Math;

const weatherDailyTable = defineTable({
  name: 'weather_daily',
  description:
    'The weather of one UTC day at one location: the aggregate of its 24 rows of `weather_hourly`.',
  primaryKey: ['location_id', 'date'],
  foreignKeys: [{ columns: ['location_id'], table: 'locations', references: ['location_id'] }],
  timeColumn: 'date',
  sortedBy: ['date', 'location_id'],
  columns: [
    column('location_id', int64(), 'The location'),
    column('date', date(), 'UTC day'),
    column('temperature_min_c', float64(), 'Lowest temperature of the hours, °C'),
    column('temperature_max_c', float64(), 'Highest temperature of the hours, °C'),
    column('temperature_mean_c', float64(), 'Mean temperature of the hours, °C, to 0.1'),
    column('humidity_mean_pct', float64(), 'Mean relative humidity of the hours, %, to 0.1'),
    column('pressure_mean_hpa', float64(), 'Mean pressure of the hours, hPa, to 0.1'),
    column('wind_speed_mean_ms', float64(), 'Mean wind speed of the hours, m/s, to 0.1'),
    column('wind_speed_max_ms', float64(), 'Highest wind speed of the hours, m/s'),
    column('precipitation_mm', float64(), 'Sum of the hours, mm'),
    column('precipitation_hours', int32(), 'Number of hours with precipitation'),
    column('snowfall_cm', float64(), 'Sum of the hours, cm'),
    column('cloud_cover_mean_pct', float64(), 'Mean cloud cover of the hours, %, to 0.1'),
  ],
});

/** The table `weather_daily`. */
export function weatherDailySource(model: WeatherModel): TableSource {
  return weatherSource(weatherDailyTable, 1, model, model.hours, fillDays);
}

/** The rows of a day from location `start` of the list on. */
function fillDays(
  builder: BatchBuilder,
  start: number,
  startMs: number,
  locations: readonly Location[],
  values: HourlyValues,
): void {
  const id = builder.int64('location_id');
  const day = builder.date('date').values.fill(dayOf(startMs));
  for (let row = 0; row < day.length; row++) id.set(row, (locations[start + row] as Location).id);
  const aggregate = (target: Float64Array | Int32Array, units: Int32Array, of: Aggregate) => {
    for (let row = 0; row < target.length; row++) target[row] = of(units, (start + row) * HOURS_PER_DAY);
  };
  aggregate(builder.float64('temperature_min_c').values, values.temperature, minTenths);
  aggregate(builder.float64('temperature_max_c').values, values.temperature, maxTenths);
  aggregate(builder.float64('temperature_mean_c').values, values.temperature, meanTenths);
  aggregate(builder.float64('humidity_mean_pct').values, values.humidity, mean);
  aggregate(builder.float64('pressure_mean_hpa').values, values.pressure, meanTenths);
  aggregate(builder.float64('wind_speed_mean_ms').values, values.windSpeed, meanTenths);
  aggregate(builder.float64('wind_speed_max_ms').values, values.windSpeed, maxTenths);
  aggregate(builder.float64('precipitation_mm').values, values.precipitation, sumTenths);
  aggregate(builder.int32('precipitation_hours').values, values.precipitation, countPositive);
  aggregate(builder.float64('snowfall_cm').values, values.snowfall, sumTenths);
  aggregate(builder.float64('cloud_cover_mean_pct').values, values.cloudCover, mean);
}

/** A number for the 24 values from position `at` on; values in tenths give a number in whole units. */
type Aggregate = (units: Int32Array, at: number) => number;

function sum(units: Int32Array, at: number): number {
  let total = 0;
  for (let i = at; i < at + HOURS_PER_DAY; i++) total += units[i] as number;
  return total;
}

const sumTenths: Aggregate = (units, at) => sum(units, at) / 10;

// Adding 0 turns -0 into 0.
const meanTenths: Aggregate = (units, at) => (round(sum(units, at) / HOURS_PER_DAY) + 0) / 10;

const mean: Aggregate = (units, at) => round((sum(units, at) * 10) / HOURS_PER_DAY) / 10;

const minTenths: Aggregate = (units, at) => {
  let lowest = units[at] as number;
  for (let i = at + 1; i < at + HOURS_PER_DAY; i++)
    if ((units[i] as number) < lowest) lowest = units[i] as number;
  return lowest / 10;
};

const maxTenths: Aggregate = (units, at) => {
  let highest = units[at] as number;
  for (let i = at + 1; i < at + HOURS_PER_DAY; i++)
    if ((units[i] as number) > highest) highest = units[i] as number;
  return highest / 10;
};

const countPositive: Aggregate = (units, at) => {
  let count = 0;
  for (let i = at; i < at + HOURS_PER_DAY; i++) if ((units[i] as number) > 0) count++;
  return count;
};
