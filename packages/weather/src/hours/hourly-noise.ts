import { Ar1Process, KeyedRandom } from '@datagen/core/random';
import { dayInPeriod, PERIOD_DAYS, PeriodSeries } from '../spells/period-series.ts';
import { HOURS_PER_DAY } from './hourly-values.ts';

/**
 * Standard normal noise of one quantity at one location for each hour, where an hour and the next correlate by `phi`.
 * The hours of a day are in the numbers of its period, from `firstHourInPeriod` on.
 */
export function hourlyNoise(seed: number, quantity: string, locationName: string, phi: number): PeriodSeries {
  const random = new KeyedRandom(seed, 'weather', quantity, locationName);
  const process = new Ar1Process(random, phi, PERIOD_DAYS * HOURS_PER_DAY);
  return new PeriodSeries((period) => process.block(period));
}

/** The place of a day's first hour in the hours of its period. */
export function firstHourInPeriod(day: number): number {
  return dayInPeriod(day) * HOURS_PER_DAY;
}
