import type { Location } from '../locations/locations.ts';
import type { DayWeather } from '../spells/day-weather.ts';
import { type HourlyValues, HOURS_PER_DAY } from '../hours/hourly-values.ts';
import type { LocationHours } from '../hours/location-hours.ts';

const { ceil, floor, max, min, round } = Math;

const YEAR_DAYS = 365.2425;
/** Snow counts from so many days after the warmest day of the year, when the ground is bare. */
const BARE_AFTER_DAYS = 30;
/** A day whose minimum is above this has no snow in any hour, °C, whatever fronts and noise do. */
const NO_SNOW_ABOVE_C = 10;
/** The part of the depth that is lost by settling in a day. */
const SETTLING = 0.02;
/** The depth that melts in a day, cm for each degree of its mean above 0 °C and of its maximum above 1 °C. */
const MELT_OF_MEAN = 1;
const MELT_OF_MAXIMUM = 0.2;

/** How the depth of the snow changes on a day. */
export interface SnowDay {
  /** Depth at its beginning, cm. */
  readonly startCm: number;
  /** What settles and melts in its course, cm. */
  readonly lossCm: number;
}

/**
 * The depth of the snow on the ground of one location: what has fallen since the end of the last summer, settled and
 * molten by the warmth of days. It goes from day to day; a day that is not the next one is reached from the one that it
 * has come to or from the end of that summer, at most a year earlier, so that any day can be made alone.
 */
export class SnowCover {
  readonly #hours: LocationHours;
  readonly #bareDay: number;
  /** The day whose beginning `#depthCm` is of. */
  #day = Number.NaN;
  #depthCm = 0;

  constructor(location: Location, hours: LocationHours) {
    this.#hours = hours;
    this.#bareDay = location.climate.warmestDay + BARE_AFTER_DAYS;
  }

  /** The first day that must be added before the snow of `day` is known; `day` itself where nothing must. */
  firstMissing(day: number): number {
    const bareDay = this.#lastBareDay(day);
    return this.#day >= bareDay && this.#day <= day ? this.#day : bareDay;
  }

  /** Adds a day, the next one or one that begins bare, whose hours are made in `scratch` where snow may have fallen. */
  add(day: number, scratch: HourlyValues): void {
    const weather = this.#hours.days.make(day);
    let snowfall = 0;
    if (weather.rainTenths > 0 && weather.minC < NO_SNOW_ABOVE_C) {
      scratch.clear();
      this.#hours.fill(day, scratch, 0);
      snowfall = sumOf(scratch.snowfall, 0);
    }
    this.on(day, snowfall);
  }

  /** What a day does to the snow, which fell in its hours as `snowfallTenths`, 0.1 cm; the days before it are added. */
  on(day: number, snowfallTenths: number): SnowDay {
    const startCm = this.#day === day && this.#lastBareDay(day) < day ? this.#depthCm : 0;
    const fallen = startCm + snowfallTenths / 10;
    const lossCm = fallen === 0 ? 0 : lossOf(fallen, this.#hours.days.make(day));
    this.#day = day + 1;
    this.#depthCm = fallen - lossCm;
    return { startCm, lossCm };
  }

  /** The last day up to `day` at whose beginning no snow lies. */
  #lastBareDay(day: number): number {
    const years = floor((day - this.#bareDay) / YEAR_DAYS);
    const first = ceil(this.#bareDay + years * YEAR_DAYS);
    return first > day ? ceil(this.#bareDay + (years - 1) * YEAR_DAYS) : first;
  }
}

/** The sum of 24 hours from position `at` on. */
export function sumOf(units: Int32Array, at: number): number {
  let sum = 0;
  for (let i = at; i < at + HOURS_PER_DAY; i++) sum += units[i] as number;
  return sum;
}

function lossOf(fallenCm: number, { minC, maxC }: DayWeather): number {
  const melt = MELT_OF_MEAN * max(0, (minC + maxC) / 2) + MELT_OF_MAXIMUM * max(0, maxC - 1);
  return min(fallenCm, SETTLING * fallenCm + melt);
}

/** Writes the depth at the end of each of a day's 24 hours, cm, from position `at` on. */
export function fillSnowDepth(
  { startCm, lossCm }: SnowDay,
  snowfall: Int32Array,
  target: Int32Array,
  at: number,
): void {
  let depthCm = startCm;
  for (let hour = 0; hour < HOURS_PER_DAY; hour++) {
    depthCm += (snowfall[at + hour] as number) / 10;
    target[at + hour] = round(max(0, depthCm - (lossCm * (hour + 1)) / HOURS_PER_DAY));
  }
}
