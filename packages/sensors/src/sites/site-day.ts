import { cosineOfTurns } from '@datagen/core/random';
import type { Site } from './site.ts';
import { townIndexOf } from './towns.ts';
import { KNOTS_PER_DAY, WeatherField } from './weather-field.ts';
import { SATURDAY, type WorkCalendar, WORKDAY } from './work-calendar.ts';

/** What all devices of a site share on one day, at each of its sampling steps. */
export interface SiteDay {
  /** Air temperature without the course of the day, °C. */
  readonly air: Float64Array;
  /** Course of the day, about from -1 at sunrise to 1 in the afternoon on a mean day of the year. */
  readonly diurnal: Float64Array;
  /** Dew point of the air outdoors, °C. */
  readonly dewPoint: Float64Array;
  /** Pressure at the site, hPa. */
  readonly pressure: Float64Array;
  /** How hard the plant works, 0 to 1. */
  readonly load: Float64Array;
}

const { exp, floor, max } = Math;

/** Day since 1970 of the warmest air, in the middle of July. */
const WARMEST_DAY = 199;
/** Day since 1970 of the summer solstice. */
const SOLSTICE_DAY = 171;
const DAYS_PER_YEAR = 365.2425;
/** Tangent of the tilt of the Earth's axis, 23.44 degrees. */
const TANGENT_OF_TILT = 0.4336;
/** Hour of the warmest air by the sun. */
const WARMEST_HOUR = 15;
/** Standard deviations of temperature and dew point from their means for the season, °C. */
const AIR_DEVIATION = 3.6;
const DEW_POINT_DEVIATION = 3.4;
/** Correlation of the two: 0.72 to 0.87 at European stations. */
const DEW_POINT_OF_AIR = 0.8;
/** Standard deviation of the logarithm of the daily range. */
const RANGE_DEVIATION = 0.37;
/** How much of that deviation comes and goes with the pressure: a high brings clear days and nights. */
const RANGE_OF_PRESSURE = 0.25;

/** How hard a plant works by the local hour of a workday, which has two shifts. */
const WORKDAY_LOAD = [
  0.08, 0.07, 0.07, 0.07, 0.08, 0.25, 0.7, 0.88, 0.93, 0.95, 0.94, 0.9, 0.85, 0.92, 0.9, 0.88, 0.85, 0.82,
  0.8, 0.78, 0.7, 0.5, 0.2, 0.1,
];
/** The part of it that is left on Saturdays and on other days off. */
const SATURDAY_FACTOR = 0.4;
const DAY_OFF_FACTOR = 0.1;

/**
 * The weather of all towns. Ranges and memories give the correlations of daily values between 16 European stations from
 * 2000 to 2010 (ECA&D): pressure .99 at 120 km and .57 at 1,100, temperature .95 and .41, daily range .71 and .07.
 */
export class Weather {
  readonly air: WeatherField;
  readonly moisture: WeatherField;
  readonly pressure: WeatherField;
  readonly clearness: WeatherField;

  constructor(seed: number) {
    this.air = new WeatherField(seed, 'air', { rangeKm: 1_250, shape: 1.3, memoryHours: 72 });
    this.moisture = new WeatherField(seed, 'moisture', { rangeKm: 700, shape: 1.2, memoryHours: 36 });
    this.pressure = new WeatherField(seed, 'pressure', {
      rangeKm: 1_500,
      shape: 2,
      memoryHours: 62,
      smoothing: 4,
    });
    this.clearness = new WeatherField(seed, 'clearness', { rangeKm: 370, shape: 1, memoryHours: 24 });
  }
}

/** Makes the shared series of a site on a day since 1970, at `stepsPerDay` steps. */
export function makeSiteDay(
  weather: Weather,
  calendar: WorkCalendar,
  site: Site,
  day: number,
  stepsPerDay: number,
): SiteDay {
  const { town, latitude, longitude, elevation, meanTemperature } = site;
  const knots = (field: WeatherField) =>
    field.at(townIndexOf(site.index), day * KNOTS_PER_DAY, KNOTS_PER_DAY + 1);
  const [airKnots, moistureKnots, pressureKnots, clearKnots] = [
    knots(weather.air),
    knots(weather.moisture),
    knots(weather.pressure),
    knots(weather.clearness),
  ];
  const hourly = (at: (hour: number) => number) => Float64Array.from({ length: 25 }, (_, hour) => at(hour));
  const seasons = hourly((hour) => cosineOfTurns((day + hour / 24 - WARMEST_DAY) / DAYS_PER_YEAR));
  const sunrise = sunriseHour(latitude, day);
  const suns = hourly((hour) => courseOfDay(hour + longitude / 15, sunrise));
  // The sun heats the air twice a day and once: tides of 1.2 hPa at the equator, and of half a hPa.
  const tideSize = 1.2 * cubeOf(cosineOfTurns(latitude / 360));
  const tides = hourly(
    (hour) =>
      tideSize * cosineOfTurns((hour + longitude / 15 - 9.7) / 12) +
      0.4 * cosineOfTurns((hour + longitude / 15 - 7) / 24),
  );
  const loads = hourly((hour) => {
    const utcHour = day * 24 + hour;
    return loadAt(utcHour + calendar.utcOffsetAt(utcHour), calendar);
  });
  // The barometric formula with a scale height of 8,434 m.
  const meanPressure = 1013.25 * exp(-elevation / 8434);
  const pressureDeviation = max(5, 0.29 * latitude - 5.9);
  // Air is driest by day and in summer, and where summers are hot.
  const meanDepression = max(3, 3.1 + 0.8 * (town.annualAmplitude - 7.3) + 0.2 * (town.meanTemperature - 10));
  const summerDepression = max(0.2, 1 + 0.4 * (town.annualAmplitude - 7.3));

  const series: SiteDay = {
    air: new Float64Array(stepsPerDay),
    diurnal: new Float64Array(stepsPerDay),
    dewPoint: new Float64Array(stepsPerDay),
    pressure: new Float64Array(stepsPerDay),
    load: new Float64Array(stepsPerDay),
  };
  for (let i = 0; i < stepsPerDay; i++) {
    const hour = (i * 24) / stepsPerDay;
    const knot = (i * KNOTS_PER_DAY) / stepsPerDay;
    const season = interpolate(seasons, hour);
    const airAnomaly = smooth(airKnots, knot);
    const pressureAnomaly = smooth(pressureKnots, knot);
    const clearness =
      RANGE_OF_PRESSURE * pressureAnomaly +
      Math.sqrt(1 - RANGE_OF_PRESSURE * RANGE_OF_PRESSURE) * smooth(clearKnots, knot);
    // Seasons differ in more than the mean: winters are stormy, and their temperatures vary most.
    const normal = meanTemperature + town.annualAmplitude * season;
    series.air[i] = normal + AIR_DEVIATION * (1 - 0.14 * season) * airAnomaly;
    series.diurnal[i] =
      interpolate(suns, hour) *
      (1 + 0.3 * season) *
      exp(RANGE_DEVIATION * (1 - 0.2 * season) * clearness - 0.5 * RANGE_DEVIATION * RANGE_DEVIATION);
    series.dewPoint[i] =
      normal -
      meanDepression -
      summerDepression * season +
      DEW_POINT_DEVIATION *
        (DEW_POINT_OF_AIR * airAnomaly +
          Math.sqrt(1 - DEW_POINT_OF_AIR * DEW_POINT_OF_AIR) * smooth(moistureKnots, knot));
    series.pressure[i] =
      meanPressure + pressureDeviation * (1 - 0.42 * season) * pressureAnomaly + interpolate(tides, hour);
    series.load[i] = interpolate(loads, hour);
  }
  return series;
}

function interpolate(hourly: Float64Array, hour: number): number {
  const before = floor(hour);
  const value = hourly[before] as number;
  return value + (hour - before) * ((hourly[before + 1] as number) - value);
}

/** Between two knots a series rises or falls without a corner. */
function smooth(knots: Float64Array, time: number): number {
  const knot = floor(time);
  const x = time - knot;
  const before = knots[knot] as number;
  return before + x * x * (3 - 2 * x) * ((knots[knot + 1] as number) - before);
}

/** From -1 at sunrise up to 1 at the warmest hour, and down again through the night; hours are those of the sun. */
function courseOfDay(hour: number, sunrise: number): number {
  const sinceSunrise = hour - sunrise - 24 * floor((hour - sunrise) / 24);
  const rise = WARMEST_HOUR - sunrise;
  return sinceSunrise < rise
    ? -cosineOfTurns((0.5 * sinceSunrise) / rise)
    : cosineOfTurns((0.5 * (sinceSunrise - rise)) / (24 - rise));
}

/** The hour of sunrise by the sun, from the length of the day; between 3 and 9 h, as the air warms up a little later. */
function sunriseHour(latitude: number, day: number): number {
  const [cos, sin] = [cosineOfTurns(latitude / 360), cosineOfTurns(latitude / 360 - 0.25)];
  const season = cosineOfTurns((day - SOLSTICE_DAY) / DAYS_PER_YEAR);
  const x = (sin / cos) * TANGENT_OF_TILT * season;
  const square = x * x;
  // arcsin(x), in hours: the sun turns by 15 degrees an hour.
  const arc = x * (1 + square * (1 / 6 + square * (3 / 40 + (square * 5) / 112)));
  return Math.min(9, max(3, 6.3 - (arc * 12) / Math.PI));
}

function cubeOf(x: number): number {
  return x * x * x;
}

/** How hard the plant works in a local hour since 1970. */
function loadAt(localHour: number, calendar: WorkCalendar): number {
  const day = floor(localHour / 24);
  const kind = calendar.kindOf(day);
  const factor = kind === WORKDAY ? 1 : kind === SATURDAY ? SATURDAY_FACTOR : DAY_OFF_FACTOR;
  return factor * (WORKDAY_LOAD[localHour - 24 * day] as number);
}
