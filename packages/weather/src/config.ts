import { GeneratorConfig, type GeneratorOptions } from '@datagen/core/generator';
import { z } from '@datagen/core/zod';
import { DEFAULT_CITIES } from './locations/cities.ts';

const Place = z.strictObject({
  name: z.string().min(1),
  country: z.string().min(1).optional(),
  latitude: z.number(),
  longitude: z.number(),
  elevation: z.number().default(0),
});
/** A place that is no known city, with defaults applied. */
export type Place = z.infer<typeof Place>;

/** With more locations, the Cholesky factor of their correlations would take longer to compute than the weather. */
const MAX_LOCATIONS = 300;

/** The schema of the options of the weather generator. */
export const WeatherConfig = GeneratorConfig.extend({
  locations: z
    .array(
      z.union([z.string(), Place], {
        error:
          'expected the name of a city, or { name, latitude, longitude } with elevation (m) and country if you like',
      }),
    )
    .min(1)
    .max(MAX_LOCATIONS)
    .default([...DEFAULT_CITIES])
    .describe(
      `Cities by name, or places as { name, latitude, longitude, elevation, country }; at most ${String(MAX_LOCATIONS)}`,
    ),
  nLocations: z
    .int()
    .min(1)
    .max(MAX_LOCATIONS)
    .optional()
    .describe(
      'Number of locations: the first of `locations`, then other known cities, then more stations of cities; the default is those of `locations`',
    ),
  synop: z
    .boolean()
    .default(false)
    .describe(
      'Makes the table `weather_synop` too: gusts, radiation, snow depth, visibility, weather code and station pressure',
    )
    .meta({ layout: true, choosesTables: true }),
  splitLocations: z
    .boolean()
    .default(false)
    .describe(
      'Makes a block per location and day, so that tables can be partitioned by `location_id`; slower',
    ),
});
/** The options of the weather generator with their defaults applied. */
export type WeatherConfig = z.infer<typeof WeatherConfig>;

/** A place that is no known city. Its climate follows from where it lies. */
export interface PlaceOptions {
  /** Its name, which no other location has. */
  name: string;
  /** Its country, as ISO 3166 code. */
  country?: string | undefined;
  /** Degrees north, from -90 to 90. */
  latitude: number;
  /** Degrees east, from -180 to 180. */
  longitude: number;
  /**
   * Metres above the sea, from -500 to 9,000.
   * @default 0
   */
  elevation?: number | undefined;
}

/** The options of the weather generator as a caller writes them: all may be left out. */
export interface WeatherOptions extends GeneratorOptions {
  /**
   * Cities by name, and any other places with their coordinates: 1 to 300, no name twice. The default is twelve cities on
   * five continents. A location that is appended changes no weather of those before it.
   */
  locations?: (string | PlaceOptions)[] | undefined;
  /**
   * Number of locations, from 1 to 300: the first of `locations`, then the other cities that are known, then more
   * stations of these cities, which lie some kilometres from the first. All those of `locations` by default.
   */
  nLocations?: number | undefined;
  /**
   * Makes the table `weather_synop` too, of as many rows as `weather_hourly`: gusts, radiation, snow depth, visibility,
   * weather code and station pressure.
   * @default false
   */
  synop?: boolean | undefined;
  /**
   * Makes a block per location and day, so that tables can be partitioned by `location_id`, at a third of the speed.
   * @default false
   */
  splitLocations?: boolean | undefined;
}
