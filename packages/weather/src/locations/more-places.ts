import { cosineOfTurns } from '@datagen/core/random';
import type { Climate } from '../climate/climate.ts';
import { type City, CITIES } from './cities.ts';

/** Kilometres from a city to its second station; the area of the ring to each further one is the same. */
const NEAREST_KM = 8;
const KM_PER_DEGREE = 111.2;

/** Parts of a turn east and north of north, in steps of 45 degrees: stations of a city lie around it. */
const DIAGONAL = Math.SQRT1_2;
const DIRECTIONS: readonly (readonly [east: number, north: number])[] = [
  [0, 1],
  [0, -1],
  [1, 0],
  [-1, 0],
  [DIAGONAL, DIAGONAL],
  [-DIAGONAL, -DIAGONAL],
  [DIAGONAL, -DIAGONAL],
  [-DIAGONAL, DIAGONAL],
];

interface KnownPlace {
  readonly name: string;
  readonly country: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly elevationM: number;
  readonly climate: Climate;
  readonly station?: City['station'];
}

/** All cities that are known, then a second station of each, a third, up to a ninth, with the climate of its city. */
export function* morePlaces(): Generator<KnownPlace> {
  yield* CITIES.values();
  for (const [i, direction] of DIRECTIONS.entries())
    for (const city of CITIES.values()) yield stationOf(city, i + 2, direction);
}

function stationOf(city: City, number: number, [east, north]: readonly [number, number]): KnownPlace {
  const { country, elevationM, climate } = city;
  const degrees = (NEAREST_KM * Math.sqrt(number - 1)) / KM_PER_DEGREE;
  return {
    name: `${city.name} ${String(number)}`,
    country,
    latitude: rounded(city.latitude + north * degrees),
    longitude: rounded(city.longitude + (east * degrees) / cosineOfTurns(city.latitude / 360)),
    elevationM,
    climate,
  };
}

function rounded(degrees: number): number {
  return Math.round(degrees * 1e4) / 1e4;
}
