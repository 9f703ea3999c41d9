import { chainStateAt, KeyedRandom, normalQuantile, type TwoStateProbabilities } from '@datagen/core/random';
import { atSeason, type Climate, habitsOf, type WeatherHabits, wetShareOf } from '../climate/climate.ts';
import { seasonOf, sunriseHour } from '../climate/sun.ts';
import { WeibullTable } from '../climate/weibull.ts';
import type { Location } from '../locations/locations.ts';
import type { Fields } from './fields.ts';

const { exp, floor, min, round, sqrt } = Math;

/** What the hours of a UTC day at a location are made from. */
export interface DayWeather {
  readonly minC: number;
  /** UTC hour of the minimum, at sunrise. It may lie a little before 0 or after 24 where sunrise crosses midnight UTC. */
  readonly minHour: number;
  readonly maxC: number;
  /** Dew point at the time of the minimum, °C. */
  readonly dewPointC: number;
  /** How far the pressure at noon UTC lies from its mean, in standard deviations. */
  readonly pressure: number;
  /** Cloudiness at noon UTC before it becomes a cover in per cent; at 0 half of the sky is covered. */
  readonly cloud: number;
  /** Precipitation of the day, in 0.1 mm. */
  readonly rainTenths: number;
  /** Uniform in (0, 1): precipitation is snow in hours whose chance of snow is above it. */
  readonly snowLevel: number;
}

/** Shape of the amounts of wet days above 1 mm, of Weibull distributions fitted to European stations. */
const rainAmounts = new WeibullTable(0.86);
/** Rain of less than 1 mm falls on this many days for each wet day that follows a dry one. */
const DRIZZLE_DAYS = 0.6;
/** The daily range of wet and of dry days, as multiples of its mean. */
const WET_RANGE = 0.78;
const DRY_RANGE = 1.09;
/** Share of the pressure's anomaly that comes and goes with the wet field: lows bring rain. */
const PRESSURE_OF_RAIN = 0.42;
const PRESSURE_OF_FIELD = sqrt(1 - PRESSURE_OF_RAIN * PRESSURE_OF_RAIN);

/** The days of one location, each made without the others. */
export class LocationDays {
  readonly habits: WeatherHabits;
  /** UTC hour of the day's maximum, 0 to 24. */
  readonly maxHour: number;
  /** Whether the minimum of a UTC day comes before its maximum. */
  readonly isMinFirst: boolean;
  readonly #index: number;
  readonly #latitude: number;
  readonly #climate: Climate;
  readonly #fields: Fields;
  readonly #wetShare: number;
  readonly #dewNoise: KeyedRandom;
  readonly #snow: KeyedRandom;
  /** The chances of a wet day as normals, which order the draws of the field as uniforms would. */
  readonly #wetBelow: TwoStateProbabilities;
  /** A dry day has drizzle where the field of amounts lies above this. */
  readonly #drizzleAbove: number;
  readonly #sunriseToUtc: number;

  constructor(seed: number, location: Location, fields: Fields) {
    const { id, name, climate, latitude, longitude } = location;
    this.#index = id - 1;
    this.#latitude = latitude;
    this.#climate = climate;
    this.#fields = fields;
    this.habits = habitsOf(climate, location);
    this.#wetShare = wetShareOf(climate);
    this.#dewNoise = new KeyedRandom(seed, 'weather', 'dew_point', name);
    this.#snow = new KeyedRandom(seed, 'weather', 'snow', name);
    this.#wetBelow = {
      enter: normalQuantile(climate.wetAfterDry),
      stay: normalQuantile(climate.wetAfterWet),
    };
    this.#drizzleAbove = normalQuantile(1 - DRIZZLE_DAYS * climate.wetAfterDry);
    const solarToUtc = -longitude / 15;
    this.maxHour = hourOfDay(this.habits.warmestHour + solarToUtc);
    const meanMinHour = hourOfDay(6 + solarToUtc);
    this.isMinFirst = meanMinHour < this.maxHour;
    this.#sunriseToUtc = meanMinHour - 6;
  }

  #isWet(day: number): boolean {
    return chainStateAt(day, this.#wetBelow, (at) => this.#fields.dryness.at(this.#index, at)) === 1;
  }

  /** The weather of a UTC day since 1970. */
  make(day: number): DayWeather {
    const { meanC, amplitudeC, warmestDay, dailyRangeC } = this.#climate;
    const { deviationC, wetWarmthC, rangeFactor, drynessC, cloudiness } = this.habits;
    const wetShare = this.#wetShare;
    const i = this.#index;
    const isWet = this.#isWet(day);
    const season = seasonOf(day, warmestDay);
    const cloud = this.#fields.cloud.at(i, day);

    const meanRangeFactor = WET_RANGE * wetShare + DRY_RANGE * (1 - wetShare);
    const relativeRange =
      (atSeason(rangeFactor, season) * (isWet ? WET_RANGE : DRY_RANGE) * exp(-0.12 * cloud)) /
      meanRangeFactor;
    const middleC =
      meanC +
      amplitudeC * season +
      atSeason(deviationC, season) * this.#fields.temperature.at(i, day) +
      atSeason(wetWarmthC, season) * ((isWet ? 1 : 0) - wetShare);
    const halfRange = (dailyRangeC * relativeRange) / 2;
    const belowMin = drynessC * relativeRange * (isWet ? 0.6 : 1);

    return {
      minC: middleC - halfRange,
      minHour: sunriseHour(this.#latitude, day) + this.#sunriseToUtc,
      maxC: middleC + halfRange,
      dewPointC: middleC - halfRange - belowMin + 0.8 * this.#dewNoise.normal(day),
      pressure:
        PRESSURE_OF_FIELD * this.#fields.pressure.at(i, day) +
        PRESSURE_OF_RAIN * this.#fields.dryness.at(i, day),
      cloud: cloudiness + (isWet ? 1.1 : 0) + 0.7 * cloud,
      rainTenths: this.#rainTenths(day, isWet),
      snowLevel: this.#snow.uniform(day),
    };
  }

  #rainTenths(day: number, isWet: boolean): number {
    const z = this.#fields.rainAmount.at(this.#index, day);
    if (isWet) return round(10 + 10 * (this.#climate.wetDayMm - 1) * rainAmounts.at(z));
    // What lies above the threshold falls off fast: most drizzle is 0.1 to 0.4 mm.
    return z < this.#drizzleAbove ? 0 : min(9, 1 + floor((z - this.#drizzleAbove) * 6));
  }
}

function hourOfDay(hour: number): number {
  return hour - 24 * floor(hour / 24);
}
