import { DAY_MS, HOUR_MS } from '@datagen/core/generator';
import { dayOfDate, isSummerTime, weekdayOf } from '../geography/calendar.ts';

/** Share of a week's orders by weekday, Monday first: zanox network, Germany. */
export const WEEKDAY_SHARES = [0.165, 0.1514, 0.15, 0.1452, 0.1375, 0.1197, 0.1312] as const;

/**
 * Orders by hour of the local day, in per cent: peak from 20 to 21 h (PAYONE, zanox: Germany), trough at 4 h,
 * peak to trough 30 (US online retail, clickpost: at least 7 with guests from four time zones).
 */
export const HOUR_SHARES = [
  1.6, 0.8, 0.45, 0.3, 0.28, 0.4, 1.0, 2.2, 3.6, 4.7, 5.4, 5.6, 5.6, 5.5, 5.4, 5.3, 5.4, 5.9, 6.6, 7.6, 8.4,
  7.7, 5.5, 3.2,
] as const;

const THURSDAY = 3;

/** Orders around Black Friday over a normal day, as shares of its own surplus, by days after it. */
const BLACK_FRIDAY_SURPLUS: Readonly<Record<number, number>> = {
  [-4]: 0.08,
  [-3]: 0.08,
  [-2]: 0.12,
  [-1]: 0.3,
  0: 1,
  1: 0.35,
  2: 0.35,
  3: 0.75,
  4: 0.15,
};

/** Demand on the days around Christmas on which hardly anybody orders, by 100 · month + day. */
const HOLIDAYS: Readonly<Record<number, number>> = { 1224: 0.5, 1225: 0.42, 1226: 0.55, 1231: 0.6, 101: 0.6 };

interface SeasonOptions {
  readonly seasonality: number;
  readonly blackFridayFactor: number;
}

/** Demand of a day (counted from 1970-01-01) over that of a plain day, without growth and chance. */
export function seasonOf(day: number, { seasonality, blackFridayFactor }: SeasonOptions): number {
  const date = new Date(day * DAY_MS);
  const weekday = 7 * (WEEKDAY_SHARES[weekdayOf(day)] as number);
  const dayOfYear = day - Date.UTC(date.getUTCFullYear(), 0, 1) / DAY_MS;
  const year = 1 + 0.62 * bell(dayOfYear, 337, 22) - 0.08 * bell(dayOfYear, 212, 30);
  const holiday = HOLIDAYS[100 * (date.getUTCMonth() + 1) + date.getUTCDate()] ?? 1;
  const season = Math.exp(seasonality * Math.log(weekday * year * holiday));
  return season * (1 + (blackFridayFactor - 1) * blackFridayNearness(day));
}

/** 1 on Black Friday, less on the days around it, 0 otherwise: the share of its surplus of orders. */
export function blackFridayNearness(day: number): number {
  return BLACK_FRIDAY_SURPLUS[day - blackFridayOf(new Date(day * DAY_MS).getUTCFullYear())] ?? 0;
}

/** The day after the fourth Thursday of November. */
export function blackFridayOf(year: number): number {
  const november1 = dayOfDate(year, 11, 1);
  return november1 + ((THURSDAY - weekdayOf(november1) + 7) % 7) + 22;
}

function bell(dayOfYear: number, peak: number, width: number): number {
  const distance = Math.abs(dayOfYear - peak);
  const x = Math.min(distance, 365 - distance) / width;
  return Math.exp(-0.5 * x * x);
}

/** Orders by hour of a UTC day: the local profile, moved by one hour, or two in summer time. */
export function hourWeights(day: number): Float64Array {
  return Float64Array.from({ length: 24 }, (_, hour) => {
    const offset = isSummerTime(day * DAY_MS + hour * HOUR_MS) ? 2 : 1;
    return HOUR_SHARES[(hour + offset) % 24] as number;
  });
}
