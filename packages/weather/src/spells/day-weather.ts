import { KeyedRandom } from '@datagen/core/random';
import { type Climate, wetShareOf } from '../climate/climate.ts';
import { habitsOf, type WeatherHabits } from '../climate/habits.ts';
import { atSeason } from '../climate/seasonal.ts';
import { seasonOf, sunriseHour } from '../climate/sun.ts';
import { windNormal } from '../climate/winds.ts';
import type { Location } from '../locations/locations.ts';
import { AirMass } from './air-mass.ts';
import type { Fields } from './fields.ts';
import { type Front, Fronts } from './fronts.ts';
import { Rainfall } from './rainfall.ts';

const { floor, max, min, sqrt } = Math;

/** What the hours of a UTC day at a location are made from. */
export interface DayWeather {
  readonly minC: number;
  /** UTC hour of the minimum, at sunrise. It may lie a little before 0 or after 24 where sunrise crosses midnight UTC. */
  readonly minHour: number;
  readonly maxC: number;
  /** Dew point at the time of the minimum, °C. */
  readonly dewPointC: number;
  /** How far the pressure at noon UTC lies from its mean, hPa. */
  readonly pressureHpa: number;
  /** Mean wind speed at the time of the year, m/s. */
  readonly windMs: number;
  /** Where in its rose the wind is at noon UTC, a standard normal. */
  readonly wind: number;
  /** Cloudiness at noon UTC before it becomes a cover in per cent; at 0 half of the sky is covered. */
  readonly cloud: number;
  /** Precipitation of the day, in 0.1 mm. */
  readonly rainTenths: number;
  /** Uniform in (0, 1): precipitation is snow in hours whose chance of snow is above it. */
  readonly snowLevel: number;
  /** The front that passes on the day. */
  readonly front: Front | undefined;
}

/** The daily range of wet and of dry days, as multiples of its mean. */
const WET_RANGE = 0.78;
const DRY_RANGE = 1.09;
/** The least daily range as a share of its mean, and the least half of it, °C. */
const LEAST_RANGE = 0.25;
const LEAST_HALF_RANGE_C = 0.3;
/** How far the dew point of a wet day lies below the temperature, as a multiple of the mean. */
const WET_DRYNESS = 0.6;
/** The dew point lies at most this far above the minimum, °C: then the air is saturated around sunrise. */
const SATURATED_C = 0.1;
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
  readonly #airMass: AirMass;
  readonly #fronts: Fronts;
  readonly #rainfall: Rainfall;
  readonly #wetShare: number;
  readonly #dewNoise: KeyedRandom;
  readonly #rangeNoise: KeyedRandom;
  readonly #snow: KeyedRandom;
  readonly #sunriseToUtc: number;
  /** The field of temperatures on the day that was made last: the next day compares its own with it. */
  #spellDay = Number.NaN;
  #spell = 0;

  constructor(seed: number, location: Location, fields: Fields) {
    const { id, name, climate, latitude, longitude } = location;
    this.#index = id - 1;
    this.#latitude = latitude;
    this.#climate = climate;
    this.#fields = fields;
    this.habits = habitsOf(climate, location);
    this.#airMass = new AirMass(location, fields, this.habits);
    this.#fronts = new Fronts(this.#index, fields, this.habits);
    this.#rainfall = new Rainfall(this.#index, climate, fields);
    this.#wetShare = wetShareOf(climate);
    this.#dewNoise = new KeyedRandom(seed, 'weather', 'dew_point', name);
    this.#rangeNoise = new KeyedRandom(seed, 'weather', 'range', name);
    this.#snow = new KeyedRandom(seed, 'weather', 'snow', name);
    const solarToUtc = -longitude / 15;
    this.maxHour = hourOfDay(this.habits.warmestHour + solarToUtc);
    const meanMinHour = hourOfDay(6 + solarToUtc);
    this.isMinFirst = meanMinHour < this.maxHour;
    this.#sunriseToUtc = meanMinHour - 6;
  }

  /** The weather of a UTC day since 1970. */
  make(day: number): DayWeather {
    const { meanC, amplitudeC, warmestDay, windMs } = this.#climate;
    const { cloudWarmthC, pressureDeviationHpa, rainFactor, wetWarmthC, windFactor, cloudiness } =
      this.habits;
    const fields = this.#fields;
    const i = this.#index;
    const season = seasonOf(day, warmestDay);
    const dryness = fields.dryness.at(i, day);
    const isWet = this.#rainfall.isWet(day, dryness);
    const cloud = fields.cloud.at(i, day);
    const spellBefore = this.#spellDay === day - 1 ? this.#spell : fields.temperature.at(i, day - 1);
    const spell = fields.temperature.at(i, day);
    this.#spellDay = day;
    this.#spell = spell;
    const wind = windNormal(this.#climate.wind, fields.wind.at(i, day), season);
    const middleC =
      meanC +
      amplitudeC * season +
      this.#airMass.anomalyC(day, season, wind, spell) +
      atSeason(cloudWarmthC, season) * cloud +
      atSeason(wetWarmthC, season) * ((isWet ? 1 : 0) - this.#wetShare);
    const noise = this.#rangeNoise.normal(day);
    const range = this.#range(isWet, cloud, noise);
    const halfC = this.#halfRangeC(range, season, noise);
    return {
      minC: middleC - halfC,
      minHour: sunriseHour(this.#latitude, day) + this.#sunriseToUtc,
      maxC: middleC + halfC,
      dewPointC: min(middleC - this.#drynessC(day, isWet, range, season), middleC - halfC + SATURATED_C),
      pressureHpa:
        atSeason(pressureDeviationHpa, season) *
        (PRESSURE_OF_FIELD * fields.pressure.at(i, day) + PRESSURE_OF_RAIN * dryness),
      windMs: windMs * atSeason(windFactor, season),
      wind,
      cloud: cloudiness + (isWet ? 1.1 : 0) + 0.7 * cloud,
      rainTenths: this.#rainfall.tenths(day, isWet, atSeason(rainFactor, season)),
      snowLevel: this.#snow.uniform(day),
      front: this.#fronts.on(day, season, dryness, spell, spellBefore),
    };
  }

  /** The day's range of temperatures as a multiple of that of the season. */
  #range(isWet: boolean, cloud: number, noise: number): number {
    const { rangeNoise, rangeOfCloud } = this.habits;
    const share = this.#wetShare;
    const ofRain = (isWet ? WET_RANGE : DRY_RANGE) / (WET_RANGE * share + DRY_RANGE * (1 - share));
    return ofRain * max(LEAST_RANGE, 1 - rangeOfCloud * cloud + rangeNoise * noise);
  }

  #halfRangeC(range: number, season: number, noise: number): number {
    const { rangeFactor, stillNightsC } = this.habits;
    const seasonalC = (this.#climate.dailyRangeC * atSeason(rangeFactor, season)) / 2;
    return max(LEAST_HALF_RANGE_C, seasonalC * range + atSeason(stillNightsC, season) * noise);
  }

  /** How far the dew point lies below the middle of the day's temperatures, °C: farthest on days of a wide range. */
  #drynessC(day: number, isWet: boolean, range: number, season: number): number {
    const share = this.#wetShare;
    const ofRain = isWet ? WET_DRYNESS : (1 - WET_DRYNESS * share) / (1 - share);
    const ofDay = ofRain * (0.4 + 0.6 * range) + 0.15 * this.#dewNoise.normal(day);
    return atSeason(this.habits.drynessC, season) * ofDay;
  }
}

function hourOfDay(hour: number): number {
  return hour - 24 * floor(hour / 24);
}
