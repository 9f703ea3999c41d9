import { KeyedRandom } from '@datagen/core/random';
import { type HourlyValues, HOURS_PER_DAY } from '../hours/hourly-values.ts';
import type { LocationHours } from '../hours/location-hours.ts';
import type { Location } from '../locations/locations.ts';
import { Radiation } from './radiation.ts';
import { fillSnowDepth, SnowCover, sumOf } from './snow-cover.ts';
import type { SynopValues } from './synop-values.ts';
import { visibilityM } from './visibility.ts';
import { type CodedHour, Kind, weatherCode } from './weather-code.ts';

const { exp, max, min, round, sqrt } = Math;

/** Gravity over the gas constant of dry air, K/m, and half of the lapse rate of the standard atmosphere, K/m. */
const GRAVITY_PER_GAS = 0.0341632;
const HALF_LAPSE = 0.00325;
const FREEZING_K = 273.15;
/** The least gust as a multiple of the mean wind, and how much more it is on average: 1.5 to 1.6 at New York's airports. */
const LEAST_GUST = 1.35;
const GUST_MORE = 0.18;
/** What squalls of thunderstorms add, 0.1 m/s. */
const SQUALL = 50;
/** Drizzle is as little as this in an hour, 0.1 mm. */
const DRIZZLE = 2;
/** The share of the haze that lasts for a day. */
const HAZE_OF_DAY = sqrt(0.6);
const HAZE_OF_HOUR = sqrt(0.4);

const emptyHour = (): CodedHour => ({ kind: Kind.None, rainTenths: 0, cloudCover: 0, isFreezing: false });

/** What the station of one location reports beside the weather of its hours. */
export class LocationSynop {
  /** The snow on the ground, which knows how far it has come. */
  readonly snowCover: SnowCover;
  readonly #hours: LocationHours;
  readonly #radiation: Radiation;
  readonly #elevationM: number;
  readonly #gusts: KeyedRandom;
  readonly #haze: KeyedRandom;
  readonly #showers: KeyedRandom;
  readonly #storms: KeyedRandom;
  #hour = emptyHour();
  /** The hour before the one that is coded; after a day, its last one. */
  #before = emptyHour();
  /** The day that was made last. */
  #day = Number.NaN;

  constructor(seed: number, location: Location, hours: LocationHours) {
    const { name, elevationM } = location;
    this.#hours = hours;
    this.snowCover = new SnowCover(location, hours);
    this.#radiation = new Radiation(location);
    this.#elevationM = elevationM;
    const random = (quantity: string) => new KeyedRandom(seed, 'weather', quantity, name);
    this.#gusts = random('gust');
    this.#haze = random('haze');
    this.#showers = random('shower');
    this.#storms = random('thunderstorm');
  }

  /**
   * Writes the 24 hours of a UTC day since 1970 from position `at` on, whose weather is at the same place of `hours`; another
   * day may be made in `scratch`, and the snow of the days before it is added.
   */
  fill(day: number, hours: HourlyValues, values: SynopValues, at: number, scratch: HourlyValues): void {
    if (this.#day !== day - 1) this.#readLastHourOf(day - 1, scratch);
    this.#day = day;
    this.#radiation.fill(day, hours.cloudCover, values.radiation, at);
    const snow = this.snowCover.on(day, sumOf(hours.snowfall, at));
    fillSnowDepth(snow, hours.snowfall, values.snowDepth, at);
    for (let hour = 0; hour < HOURS_PER_DAY; hour++) {
      const row = at + hour;
      const visibility = this.#visibilityAt(day, hour, hours, row);
      this.#read(day, hour, hours, row, visibility);
      values.visibility[row] = visibility;
      values.weatherCode[row] = weatherCode(this.#hour, this.#before);
      values.stationPressure[row] = this.#stationPressure(
        hours.pressure[row] as number,
        hours.temperature[row] as number,
      );
      values.gust[row] = this.#gustAt(day, hour, hours.windSpeed[row] as number);
      [this.#before, this.#hour] = [this.#hour, this.#before];
    }
  }

  #readLastHourOf(day: number, scratch: HourlyValues): void {
    scratch.clear();
    this.#hours.fill(day, scratch, 0);
    const last = HOURS_PER_DAY - 1;
    this.#read(day, last, scratch, last, this.#visibilityAt(day, last, scratch, last));
    [this.#before, this.#hour] = [this.#hour, this.#before];
  }

  #visibilityAt(day: number, hour: number, hours: HourlyValues, row: number): number {
    const haze =
      HAZE_OF_DAY * this.#haze.normal(day * HOURS_PER_DAY, 1) +
      HAZE_OF_HOUR * this.#haze.normal(day * HOURS_PER_DAY + hour);
    return visibilityM(
      hours.humidity[row] as number,
      hours.temperature[row] as number,
      hours.windSpeed[row] as number,
      hours.precipitation[row] as number,
      (hours.snowfall[row] as number) > 0,
      haze,
    );
  }

  /** Reads an hour into `#hour`. */
  #read(day: number, hour: number, hours: HourlyValues, row: number, visibility: number): void {
    const read = this.#hour;
    read.rainTenths = hours.precipitation[row] as number;
    read.cloudCover = hours.cloudCover[row] as number;
    read.isFreezing = (hours.temperature[row] as number) < 0;
    read.kind =
      read.rainTenths === 0
        ? dryKind(visibility, hours.humidity[row] as number)
        : this.#wetKind(day, hour, read, hours, row);
  }

  #wetKind(
    day: number,
    hour: number,
    { rainTenths, isFreezing }: CodedHour,
    hours: HourlyValues,
    row: number,
  ): Kind {
    const [temperature, dewPoint] = [hours.temperature[row] as number, hours.dewPoint[row] as number];
    const isSnow = (hours.snowfall[row] as number) > 0;
    // Showers are of warm days, thunderstorms of moist and warm hours.
    const isShower = this.#showers.uniform(day) < min(0.8, max(0.1, (temperature - 60) / 160));
    if (isSnow) return isShower ? Kind.SnowShower : Kind.Snow;
    const storminess = rainTenths < 15 ? 0 : 0.45 * min(1, max(0, (dewPoint - 100) / 100));
    if (storminess > 0 && this.#storms.uniform(day * HOURS_PER_DAY + hour) < storminess)
      return Kind.Thunderstorm;
    if (isFreezing) return rainTenths <= DRIZZLE ? Kind.FreezingDrizzle : Kind.FreezingRain;
    if (isShower) return Kind.RainShower;
    return rainTenths <= DRIZZLE ? Kind.Drizzle : Kind.Rain;
  }

  /** Pressure at the height of the place, 0.1 hPa, by the hypsometric equation out of that reduced to sea level. */
  #stationPressure(seaLevel: number, temperature: number): number {
    const height = this.#elevationM;
    if (height === 0) return seaLevel;
    const kelvin = FREEZING_K + temperature / 10 + HALF_LAPSE * height;
    return round(seaLevel * exp((-GRAVITY_PER_GAS * height) / kelvin));
  }

  #gustAt(day: number, hour: number, windSpeed: number): number {
    const gusts = this.#gusts;
    const more = gusts.exponentialOf(gusts.key(day * HOURS_PER_DAY + hour));
    const squall = this.#hour.kind === Kind.Thunderstorm ? SQUALL : 0;
    return round(windSpeed * (LEAST_GUST + GUST_MORE * min(5, more)) + squall);
  }
}

function dryKind(visibility: number, humidity: number): Kind {
  if (visibility < 1_000) return Kind.Fog;
  return visibility < 5_000 && humidity >= 90 ? Kind.Mist : Kind.None;
}
