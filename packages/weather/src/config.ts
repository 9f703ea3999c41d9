import { GeneratorConfig } from '@datagen/core/generator';
import { z } from 'zod';
import { DEFAULT_CITIES } from './locations/cities.ts';

/** A place that is no known city; its climate follows from where it lies. */
const Place = z.strictObject({
  name: z.string().min(1),
  country: z.string().min(1).optional(),
  latitude: z.number(),
  longitude: z.number(),
  elevation: z.number().default(0),
});
export type Place = z.infer<typeof Place>;

/** Beyond, the Cholesky factor of the correlations takes longer than the weather. */
const MAX_LOCATIONS = 300;

/** Options of the weather generator. */
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
  splitLocations: z
    .boolean()
    .default(false)
    .describe(
      'Makes a block per location and day, so that tables can be partitioned by `location_id`; slower',
    ),
});
export type WeatherConfig = z.infer<typeof WeatherConfig>;
