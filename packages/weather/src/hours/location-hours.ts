import { Ar1Process, cosineOfTurns, KeyedRandom } from '@datagen/core/random';
import { type DayWeather, LocationDays } from '../spells/day-weather.ts';
import type { Fields } from '../spells/fields.ts';
import { type HourlyValues, HOURS } from './hourly-values.ts';
import type { Location } from '../locations/locations.ts';
import { rememberRecent } from '../spells/recent.ts';
import { RoundedCurve } from '../climate/rounded-curve.ts';
import { WeibullTable } from '../climate/weibull.ts';

const { exp, floor, max, min, round, sqrt } = Math;

/** Days per block of hourly noise: with φ = 0.95 a block of 1,536 hours costs 404 more. */
const BLOCK_DAYS = 64;
/** Of all places, reduced to sea level: the mean of the standard atmosphere is 1013.25, that of inhabited places higher. */
const MEAN_PRESSURE_HPA = 1015;
/** With the afternoons' factor the speeds of an hour scatter as a Weibull distribution of shape 1.8 does. */
const windSpeeds = new WeibullTable(1.9);
const WIND_OF_LOWS = -0.39;
const WIND_OF_HOURS = sqrt(1 - WIND_OF_LOWS * WIND_OF_LOWS);

/** Rain falls in the hours whose chance is this near to the highest of the day: in eight on an average wet day. */
const RAIN_WIDTH = 0.9;

/** Cloud cover in per cent, by latent cloudiness. */
const cloudCovers = new RoundedCurve((cloudiness) => 100 / (1 + exp(-2.2 * cloudiness)), -3, 3);

/** Rises from 0 to 1 with level ends; within 0.01 of half a cosine wave. */
function smoothStep(x: number): number {
  return x * x * (3 - 2 * x);
}

/** How far the hour has come from noon before it to the next noon. */
const fromNoon = Float64Array.from({ length: HOURS }, (_, hour) =>
  smoothStep((hour < 12 ? hour + 12 : hour - 12) / HOURS),
);

/** The hours of one location: what its days leave open, drawn hour by hour. */
export class LocationHours {
  readonly #days: LocationDays;
  readonly #windMs: number;
  readonly #temperatureNoise: (day: number) => Float64Array;
  readonly #wind: (day: number) => Float64Array;
  readonly #direction: (day: number) => Float64Array;
  readonly #cloud: (day: number) => Float64Array;
  readonly #tide: Float64Array;
  readonly #windFactor: Float64Array;
  readonly #convection: Float64Array;
  readonly #rainChance = new Float64Array(HOURS);

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
      Float64Array.from({ length: HOURS }, (_, hour) => value(hour + location.longitude / 15));
    this.#tide = daily((hour) => tideHpa * cosineOfTurns((hour - 10) / 12));
    this.#windFactor = daily((hour) => 1 + 0.3 * cosineOfTurns((hour - 14.5) / HOURS));
    this.#convection = daily((hour) => convection * cosineOfTurns((hour - 16) / HOURS));
  }

  /** Writes the 24 hours of a UTC day since 1970-01-01 from position `at` on. */
  fill(day: number, values: HourlyValues, at: number): void {
    const before = this.#days.at(day - 1);
    const today = this.#days.at(day);
    const after = this.#days.at(day + 1);
    this.#fillTemperature(day, [before, today, after], values, at);
    this.#fillAir(day, [before, today, after], values, at);
    if (today.rainTenths > 0) this.#fillRain(day, today, values, at);
    fillHumidity(values, at);
  }

  /** From minimum to maximum to minimum in smooth steps, and the dew point straight from one minimum to the next. */
  #fillTemperature(day: number, days: readonly DayWeather[], values: HourlyValues, at: number): void {
    const { isMinFirst, maxHour } = this.#days;
    const noise = this.#temperatureNoise(floor(day / BLOCK_DAYS));
    const noiseAt = hourOffset(day);
    const { temperature, dewPoint } = values;
    // Turning points around the day, in the order of time.
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
    for (let hour = 0; hour < HOURS; hour++) {
      while (hour > toHour || turn < 2) {
        const k = turn >> 1;
        const { minC, minHour, maxC } = days[min(k, 2)] as DayWeather;
        const isMin = ((turn & 1) === 0) === isMinFirst;
        fromHour = toHour;
        fromC = toC;
        toHour = HOURS * (k - 1) + (isMin ? minHour : maxHour);
        toC = isMin ? minC : maxC;
        turn++;
      }
      while (hour > dewToHour && dewDay < 3) {
        const { minHour, dewPointC } = days[dewDay] as DayWeather;
        dewFromHour = dewToHour;
        dewToHour = HOURS * (dewDay - 1) + minHour;
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

  #fillAir(
    day: number,
    [before, today, after]: readonly [DayWeather, DayWeather, DayWeather],
    values: HourlyValues,
    at: number,
  ): void {
    const { pressureDeviationHpa, prevailingWindDeg } = this.#days.habits;
    const [windMs, windFactor, tide] = [this.#windMs, this.#windFactor, this.#tide];
    const block = floor(day / BLOCK_DAYS);
    const noiseAt = hourOffset(day);
    const wind = this.#wind(block);
    const direction = this.#direction(block);
    const cloud = this.#cloud(block);
    const { pressure, windSpeed, windDirection, cloudCover } = values;
    for (let hour = 0; hour < HOURS; hour++) {
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
      // `| 0` keeps the remainder below one of integers.
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
    const cloud = this.#cloud(floor(day / BLOCK_DAYS));
    const noiseAt = hourOffset(day);
    const chance = this.#rainChance;
    let highest = -Infinity;
    for (let hour = 0; hour < HOURS; hour++) {
      const x = (cloud[noiseAt + hour] as number) + (this.#convection[hour] as number);
      chance[hour] = x;
      if (x > highest) highest = x;
    }
    let total = 0;
    for (let hour = 0; hour < HOURS; hour++) {
      const above = max(0, (chance[hour] as number) - highest + RAIN_WIDTH);
      chance[hour] = above * above;
      total += above * above;
    }
    const { temperature, dewPoint, precipitation, snowfall, cloudCover } = values;
    let sum = 0;
    let given = 0;
    for (let hour = 0; hour < HOURS; hour++) {
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

/**
 * The logarithm of the vapour pressure over water at a temperature (0.1 °C), less a constant and over another: Magnus'
 * formula (Sonntag 1990).
 */
function logVapourPressure(tenths: number): number {
  return tenths / 10 / (243.12 + tenths / 10);
}

/** The same by temperature, from the least one on. */
const LEAST_TENTHS = -1_000;
const logVapourPressures = Float64Array.from({ length: 1_600 }, (_, i) =>
  logVapourPressure(LEAST_TENTHS + i),
);

function knownLogVapourPressure(tenths: number): number {
  return logVapourPressures[tenths - LEAST_TENTHS] ?? logVapourPressure(tenths);
}

/** Relative humidity in per cent, by how far the logarithm lies below that of saturated air. */
const humidities = new RoundedCurve((difference) => 100 * exp(17.62 * difference), -0.4, 0);

/** Relative humidity, of the temperatures as they are written. */
function fillHumidity({ temperature, dewPoint, humidity }: HourlyValues, at: number): void {
  for (let row = at; row < at + HOURS; row++) {
    const t = knownLogVapourPressure(temperature[row] as number);
    const dew = knownLogVapourPressure(dewPoint[row] as number);
    humidity[row] = humidities.at(dew - t);
  }
}

/** Standard normal noise of one location by blocks of days, correlated from hour to hour. */
function hourlyNoise(seed: number, quantity: string, name: string, phi: number) {
  const process = new Ar1Process(new KeyedRandom(seed, 'weather', quantity, name), phi, BLOCK_DAYS * HOURS);
  return rememberRecent<Float64Array>(2, (block, forgotten) => process.block(block, forgotten));
}

/** Where the hours of a day begin in its block of noise. */
function hourOffset(day: number): number {
  return (day - floor(day / BLOCK_DAYS) * BLOCK_DAYS) * HOURS;
}
