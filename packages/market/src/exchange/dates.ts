import { DAY_MS, dayOf } from '@datagen/core/generator';

// Days count from 1970-01-01 and months from 1.

export const [SUNDAY, MONDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY] = [0, 1, 3, 4, 5, 6] as const;

export function dayOfDate(year: number, month: number, date: number): number {
  return Date.UTC(year, month - 1, date) / DAY_MS;
}

/** The day of a date as `2026-01-05`. */
export function dayOfText(text: string): number {
  return dayOf(Date.parse(text));
}

export function yearOf(day: number): number {
  return new Date(day * DAY_MS).getUTCFullYear();
}

/** From `SUNDAY` to `SATURDAY`. */
export function weekdayOf(day: number): number {
  // 1970-01-01 was a Thursday.
  return (((day + 4) % 7) + 7) % 7;
}

/** The `n`-th (from 1) such weekday of a month. */
export function nthWeekday(year: number, month: number, weekday: number, n: number): number {
  const first = dayOfDate(year, month, 1);
  return first + ((weekday - weekdayOf(first) + 7) % 7) + (n - 1) * 7;
}

/** The last such weekday of a month. */
export function lastWeekday(year: number, month: number, weekday: number): number {
  return nthWeekday(year, month + 1, weekday, 1) - 7;
}

/** Easter Sunday of the Gregorian calendar: Meeus, "Astronomical Algorithms" (1991), the anonymous computus. */
export function easterSunday(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const d = Math.floor(b / 4);
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - d - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return dayOfDate(year, Math.floor(n / 31), (n % 31) + 1);
}

/** The quarter of the year that a day lies in, from 0. */
export function quarterOf(day: number): number {
  return Math.floor(new Date(day * DAY_MS).getUTCMonth() / 3);
}
