import { cosineOfTurns, type GeoPoint } from '@datagen/core/random';
import { type Climate, wetShareOf } from './climate.ts';
import type { Seasonal } from './seasonal.ts';
import { dewPointDepression } from './vapour.ts';

const { abs, max, min } = Math;

/**
 * What follows from the climate and the latitude. The numbers lie in bands measured in Europe, New York, Sydney and
 * Singapore.
 */
export interface WeatherHabits {
  /** Standard deviation of daily temperatures at the warmest and the coldest time of the year, °C. */
  readonly deviationC: Seasonal;
  /** How much warmer a wet day is than a dry one on average, before its smaller range, °C. */
  readonly wetWarmthC: Seasonal;
  /** How much warmer a day is that is cloudier by one standard deviation, °C. */
  readonly cloudWarmthC: Seasonal;
  /** Daily range as a multiple of its annual mean. */
  readonly rangeFactor: Seasonal;
  /** Standard deviation of the daily range that neither rain nor clouds explain, as a share of it. */
  readonly rangeNoise: number;
  /** How much smaller the daily range is on a day that is cloudier by one standard deviation, as a share. */
  readonly rangeOfCloud: number;
  /** Half of the standard deviation that still nights and inversions add to the daily range, °C. */
  readonly stillNightsC: Seasonal;
  /** The part of the variance of daily temperatures that the direction of the wind decides. */
  readonly windShare: number;
  /** Standard deviation of the air's warmth for each kilometre above the lowlands, °C. */
  readonly inversionC: Seasonal;
  /** How strong fronts are: 1 in the westerlies, 0 in the tropics. */
  readonly frontStrength: number;
  /** Mean precipitation of a wet day above 1 mm, as a multiple of its annual mean. */
  readonly rainFactor: Seasonal;
  /** Mean wind speed as a multiple of its annual mean. */
  readonly windFactor: Seasonal;
  /** Standard deviation of the pressure, hPa. */
  readonly pressureDeviationHpa: Seasonal;
  /** Amplitude of the tide that the sun raises in the air twice a day, hPa. */
  readonly tideHpa: number;
  /** Amplitude of the tide that the warmth of the day raises once, hPa. */
  readonly dailyTideHpa: number;
  /** How far the dew point lies below the day's mean temperature, °C. */
  readonly drynessC: Seasonal;
  /** The mean cloudiness of dry days before it becomes a cover in per cent; at 0 half of the sky is covered. */
  readonly cloudiness: number;
  /** Local solar hour of the day's maximum temperature. */
  readonly warmestHour: number;
  /** How much rain prefers the afternoon, in standard deviations of its chance. */
  readonly convection: number;
}

/** What follows from a climate at a place. */
export function habitsOf(climate: Climate, { latitude }: GeoPoint): WeatherHabits {
  const { meanC, amplitudeC, changeability, humidityPct, rainSwing } = climate;
  const distance = abs(latitude);
  const isTropical = distance < 20;
  /** 0 in the tropics, 1 from the edge of the westerlies on. */
  const westerlies = rising(distance, 20, 38);
  /** 1 where a third of the days is wet, less where the sky is often the same. */
  const variedSky = min(1, 0.45 + 1.8 * wetShareOf(climate));
  const rangeSwing = min(0.3, 0.03 * amplitudeC);
  const cosLatitude = cosineOfTurns(distance / 360);
  const deviationC = {
    warmest: changeability * (0.95 + 0.038 * distance),
    coldest: changeability * (0.95 + 0.057 * distance),
  };
  const pressureDeviation = min(12, 1.7 + 0.0028 * distance * distance);
  // Of the north: the southern seas are stormy in every season.
  const pressureSwing = (latitude >= 0 ? 0.43 : 0.15) * westerlies;
  return {
    deviationC,
    wetWarmthC: {
      warmest: isTropical ? -0.5 : -1,
      coldest: min(2.6, max(-0.5, 0.21 * (distance - 40))),
    },
    cloudWarmthC: {
      warmest: -0.5 * deviationC.warmest * westerlies,
      coldest: 0.15 * deviationC.coldest * rising(distance, 35, 50),
    },
    rangeFactor: { warmest: 1 + rangeSwing, coldest: 1 - rangeSwing },
    rangeNoise: variedSky * (0.04 + 0.16 * westerlies),
    rangeOfCloud: variedSky * (0.1 + 0.1 * westerlies),
    stillNightsC: { warmest: 0, coldest: 0.13 * deviationC.coldest * westerlies },
    windShare: 0.32 * westerlies,
    inversionC: { warmest: 0.4, coldest: 0.4 + 0.75 * westerlies },
    frontStrength: westerlies,
    rainFactor: { warmest: 1 + 1.2 * rainSwing, coldest: 1 - 1.2 * rainSwing },
    windFactor: { warmest: 1 - 0.12 * westerlies, coldest: 1 + 0.12 * westerlies },
    pressureDeviationHpa: {
      warmest: pressureDeviation * (0.96 - 0.96 * pressureSwing),
      coldest: pressureDeviation * (0.96 + 0.96 * pressureSwing),
    },
    tideHpa: 1.3 * cosLatitude * cosLatitude * cosLatitude,
    dailyTideHpa: 0.75 * cosLatitude,
    drynessC: {
      warmest: dewPointDepression(meanC + amplitudeC, humidityPct.warmest),
      coldest: dewPointDepression(meanC - amplitudeC, humidityPct.coldest),
    },
    cloudiness: 2.4 * wetShareOf(climate) - 0.7,
    warmestHour: isTropical ? 13.5 : 14.8,
    convection: isTropical ? 0.9 : 0.3,
  };
}

/** 0 up to `from`, 1 from `to` on, straight between. */
function rising(x: number, from: number, to: number): number {
  return min(1, max(0, (x - from) / (to - from)));
}
