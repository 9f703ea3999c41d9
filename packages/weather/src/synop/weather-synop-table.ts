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
import { fillHourKeys, fillTenths, fillWhole } from '../hours/hour-columns.ts';
import { HOURS_PER_DAY } from '../hours/hourly-values.ts';
import { type WeatherModel, weatherSource } from '../hours/weather-source.ts';
import type { Location } from '../locations/locations.ts';
import type { SynopValues } from './synop-values.ts';
import type { WeatherSynop } from './weather-synop.ts';

const weatherSynopTable = defineTable({
  name: 'weather_synop',
  description:
    'What the station of a location reports of an hour beside the values in `weather_hourly`; made if `synop` is set.',
  primaryKey: ['location_id', 'ts'],
  foreignKeys: [{ columns: ['location_id'], table: 'locations', references: ['location_id'] }],
  timeColumn: 'ts',
  columns: [
    column('location_id', int64(), 'The location'),
    column('ts', instant(), 'Full hour, UTC'),
    column('station_pressure_hpa', float64(), 'Air pressure at the height of the location, hPa, to 0.1'),
    column('wind_gust_ms', float64(), 'Highest gust from this hour to the next, m/s, to 0.1'),
    column('global_radiation_wm2', int32(), 'Mean global radiation from this hour to the next, W/m²'),
    column('snow_depth_cm', int32(), 'Depth of the snow since the last summer, at the end of the hour, cm'),
    column(
      'visibility_m',
      int32(),
      'Horizontal visibility, m, in the steps of SYNOP reports, at most 70,000',
    ),
    column('weather_code', int32(), 'Present weather `ww`, WMO code table 4677'),
  ],
});

/** The table `weather_synop`. */
export function weatherSynopSource(model: WeatherModel, synop: WeatherSynop): TableSource {
  return weatherSource(weatherSynopTable, HOURS_PER_DAY, model, synop, fillReports);
}

/** The rows of a day from `start` on: all hours of the first location, then of the next. */
function fillReports(
  builder: BatchBuilder,
  start: number,
  startMs: number,
  locations: readonly Location[],
  values: SynopValues,
): void {
  fillHourKeys(builder, start, startMs, locations);
  fillTenths(builder, 'station_pressure_hpa', values.stationPressure, start);
  fillTenths(builder, 'wind_gust_ms', values.gust, start);
  fillWhole(builder, 'global_radiation_wm2', values.radiation, start);
  fillWhole(builder, 'snow_depth_cm', values.snowDepth, start);
  fillWhole(builder, 'visibility_m', values.visibility, start);
  fillWhole(builder, 'weather_code', values.weatherCode, start);
}
