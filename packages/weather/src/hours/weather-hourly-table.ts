import {
  type BatchBuilder,
  column,
  defineTable,
  float64,
  instant,
  int32,
  int64,
  type TableSource,
} from '@datagen/core/generator';
import { fillHourKeys, fillTenths, fillWhole } from './hour-columns.ts';
import { HOURS_PER_DAY, type HourlyValues } from './hourly-values.ts';
import type { Location } from '../locations/locations.ts';
import { type WeatherModel, weatherSource } from './weather-source.ts';

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
  return weatherSource(weatherHourlyTable, HOURS_PER_DAY, model, model.hours, fillHours);
}

/** The rows of a day from `start` on: all hours of the first location, then of the next. */
function fillHours(
  builder: BatchBuilder,
  start: number,
  startMs: number,
  locations: readonly Location[],
  values: HourlyValues,
): void {
  fillHourKeys(builder, start, startMs, locations);
  fillTenths(builder, 'temperature_c', values.temperature, start);
  fillTenths(builder, 'dew_point_c', values.dewPoint, start);
  fillWhole(builder, 'humidity_pct', values.humidity, start);
  fillTenths(builder, 'pressure_hpa', values.pressure, start);
  fillTenths(builder, 'wind_speed_ms', values.windSpeed, start);
  fillWhole(builder, 'wind_direction_deg', values.windDirection, start);
  fillTenths(builder, 'precipitation_mm', values.precipitation, start);
  fillTenths(builder, 'snowfall_cm', values.snowfall, start);
  fillWhole(builder, 'cloud_cover_pct', values.cloudCover, start);
}
