import { DAY_MS, HOUR_MS } from '@datagen/core/generator';

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

/** 0 is Monday; `day` counts from 1970-01-01. */
export function weekdayOf(day: number): number {
  // `| 0` keeps the remainders ones of integers: of doubles they cost many times as much.
  return (((((day + 3) | 0) % 7) | 0) + 7) % 7;
}

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

/** 1 on Black Friday, less on the days around it, 0 otherwise: the share of its surplus of orders and discounts. */
export function blackFridayNearness(day: number): number {
  const year = new Date(day * DAY_MS).getUTCFullYear();
  const november1 = Date.UTC(year, 10, 1) / DAY_MS;
  // The day after the fourth Thursday of November.
  const blackFriday = november1 + ((3 - weekdayOf(november1) + 7) % 7) + 22;
  return BLACK_FRIDAY_SURPLUS[day - blackFriday] ?? 0;
}

function bell(dayOfYear: number, peak: number, width: number): number {
  const distance = Math.abs(dayOfYear - peak);
  const x = Math.min(distance, 365 - distance) / width;
  return Math.exp(-0.5 * x * x);
}

/**
 * Orders by hour of a UTC day: the local profile of central European time, which all countries of the generator
 * share, moved by one hour, or two in summer time (EU directive 2000/84/EC: last Sundays of March and October, 1 h UTC).
 */
export function hourWeights(day: number): Float64Array {
  const startMs = day * DAY_MS;
  const year = new Date(startMs).getUTCFullYear();
  const summerStartMs = lastSundayOf(year, 2) + HOUR_MS;
  const summerEndMs = lastSundayOf(year, 9) + HOUR_MS;
  return Float64Array.from({ length: 24 }, (_, hour) => {
    const ms = startMs + hour * HOUR_MS;
    const offset = ms >= summerStartMs && ms < summerEndMs ? 2 : 1;
    return HOUR_SHARES[(hour + offset) % 24] as number;
  });
}

function lastSundayOf(year: number, month: number): number {
  const lastDay = Date.UTC(year, month + 1, 0) / DAY_MS;
  return (lastDay - ((weekdayOf(lastDay) + 1) % 7)) * DAY_MS;
}
