import {
  type BatchBuilder,
  column,
  defineTable,
  float64,
  HOUR_MS,
  instant,
  int32,
  int64,
  type TableSource,
} from '@datagen/core/generator';
import { HOURS_PER_DAY, type HourlyValues } from './hourly-values.ts';
import type { Location } from '../locations/locations.ts';
import { type WeatherModel, weatherSource } from './weather-source.ts';

const { floor, min } = Math;

const weatherHourlyTable = defineTable({
  name: 'weather_hourly',
  description: 'The weather of one hour at one location.',
  primaryKey: ['location_id', 'ts'],
  foreignKeys: [{ columns: ['location_id'], table: 'locations', references: ['location_id'] }],
  timeColumn: 'ts',
  columns: [
    column('location_id', int64(), 'The location'),
    column('ts', instant(), 'Full hour, UTC'),
    column('temperature_c', float64(), 'Air temperature at 2 m, °C, to 0.1'),
    column('dew_point_c', float64(), 'Dew point, °C, to 0.1; never above the temperature'),
    column(
      'humidity_pct',
      int32(),
      'Relative humidity, %, by Magnus’ formula from temperature and dew point',
    ),
    column('pressure_hpa', float64(), 'Air pressure reduced to sea level, hPa, to 0.1'),
    column('wind_speed_ms', float64(), 'Mean wind speed at 10 m, m/s, to 0.1'),
    column('wind_direction_deg', int32(), 'Where the wind comes from, degrees from north by east, 0 to 359'),
    column('precipitation_mm', float64(), 'Rain and melted snow from this hour to the next, mm, to 0.1'),
    column('snowfall_cm', float64(), 'Depth of new snow from this hour to the next, cm, to 0.1'),
    column('cloud_cover_pct', int32(), 'Share of the sky that clouds cover, %'),
  ],
});

/** The table `weather_hourly`. */
export function weatherHourlySource(model: WeatherModel): TableSource {
  return weatherSource(weatherHourlyTable, HOURS_PER_DAY, model, fillHours);
}

/** The rows of a day from `start` on: all hours of the first location, then of the next. */
function fillHours(
  builder: BatchBuilder,
  start: number,
  startMs: number,
  locations: readonly Location[],
  values: HourlyValues,
): void {
  const id = builder.int64('location_id');
  const ts = builder.int64('ts');
  for (let row = 0, place = floor(start / HOURS_PER_DAY); row < builder.length; place++) {
    const locationId = (locations[place] as Location).id;
    const first = place * HOURS_PER_DAY - start;
    const end = min(builder.length, first + HOURS_PER_DAY);
    for (; row < end; row++) {
      id.set(row, locationId);
      ts.set(row, (startMs + (row - first) * HOUR_MS) * 1_000);
    }
  }
  const tenths = (name: string, units: Int32Array) => {
    const target = builder.float64(name).values;
    for (let row = 0; row < target.length; row++) target[row] = (units[start + row] as number) / 10;
  };
  const whole = (name: string, units: Int32Array) => {
    builder.int32(name).values.set(units.subarray(start, start + builder.length));
  };
  tenths('temperature_c', values.temperature);
  tenths('dew_point_c', values.dewPoint);
  whole('humidity_pct', values.humidity);
  tenths('pressure_hpa', values.pressure);
  tenths('wind_speed_ms', values.windSpeed);
  whole('wind_direction_deg', values.windDirection);
  tenths('precipitation_mm', values.precipitation);
  tenths('snowfall_cm', values.snowfall);
  whole('cloud_cover_pct', values.cloudCover);
}
