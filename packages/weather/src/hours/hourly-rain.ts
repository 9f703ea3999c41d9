import type { DayWeather } from '../spells/day-weather.ts';
import { type HourlyValues, HOURS_PER_DAY } from './hourly-values.ts';

const { exp, max, min, round } = Math;

/** Rain falls in the hours whose chance is this near to the highest of the day: in eight on an average wet day. */
const RAIN_WIDTH = 0.9;

/** Gives the precipitation of days to their hours. */
export class HourlyRain {
  /** How much rain prefers the UTC hour, in standard deviations of its chance. */
  readonly #convection: Float64Array;
  /** The chance of rain of each hour while a day is made. */
  readonly #chance = new Float64Array(HOURS_PER_DAY);

  constructor(convection: Float64Array) {
    this.#convection = convection;
  }

  /**
   * Gives the day's rain to its cloudiest hours and those around a front, rounding the running sum so that the hours
   * add up to the day. `cloud` has the noise of the day's hours from `noiseAt` on.
   */
  fill(
    { rainTenths, snowLevel }: DayWeather,
    cloud: Float64Array,
    noiseAt: number,
    ofFronts: Float64Array,
    values: HourlyValues,
    at: number,
  ): void {
    const chance = this.#chance;
    let highest = -Infinity;
    for (let hour = 0; hour < HOURS_PER_DAY; hour++) {
      const x =
        (cloud[noiseAt + hour] as number) + (this.#convection[hour] as number) + (ofFronts[hour] as number);
      chance[hour] = x;
      if (x > highest) highest = x;
    }
    let total = 0;
    for (let hour = 0; hour < HOURS_PER_DAY; hour++) {
      const above = max(0, (chance[hour] as number) - highest + RAIN_WIDTH);
      chance[hour] = above * above;
      total += above * above;
    }
    const { temperature, dewPoint, precipitation, snowfall, cloudCover } = values;
    let sum = 0;
    let given = 0;
    for (let hour = 0; hour < HOURS_PER_DAY; hour++) {
      sum += chance[hour] as number;
      const tenths = round((rainTenths * sum) / total) - given;
      if (tenths === 0) continue;
      given += tenths;
      const row = at + hour;
      const t = temperature[row] as number;
      const dew = dewPoint[row] as number;
      precipitation[row] = tenths;
      dewPoint[row] = dew + round(0.5 * (t - dew));
      cloudCover[row] = 80 + round((cloudCover[row] as number) / 5);
      if (t < 40 && snowLevel < snowChance(t / 10)) snowfall[row] = round(tenths * snowDepth(t / 10));
    }
  }
}

/** The chance that precipitation at a temperature (°C) is snow: half at 1.0 °C (Jennings et al. 2018). */
function snowChance(c: number): number {
  return 1 / (1 + exp(1.6 * (c - 1)));
}

/** Centimetres of new snow per millimetre of water: 1 at 0 °C, 1.5 from -10 °C down. */
function snowDepth(c: number): number {
  return 1 + 0.05 * min(10, max(0, -c));
}
