import { cosineOfTurns, type GeoPoint } from '@datagen/core/random';

/** What the weather of a place varies around. */
export interface Climate {
  /** Annual mean temperature, °C. */
  readonly meanC: number;
  /** Half the difference between the warmest and the coldest time of the year, °C. */
  readonly amplitudeC: number;
  /** Day of the year, from 1, on which it is warmest on average. */
  readonly warmestDay: number;
  /** Mean difference between a day's maximum and minimum, °C. */
  readonly dailyRangeC: number;
  /** The chance that a day is wet, with 1 mm or more, after a wet day. */
  readonly wetAfterWet: number;
  /** The chance that a day is wet after a dry day. */
  readonly wetAfterDry: number;
  /** Mean precipitation of a wet day, mm. */
  readonly wetDayMm: number;
  /** Mean wind speed, m/s. */
  readonly windMs: number;
}

/** The share of wet days in the long run. */
export function wetShareOf({ wetAfterWet, wetAfterDry }: Climate): number {
  return wetAfterDry / (1 - wetAfterWet + wetAfterDry);
}

/** How tropical a latitude is: 1 on the equator, 0 from 25 degrees on. */
function tropicalityOf(latitude: number): number {
  return Math.max(0, 1 - Math.abs(latitude) / 25);
}

/**
 * The climate of a place that is known by its position alone: temperature falls by latitude and by 6.5 °C per
 * kilometre, seasons grow with latitude, the tropics are wetter. Good to about 3 °C.
 */
export function climateOf({ latitude }: GeoPoint, elevationM: number): Climate {
  const tropicality = tropicalityOf(latitude);
  return {
    meanC: 27.5 - 0.0057 * latitude * latitude - 0.0065 * elevationM,
    amplitudeC: 0.16 * Math.abs(latitude),
    warmestDay: latitude >= 0 ? 200 : 18,
    dailyRangeC: 8.3,
    wetAfterWet: 0.47 + 0.13 * tropicality,
    wetAfterDry: 0.23 + 0.1 * tropicality,
    wetDayMm: 5.5 + 6.5 * tropicality,
    windMs: 3.5,
  };
}

/**
 * What follows from the climate and the latitude. The numbers lie in bands measured in Europe, Sydney and Singapore.
 */
export interface WeatherHabits {
  /** Standard deviation of daily temperatures at the warmest and the coldest time of the year, °C. */
  readonly deviationC: Seasonal;
  /** How much warmer a wet day is than a dry one on average, before its smaller range, °C. */
  readonly wetWarmthC: Seasonal;
  /** Daily range as a multiple of its annual mean. */
  readonly rangeFactor: Seasonal;
  /** Standard deviation of the pressure, hPa. */
  readonly pressureDeviationHpa: number;
  /** Amplitude of the tide that the sun raises in the air twice a day, hPa. */
  readonly tideHpa: number;
  /** How far the dew point lies below the night's minimum on a dry day, °C. */
  readonly drynessC: number;
  /** The mean cloudiness of dry days before it becomes a cover in per cent; at 0 half of the sky is covered. */
  readonly cloudiness: number;
  /** Where the wind comes from most often, degrees from north by east. */
  readonly prevailingWindDeg: number;
  /** Local solar hour of the day's maximum temperature. */
  readonly warmestHour: number;
  /** How much rain prefers the afternoon, in standard deviations of its chance. */
  readonly convection: number;
}

/** A quantity at the two ends of the year. */
export interface Seasonal {
  readonly warmest: number;
  readonly coldest: number;
}

/** The value at a time of year between -1, the coldest, and 1, the warmest. */
export function atSeason({ warmest, coldest }: Seasonal, season: number): number {
  return (warmest + coldest + (warmest - coldest) * season) / 2;
}

/** What follows from a climate at a place. */
export function habitsOf(climate: Climate, { latitude }: GeoPoint): WeatherHabits {
  const distance = Math.abs(latitude);
  const north = latitude >= 0;
  const isTropical = distance < 20;
  const wetShare = wetShareOf(climate);
  const rangeSwing = Math.min(0.3, 0.03 * climate.amplitudeC);
  const cosLatitude = cosineOfTurns(distance / 360);
  return {
    deviationC: { warmest: 0.95 + 0.038 * distance, coldest: 0.95 + 0.057 * distance },
    wetWarmthC: {
      warmest: isTropical ? -0.5 : -1,
      coldest: Math.min(2.6, Math.max(-0.5, 0.21 * (distance - 40))),
    },
    rangeFactor: { warmest: 1 + rangeSwing, coldest: 1 - rangeSwing },
    pressureDeviationHpa: Math.min(12, 1.7 + 0.0028 * distance * distance),
    tideHpa: 1.3 * cosLatitude * cosLatitude * cosLatitude,
    drynessC: Math.max(0.8, 12 * (0.4 - wetShare)),
    cloudiness: 2.4 * wetShare - 0.7,
    prevailingWindDeg: prevailingWind(distance, north),
    warmestHour: isTropical ? 13.5 : 14.8,
    convection: isTropical ? 0.9 : 0.3,
  };
}

/** Degrees of the trade winds below 30 degrees of latitude, of westerlies to 65, of polar easterlies beyond. */
function prevailingWind(distance: number, north: boolean): number {
  if (distance < 30) return north ? 60 : 120;
  if (distance < 65) return north ? 240 : 290;
  return north ? 70 : 110;
}
