import { cosineOfTurns } from '@datagen/core/random';
import { RoundedCurve } from '../climate/rounded-curve.ts';
import { WeibullTable } from '../climate/weibull.ts';
import type { Location } from '../locations/locations.ts';
import { type DayWeather, LocationDays } from '../spells/day-weather.ts';
import type { Fields } from '../spells/fields.ts';
import type { PeriodSeries } from '../spells/period-series.ts';
import { firstHourInPeriod, hourlyNoise } from './hourly-noise.ts';
import { type HourlyValues, HOURS_PER_DAY } from './hourly-values.ts';
import { fillHumidity } from './humidity.ts';

const { exp, max, min, round, sqrt } = Math;

/**
 * Mean pressure of all places, reduced to sea level. That of the standard atmosphere is 1013.25, that of inhabited places
 * is higher.
 */
const MEAN_PRESSURE_HPA = 1015;
/** Together with the factor of afternoons the speeds of all hours scatter as a Weibull distribution of shape 1.8 does. */
const windSpeeds = new WeibullTable(1.9);
/** The weights of the day's pressure and of the hour's noise in the wind: it rises in lows. */
const WIND_OF_LOWS = -0.39;
const WIND_OF_HOURS = sqrt(1 - WIND_OF_LOWS * WIND_OF_LOWS);

/** Rain falls in the hours whose chance is this near to the highest of the day: in eight on an average wet day. */
const RAIN_WIDTH = 0.9;

/** Cloud cover in per cent, by latent cloudiness. */
const cloudCovers = new RoundedCurve((cloudiness) => 100 / (1 + exp(-2.2 * cloudiness)), -3, 3);

/** Rises from 0 at 0 to 1 at 1, level at both ends: half a cosine wave within 0.01. */
function smoothStep(x: number): number {
  return x * x * (3 - 2 * x);
}

/** By hour: how much of the way from the noon before it to the next noon has been gone. */
const fromNoon = Float64Array.from({ length: HOURS_PER_DAY }, (_, hour) =>
  smoothStep((hour < 12 ? hour + 12 : hour - 12) / HOURS_PER_DAY),
);

/** A day with the one before and the one after it. */
type Neighbours = readonly [before: DayWeather, today: DayWeather, after: DayWeather];

/** The hours of one location: they follow its days, and what the days leave open is drawn hour by hour. */
export class LocationHours {
  readonly #days: LocationDays;
  readonly #windMs: number;
  readonly #temperatureNoise: PeriodSeries;
  readonly #wind: PeriodSeries;
  readonly #direction: PeriodSeries;
  readonly #cloud: PeriodSeries;
  /** By UTC hour, as the three after it, in hPa. */
  readonly #tide: Float64Array;
  /** Factor on the mean speed of the wind. */
  readonly #windFactor: Float64Array;
  /** How much rain prefers the hour, in standard deviations of its chance. */
  readonly #convection: Float64Array;
  /** The chance of rain of each hour while a day is made. */
  readonly #rainChance = new Float64Array(HOURS_PER_DAY);
  /** The neighbours of the day that was made last: the next day shares two of them. */
  #neighbours: Neighbours | undefined;
  #day = Number.NaN;

  constructor(seed: number, location: Location, fields: Fields) {
    this.#days = new LocationDays(seed, location, fields);
    this.#windMs = location.climate.windMs;
    const noise = (quantity: string, phi: number) => hourlyNoise(seed, quantity, location.name, phi);
    this.#temperatureNoise = noise('hourly_temperature', 0.8);
    this.#wind = noise('wind', 0.92);
    this.#direction = noise('wind_direction', 0.95);
    this.#cloud = noise('hourly_cloud', 0.9);
    const { tideHpa, convection } = this.#days.habits;
    const daily = (value: (solarHour: number) => number) =>
      Float64Array.from({ length: HOURS_PER_DAY }, (_, hour) => value(hour + location.longitude / 15));
    this.#tide = daily((hour) => tideHpa * cosineOfTurns((hour - 10) / 12));
    this.#windFactor = daily((hour) => 1 + 0.3 * cosineOfTurns((hour - 14.5) / HOURS_PER_DAY));
    this.#convection = daily((hour) => convection * cosineOfTurns((hour - 16) / HOURS_PER_DAY));
  }

  /** Writes the 24 hours of a UTC day since 1970 from position `at` on. */
  fill(day: number, values: HourlyValues, at: number): void {
    const neighbours = this.#neighboursOf(day);
    const [, today] = neighbours;
    this.#fillTemperature(day, neighbours, values, at);
    this.#fillAir(day, neighbours, values, at);
    if (today.rainTenths > 0) this.#fillRain(day, today, values, at);
    fillHumidity(values, at);
  }

  #neighboursOf(day: number): Neighbours {
    const days = this.#days;
    const last = this.#neighbours;
    if (last !== undefined && day === this.#day) return last;
    const [before, today] =
      last !== undefined && day === this.#day + 1 ? [last[1], last[2]] : [days.make(day - 1), days.make(day)];
    this.#day = day;
    return (this.#neighbours = [before, today, days.make(day + 1)]);
  }

  /**
   * Writes temperatures, which go from minimum to maximum to minimum in smooth steps, and dew points, which go straight from
   * one minimum to the next.
   */
  #fillTemperature(day: number, days: Neighbours, values: HourlyValues, at: number): void {
    const { isMinFirst, maxHour } = this.#days;
    const noise = this.#temperatureNoise.around(day);
    const noiseAt = firstHourInPeriod(day);
    const { temperature, dewPoint } = values;
    // The temperature's turning points around the day, in the order of time, and the dew point's.
    let turn = 0;
    let dewDay = 0;
    let fromHour = 0;
    let toHour = -1;
    let fromC = 0;
    let toC = 0;
    let dewFromHour = 0;
    let dewToHour = -1;
    let dewFromC = 0;
    let dewToC = 0;
    for (let hour = 0; hour < HOURS_PER_DAY; hour++) {
      while (hour > toHour || turn < 2) {
        const k = turn >> 1;
        const { minC, minHour, maxC } = days[min(k, 2)] as DayWeather;
        const isMin = ((turn & 1) === 0) === isMinFirst;
        fromHour = toHour;
        fromC = toC;
        toHour = HOURS_PER_DAY * (k - 1) + (isMin ? minHour : maxHour);
        toC = isMin ? minC : maxC;
        turn++;
      }
      while (hour > dewToHour && dewDay < 3) {
        const { minHour, dewPointC } = days[dewDay] as DayWeather;
        dewFromHour = dewToHour;
        dewToHour = HOURS_PER_DAY * (dewDay - 1) + minHour;
        dewFromC = dewDay === 0 ? dewPointC : dewToC;
        dewToC = dewPointC;
        dewDay++;
      }
      const c =
        fromC +
        (toC - fromC) * smoothStep((hour - fromHour) / (toHour - fromHour)) +
        0.45 * (noise[noiseAt + hour] as number);
      const share = min(1, max(0, (hour - dewFromHour) / (dewToHour - dewFromHour)));
      const tenths = round(10 * c);
      temperature[at + hour] = tenths;
      dewPoint[at + hour] = min(tenths, round(10 * (dewFromC + share * (dewToC - dewFromC))));
    }
  }

  /** Writes pressure, wind and cloud cover. */
  #fillAir(day: number, [before, today, after]: Neighbours, values: HourlyValues, at: number): void {
    const { pressureDeviationHpa, prevailingWindDeg } = this.#days.habits;
    const [windMs, windFactor, tide] = [this.#windMs, this.#windFactor, this.#tide];
    const noiseAt = firstHourInPeriod(day);
    const wind = this.#wind.around(day);
    const direction = this.#direction.around(day);
    const cloud = this.#cloud.around(day);
    const { pressure, windSpeed, windDirection, cloudCover } = values;
    for (let hour = 0; hour < HOURS_PER_DAY; hour++) {
      const from = hour < 12 ? before : today;
      const to = hour < 12 ? today : after;
      const share = fromNoon[hour] as number;
      const low = from.pressure + share * (to.pressure - from.pressure);
      const cloudiness =
        from.cloud + share * (to.cloud - from.cloud) + 0.6 * (cloud[noiseAt + hour] as number);
      const speed =
        windMs *
        (windFactor[hour] as number) *
        windSpeeds.at(WIND_OF_HOURS * (wind[noiseAt + hour] as number) + WIND_OF_LOWS * low);
      // `| 0` lets the remainder be taken of integers, which is faster.
      const degrees = round(prevailingWindDeg + 55 * (direction[noiseAt + hour] as number)) | 0;
      pressure[at + hour] = round(
        10 * (MEAN_PRESSURE_HPA + pressureDeviationHpa * low + (tide[hour] as number)),
      );
      windSpeed[at + hour] = round(10 * speed);
      windDirection[at + hour] = (degrees + 720) % 360;
      cloudCover[at + hour] = cloudCovers.at(cloudiness);
    }
  }

  /** Gives the day's rain to its cloudiest hours, rounding the running sum so that the hours add up to the day. */
  #fillRain(day: number, { rainTenths, snowLevel }: DayWeather, values: HourlyValues, at: number): void {
    const cloud = this.#cloud.around(day);
    const noiseAt = firstHourInPeriod(day);
    const chance = this.#rainChance;
    let highest = -Infinity;
    for (let hour = 0; hour < HOURS_PER_DAY; hour++) {
      const x = (cloud[noiseAt + hour] as number) + (this.#convection[hour] as number);
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
