import { cosineOfTurns } from '@datagen/core/random';
import { RoundedCurve } from '../climate/rounded-curve.ts';
import { WeibullTable } from '../climate/weibull.ts';
import type { WindRose } from '../climate/wind-rose.ts';
import { windsOf } from '../climate/winds.ts';
import type { Location } from '../locations/locations.ts';
import { type DayWeather, LocationDays } from '../spells/day-weather.ts';
import { type Fields, WIND_PHI } from '../spells/fields.ts';
import type { PeriodSeries } from '../spells/period-series.ts';
import { FrontPassage } from './front-passage.ts';
import { firstHourInPeriod, hourlyNoise } from './hourly-noise.ts';
import { type HourlyValues, HOURS_PER_DAY } from './hourly-values.ts';
import { HourlyRain } from './hourly-rain.ts';
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

/** The dew point's part of what a front changes in the temperature: the cold air is drier. */
const DEW_OF_FRONTS = 0.9;
/** Local solar hour of the crest of the daily tide: 6 to 7 at JFK and LaGuardia in 2013. */
const DAILY_TIDE_HOUR = 6.5;

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

/** The weights of the day's and of the hour's wind in its direction. */
const SIDE_OF_DAYS = 0.87;
const SIDE_OF_HOURS = sqrt(1 - SIDE_OF_DAYS * SIDE_OF_DAYS);

/** By hour: what makes a standard normal of the way between the winds of two noons. */
const sideFactor = fromNoon.map((share) => SIDE_OF_DAYS / sqrt(1 - 2 * share * (1 - share) * (1 - WIND_PHI)));

/** A day with the one before and the one after it. */
type Neighbours = readonly [before: DayWeather, today: DayWeather, after: DayWeather];

/** The hours of one location: they follow its days, and what the days leave open is drawn hour by hour. */
export class LocationHours {
  /** The days that the hours follow. */
  readonly days: LocationDays;
  readonly #temperatureNoise: PeriodSeries;
  readonly #wind: PeriodSeries;
  readonly #direction: PeriodSeries;
  readonly #cloud: PeriodSeries;
  readonly #rose: WindRose;
  /** How much the wind changes with the pressure, in standard deviations for each hPa. */
  readonly #windPerHpa: number;
  /** By UTC hour, as the three after it, in hPa. */
  readonly #tide: Float64Array;
  /** Factor on the mean speed of the wind. */
  readonly #windFactor: Float64Array;
  readonly #rain: HourlyRain;
  readonly #fronts = new FrontPassage();
  /** The neighbours of the day that was made last: the next day shares two of them. */
  #neighbours: Neighbours | undefined;
  #day = Number.NaN;

  constructor(seed: number, location: Location, fields: Fields) {
    this.days = new LocationDays(seed, location, fields);
    const noise = (quantity: string, phi: number) => hourlyNoise(seed, quantity, location.name, phi);
    this.#temperatureNoise = noise('hourly_temperature', 0.8);
    this.#wind = noise('wind', 0.92);
    this.#direction = noise('wind_direction', 0.95);
    this.#cloud = noise('hourly_cloud', 0.9);
    this.#rose = windsOf(location.climate.wind).rose;
    const { tideHpa, dailyTideHpa, convection, pressureDeviationHpa } = this.days.habits;
    this.#windPerHpa = (2 * WIND_OF_LOWS) / (pressureDeviationHpa.warmest + pressureDeviationHpa.coldest);
    const daily = (value: (solarHour: number) => number) =>
      Float64Array.from({ length: HOURS_PER_DAY }, (_, hour) => value(hour + location.longitude / 15));
    this.#tide = daily(
      (hour) =>
        tideHpa * cosineOfTurns((hour - 10) / 12) +
        dailyTideHpa * cosineOfTurns((hour - DAILY_TIDE_HOUR) / HOURS_PER_DAY),
    );
    this.#windFactor = daily((hour) => 1 + 0.3 * cosineOfTurns((hour - 14.5) / HOURS_PER_DAY));
    this.#rain = new HourlyRain(daily((hour) => convection * cosineOfTurns((hour - 16) / HOURS_PER_DAY)));
  }

  /** Writes the 24 hours of a UTC day since 1970 from position `at` on. */
  fill(day: number, values: HourlyValues, at: number): void {
    const neighbours = this.#neighboursOf(day);
    const [, today] = neighbours;
    this.#fronts.set(neighbours);
    this.#fillTemperature(day, neighbours, values, at);
    this.#fillAir(day, neighbours, values, at);
    if (today.rainTenths > 0) {
      const cloud = this.#cloud.around(day);
      this.#rain.fill(today, cloud, firstHourInPeriod(day), this.#fronts.rain, values, at);
    }
    fillHumidity(values, at);
  }

  #neighboursOf(day: number): Neighbours {
    const days = this.days;
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
    const { isMinFirst, maxHour } = this.days;
    const noise = this.#temperatureNoise.around(day);
    const noiseAt = firstHourInPeriod(day);
    const { temperature, dewPoint } = values;
    const fronts = this.#fronts.temperature;
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
      const ofFronts = fronts[hour] as number;
      const c =
        ofFronts +
        fromC +
        (toC - fromC) * smoothStep((hour - fromHour) / (toHour - fromHour)) +
        0.45 * (noise[noiseAt + hour] as number);
      const share = min(1, max(0, (hour - dewFromHour) / (dewToHour - dewFromHour)));
      const tenths = round(10 * c);
      temperature[at + hour] = tenths;
      dewPoint[at + hour] = min(
        tenths,
        round(10 * (DEW_OF_FRONTS * ofFronts + dewFromC + share * (dewToC - dewFromC))),
      );
    }
  }

  /** Writes pressure, wind and cloud cover. */
  #fillAir(day: number, [before, today, after]: Neighbours, values: HourlyValues, at: number): void {
    const [rose, windFactor, tide] = [this.#rose, this.#windFactor, this.#tide];
    const { pressure: frontHpa, wind: frontWind, cloud: frontCloud } = this.#fronts;
    const { windMs } = today;
    const windPerHpa = this.#windPerHpa;
    const noiseAt = firstHourInPeriod(day);
    const wind = this.#wind.around(day);
    const direction = this.#direction.around(day);
    const cloud = this.#cloud.around(day);
    const { pressure, windSpeed, windDirection, cloudCover } = values;
    for (let hour = 0; hour < HOURS_PER_DAY; hour++) {
      const from = hour < 12 ? before : today;
      const to = hour < 12 ? today : after;
      const share = fromNoon[hour] as number;
      const hpa = from.pressureHpa + share * (to.pressureHpa - from.pressureHpa) + (frontHpa[hour] as number);
      const cloudiness =
        from.cloud +
        share * (to.cloud - from.cloud) +
        0.6 * (cloud[noiseAt + hour] as number) +
        (frontCloud[hour] as number);
      const speed =
        windMs *
        (windFactor[hour] as number) *
        windSpeeds.at(WIND_OF_HOURS * (wind[noiseAt + hour] as number) + windPerHpa * hpa);
      const side =
        (sideFactor[hour] as number) * (from.wind + share * (to.wind - from.wind)) +
        SIDE_OF_HOURS * (direction[noiseAt + hour] as number) +
        (frontWind[hour] as number);
      // `| 0` lets the remainder be taken of integers, which is faster.
      const degrees = round(rose.at(side)) | 0;
      pressure[at + hour] = round(10 * (MEAN_PRESSURE_HPA + hpa + (tide[hour] as number)));
      windSpeed[at + hour] = round(10 * speed);
      windDirection[at + hour] = degrees % 360;
      cloudCover[at + hour] = cloudCovers.at(cloudiness);
    }
  }
}
