import { DatagenError, option, type Sentence, sentence, unknownName } from '@datagen/core/generator';
import type { Climate } from '../climate/climate.ts';
import { climateOf } from '../climate/climate-of.ts';
import type { Place, WeatherConfig } from '../config.ts';
import { CITIES } from './cities.ts';
import { morePlaces } from './more-places.ts';
import type { Station } from './stations.ts';

/** A place that weather is made for. Its weather depends on its name, its position and the locations before it. */
export interface Location {
  /** Position in the option `locations`, from 1. */
  readonly id: number;
  readonly name: string;
  /** ISO 3166 code, if it is known. */
  readonly country: string | undefined;
  readonly latitude: number;
  readonly longitude: number;
  readonly elevationM: number;
  readonly climate: Climate;
  /** The station of a known city. */
  readonly station?: Station;
}

/**
 * The locations that the options ask for: those that are named, in their order, and as many more as `nLocations` asks
 * for. Throws where a city is unknown, a name repeats or a place is nowhere.
 */
export function resolveLocations({
  locations,
  nLocations = locations.length,
}: Pick<WeatherConfig, 'locations' | 'nLocations'>): readonly Location[] {
  const names = new Set<string>();
  const named = locations.slice(0, nLocations).map((location, i) => {
    const resolved = typeof location === 'string' ? cityOf(location) : placeOf(location);
    if (names.has(resolved.name))
      throw invalid(
        sentence`Expected the names in ${option('locations')} to differ, got "${resolved.name}" twice.`,
      );
    names.add(resolved.name);
    return { id: i + 1, ...resolved };
  });
  const more: Location[] = [];
  for (const place of morePlaces()) {
    if (named.length + more.length >= nLocations) break;
    if (!names.has(place.name)) more.push({ id: named.length + more.length + 1, ...place });
  }
  return [...named, ...more];
}

function cityOf(name: string): Omit<Location, 'id'> {
  const city = CITIES.get(name);
  if (city !== undefined) return city;
  throw unknownName(
    sentence`city in ${option('locations')}`,
    name,
    CITIES.keys(),
    'Give any other place as { name, latitude, longitude }.',
  );
}

function placeOf({ name, country, latitude, longitude, elevation }: Place): Omit<Location, 'id'> {
  checkRange(name, 'latitude', latitude, -90, 90);
  checkRange(name, 'longitude', longitude, -180, 180);
  checkRange(name, 'elevation', elevation, -500, 9_000);
  const climate = climateOf({ latitude, longitude }, elevation);
  return { name, country, latitude, longitude, elevationM: elevation, climate };
}

function checkRange(name: string, what: string, value: number, min: number, max: number): void {
  if (value < min || value > max) {
    throw invalid(
      sentence`Expected the ${what} of "${name}" in ${option('locations')} from ${String(min)} to ${String(max)}, got ${String(value)}.`,
    );
  }
}

function invalid(message: Sentence): DatagenError {
  return new DatagenError('INVALID_OPTION', message, { details: { option: 'locations' } });
}
