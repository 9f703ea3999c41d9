import { cosineOfTurns } from '@datagen/core/random';

const { abs, max, min, sqrt } = Math;

/** The mean length of a Gregorian year in days. */
const YEAR_DAYS = 365.2425;
/** The tilt of the Earth's axis, in turns. */
const TILT_TURNS = 23.44 / 360;
/** The day of the year, from 1, of the summer solstice in the north. */
const SOLSTICE_DAY = 172;

/**
 * How near a day is to the time of year that is `dayOfYear`: 1 on it, -1 half a year off. `day` counts from
 * 1970-01-01; leap days make its day of the year swing by one.
 */
export function seasonOf(day: number, dayOfYear: number): number {
  return cosineOfTurns((day + 1 - dayOfYear) / YEAR_DAYS);
}

/** How far north of the equator the sun stands on a day since 1970, in turns. */
export function declinationTurns(day: number): number {
  return TILT_TURNS * seasonOf(day, SOLSTICE_DAY);
}

/** The local solar hour of sunrise, without refraction; between 2 and 10 where the sun does not rise or set. */
export function sunriseHour(latitude: number, day: number): number {
  const declination = declinationTurns(day);
  const hourAngleTurns = arcCosineTurns(-tangent(latitude / 360) * tangent(declination));
  return min(10, max(2, 12 - 24 * hourAngleTurns));
}

function tangent(turns: number): number {
  return cosineOfTurns(turns - 0.25) / cosineOfTurns(turns);
}

/** arccos(x) / 2π within 2e-5, for x beyond ±1 as for ±1: formula 4.4.45 in Abramowitz and Stegun (1964). */
function arcCosineTurns(x: number): number {
  const size = min(1, abs(x));
  const series = 1.5707288 + size * (-0.2121144 + size * (0.074261 - size * 0.0187293));
  const turns = (sqrt(1 - size) * series) / (2 * Math.PI);
  return x < 0 ? 0.5 - turns : turns;
}
