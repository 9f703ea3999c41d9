import {
  type DatasetGenerator,
  definePlugin,
  parseOptions,
  StreamingGenerator,
  type TableSource,
} from '@datagen/core/generator';
import type { z } from '@datagen/core/zod';
import { WeatherConfig, type WeatherOptions } from './config.ts';
import { weatherDailySource } from './hours/weather-daily-table.ts';
import { weatherHourlySource } from './hours/weather-hourly-table.ts';
import { WeatherHours } from './hours/weather-hours.ts';
import { DEFAULT_CITIES } from './locations/cities.ts';
import { resolveLocations } from './locations/locations.ts';
import { locationsSource } from './locations/locations-table.ts';
import { WeatherSynop } from './synop/weather-synop.ts';
import { weatherSynopSource } from './synop/weather-synop-table.ts';

/**
 * Hourly and daily weather of places on Earth that agrees in space and time: warm and wet spells last for days and
 * reach over countries, hours follow the sun. Rows of a location depend on the seed, its name, its position and the
 * locations listed before it, and on nothing else.
 */
export class WeatherGenerator extends StreamingGenerator<WeatherConfig> {
  readonly name = 'weather';
  readonly version = 2;
  protected readonly sources: readonly TableSource[];

  /** `config` has its defaults applied. Throws where `locations` names an unknown city, a name twice or no place on Earth. */
  constructor(config: WeatherConfig, chunkSize?: number) {
    super(config, chunkSize);
    const { seed, splitLocations, synop } = config;
    const locations = resolveLocations(config);
    const hours = new WeatherHours(seed, locations);
    const model = { locations, splitLocations, hours };
    this.sources = [
      locationsSource(locations),
      weatherHourlySource(model),
      weatherDailySource(model),
      ...(synop ? [weatherSynopSource(model, new WeatherSynop(seed, locations, hours))] : []),
    ];
  }
}

/**
 * A generator of the tables `locations`, `weather_hourly` and `weather_daily`, and of `weather_synop` if `synop` is set. Throws a `DatagenError` that names the
 * option: `INVALID_OPTION` where one is of another type or out of its range, `UNKNOWN_NAME` where a city is not known.
 */
export function weather(options: WeatherOptions = {}): DatasetGenerator {
  const given: z.input<typeof WeatherConfig> = options;
  return weatherPlugin.create(parseOptions(WeatherConfig, given, 'generator "weather"'));
}

/** The generator for a `PluginRegistry`. */
export const weatherPlugin = definePlugin({
  kind: 'generator',
  name: 'weather',
  description: 'Weather: locations with their hourly and daily weather',
  options: WeatherConfig,
  // Weather is asked for in years rather than in places.
  scaling: [
    { earliest: '1970-01-01' },
    { options: { nLocations: { from: DEFAULT_CITIES.length } }, unless: 'locations' },
  ],
  module: import.meta.url,
  export: 'weatherPlugin',
  create: (options, chunkSize) => new WeatherGenerator(options, chunkSize),
});
