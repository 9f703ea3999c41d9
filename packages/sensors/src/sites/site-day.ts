import { Ar1Process, cosineOfTurns, KeyedRandom } from '@datagen/core/random';
import type { Site } from './site.ts';

/** What all devices of a site share on one day, at each of its sampling steps. */
export interface SiteDay {
  /** Air temperature without the course of the day, °C. */
  readonly air: Float64Array;
  /** Course of the day from about -1 to 1, highest at 15 h by the sun. */
  readonly diurnal: Float64Array;
  /** Dew point, °C. */
  readonly dewPoint: Float64Array;
  /** Pressure at the site, hPa. */
  readonly pressure: Float64Array;
  /** How hard the machines work, 0 to 1. */
  readonly load: Float64Array;
}

/** Weather is drawn at knots, one every 6 hours, and forgotten in 2.5 days (e-folding). */
const KNOTS_PER_DAY = 4;
const KNOT_PHI = Math.exp(-6 / 60);
/** Day since 1970 of the warmest air, in the middle of July. */
const WARMEST_DAY = 199;
const DAYS_PER_YEAR = 365.2425;
/** How hard machines work by the local hour of a weekday, which has two shifts. */
const WEEKDAY_LOAD = [
  0.08, 0.07, 0.07, 0.07, 0.08, 0.25, 0.7, 0.88, 0.93, 0.95, 0.94, 0.9, 0.85, 0.92, 0.9, 0.88, 0.85, 0.82,
  0.8, 0.78, 0.7, 0.5, 0.2, 0.1,
];
/** The part of it that is left on Saturday and on Sunday. */
const WEEKEND_FACTORS = [0.4, 0.1];

/** Makes the shared series of a site on a day since 1970, at `stepsPerDay` steps. */
export function makeSiteDay(seed: number, site: Site, day: number, stepsPerDay: number): SiteDay {
  const weather = (name: string) =>
    weatherSeries(new KeyedRandom(seed, 'sites', name, site.index), day, stepsPerDay);
  const series: SiteDay = {
    air: weather('air'),
    diurnal: new Float64Array(stepsPerDay),
    dewPoint: weather('dew_point'),
    pressure: weather('pressure'),
    load: new Float64Array(stepsPerDay),
  };
  // The barometric formula with a scale height of 8,434 m.
  const meanPressure = 1013.25 * Math.exp(-site.elevation / 8434);
  const hourly = (at: (hour: number) => number) => Float64Array.from({ length: 25 }, (_, hour) => at(hour));
  const seasons = hourly((hour) => cosineOfTurns((day + hour / 24 - WARMEST_DAY) / DAYS_PER_YEAR));
  const suns = hourly((hour) => cosineOfTurns((hour + site.longitude / 15 - 15) / 24));
  const loads = hourly((hour) => loadAt(day * 24 + hour + site.utcOffset));
  for (let i = 0; i < stepsPerDay; i++) {
    const hour = (i * 24) / stepsPerDay;
    const season = interpolate(seasons, hour);
    const air = site.meanTemperature + site.annualAmplitude * season + 3.2 * (series.air[i] as number);
    series.air[i] = air;
    // Clear summer days swing more than grey winter days.
    series.diurnal[i] = interpolate(suns, hour) * (1 + 0.3 * season);
    series.dewPoint[i] = air - 8 + 2 * (series.dewPoint[i] as number);
    series.pressure[i] = meanPressure + 8.5 * (series.pressure[i] as number);
    series.load[i] = interpolate(loads, hour);
  }
  return series;
}

function interpolate(hourly: Float64Array, hour: number): number {
  const before = Math.floor(hour);
  const value = hourly[before] as number;
  return value + (hour - before) * ((hourly[before + 1] as number) - value);
}

/** A standard normal series for a day: an AR(1) process at the knots, smooth between them. */
function weatherSeries(random: KeyedRandom, day: number, stepsPerDay: number): Float64Array {
  const process = new Ar1Process(random, KNOT_PHI, KNOTS_PER_DAY);
  const knots = [...process.block(day), process.block(day + 1)[0] as number];
  return Float64Array.from({ length: stepsPerDay }, (_, i) => {
    const time = (i * KNOTS_PER_DAY) / stepsPerDay;
    const knot = Math.floor(time);
    const x = time - knot;
    const before = knots[knot] as number;
    return before + x * x * (3 - 2 * x) * ((knots[knot + 1] as number) - before);
  });
}

/** How hard the machines work in a local hour since 1970-01-01, which was a Thursday. */
function loadAt(localHour: number): number {
  const weekday = (Math.floor(localHour / 24) + 3) % 7;
  const factor = weekday < 5 ? 1 : (WEEKEND_FACTORS[weekday - 5] as number);
  return factor * (WEEKDAY_LOAD[localHour % 24] as number);
}
