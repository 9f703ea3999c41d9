import type { DayWeather } from '../spells/day-weather.ts';
import type { Front } from '../spells/fronts.ts';
import { HOURS_PER_DAY } from './hourly-values.ts';

const { abs, ceil, max, min } = Math;

/** How long before and after its passage a front is felt, hours. */
const WARM_SECTOR_HOURS = 18;
const COLD_AIR_HOURS = 18;
/** The share of the drop by which it is warmer before the passage; the rest follows it. */
const WARM_SHARE = 0.5;
/** The pressure falls to the trough over so many hours, and rises faster. */
const TROUGH_BEFORE_HOURS = 12;
const TROUGH_AFTER_HOURS = 9;
/** Depth of the trough of the weakest front and for each degree of the drop, hPa. */
const TROUGH_HPA = 1;
const TROUGH_HPA_PER_C = 0.5;
/** How far the wind stands back in its rose before the front and ahead after it, in standard deviations. */
const BACKED = -0.35;
const VEERED = 0.5;
/** Clouds and rain along the front, and the gaps in the cold air behind it. */
const CLOUD_HOURS = 8;
const CLOUD = 0.9;
const CLEARING = -0.6;
const RAIN_HOURS = 4;
const RAIN = 2.2;

/**
 * What the fronts around a day change in its 24 hours: it is warmer before the passage and colder after it than the
 * days alone would have it, the pressure has a trough, the wind veers, and clouds and rain come in a band.
 */
export class FrontPassage {
  /** °C. */
  readonly temperature = new Float64Array(HOURS_PER_DAY);
  /** hPa. */
  readonly pressure = new Float64Array(HOURS_PER_DAY);
  /** Where in its rose the wind is, in standard deviations. */
  readonly wind = new Float64Array(HOURS_PER_DAY);
  /** Cloudiness before it becomes a cover. */
  readonly cloud = new Float64Array(HOURS_PER_DAY);
  /** The chance of rain, in standard deviations. */
  readonly rain = new Float64Array(HOURS_PER_DAY);
  #isClear = true;

  /** Sets the hours of the day in the middle. */
  set(days: readonly [before: DayWeather, today: DayWeather, after: DayWeather]): void {
    if (!this.#isClear) this.#clear();
    for (let k = 0; k < days.length; k++) {
      const { front } = days[k] as DayWeather;
      if (front !== undefined) this.#add(front, front.hour + HOURS_PER_DAY * (k - 1));
    }
  }

  #clear(): void {
    for (const values of [this.temperature, this.pressure, this.wind, this.cloud, this.rain]) values.fill(0);
    this.#isClear = true;
  }

  #add({ dropC, fallHours }: Front, at: number): void {
    this.#isClear = false;
    const { temperature, pressure, wind, cloud, rain } = this;
    const troughHpa = TROUGH_HPA + TROUGH_HPA_PER_C * dropC;
    const end = min(HOURS_PER_DAY, at + COLD_AIR_HOURS);
    for (let hour = max(0, ceil(at - WARM_SECTOR_HOURS)); hour < end; hour++) {
      const after = hour - at;
      temperature[hour] = (temperature[hour] as number) + dropC * warmth(after, fallHours);
      pressure[hour] = (pressure[hour] as number) - troughHpa * trough(after);
      wind[hour] =
        (wind[hour] as number) + (after < 0 ? BACKED * fading(-after, 12) : VEERED * fading(after, 15));
      cloud[hour] =
        (cloud[hour] as number) +
        CLOUD * fading(abs(after), CLOUD_HOURS) +
        (after > 4 ? CLEARING * fading(after - 4, 14) : 0);
      rain[hour] = (rain[hour] as number) + RAIN * fading(abs(after), RAIN_HOURS);
    }
  }
}

/** 1 at 0, 0 from `length` on, straight between. */
function fading(x: number, length: number): number {
  return max(0, 1 - x / length);
}

/** The anomaly of the temperature some hours after the passage, as a share of the drop. */
function warmth(after: number, fallHours: number): number {
  if (after < 0) {
    const near = fading(-after, WARM_SECTOR_HOURS);
    return WARM_SHARE * near * near;
  }
  if (after < fallHours) return WARM_SHARE - after / fallHours;
  const near = fading(after - fallHours, COLD_AIR_HOURS - fallHours);
  return (WARM_SHARE - 1) * near * near;
}

function trough(after: number): number {
  const near = after < 0 ? fading(-after, TROUGH_BEFORE_HOURS) : fading(after, TROUGH_AFTER_HOURS);
  return near * near;
}
