import type { Seasonal } from './seasonal.ts';
import type { RoseWeights } from './wind-rose.ts';

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
  /** Mean relative humidity, %. */
  readonly humidityPct: Seasonal;
  /** Standard deviation of daily temperatures as a multiple of what is usual at the latitude. */
  readonly changeability: number;
  /** How much more a wet day of the warmest time brings than the mean one, as a share; below 0 where winters pour. */
  readonly rainSwing: number;
  /** Mean wind speed, m/s. */
  readonly windMs: number;
  readonly wind: WindClimate;
}

/** Where the wind of a place comes from, and what it brings. */
export interface WindClimate {
  readonly rose: RoseWeights;
  /** Where winds veer, clockwise, as a low passes: in the north. */
  readonly isNorthern: boolean;
  /** The direction from which the warmest air comes, degrees from north by east. */
  readonly warmFromDeg: Seasonal;
  /**
   * How far the winds of the warm season lie in the later part of the rose and those of the cold one in the earlier, in
   * standard deviations; 0 where the seasons share their winds.
   */
  readonly monsoon: number;
}

/** The share of wet days in the long run. */
export function wetShareOf({ wetAfterWet, wetAfterDry }: Climate): number {
  return wetAfterDry / (1 - wetAfterWet + wetAfterDry);
}
