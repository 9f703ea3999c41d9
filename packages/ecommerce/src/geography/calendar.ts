import { DAY_MS, HOUR_MS } from '@datagen/core/generator';

// Days count from 1970-01-01.

/** 0 is Monday. */
export function weekdayOf(day: number): number {
  // `| 0` keeps the remainders ones of integers: of doubles they cost many times as much.
  return (((((day + 3) | 0) % 7) | 0) + 7) % 7;
}

/** The day of a date; `month` counts from 1. */
export function dayOfDate(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

/** Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's algorithm). */
export function easterSundayOf(year: number): number {
  const { floor } = Math;
  const a = year % 19;
  const b = floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - floor(b / 4) - floor((b - floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * floor(c / 4) - h - (c % 4)) % 7;
  const m = floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return dayOfDate(year, floor(sum / 31), (sum % 31) + 1);
}

/**
 * Whether central European time, which all countries of the generator share, is that of summer (EU directive
 * 2000/84/EC: between the last Sundays of March and October, 1 h UTC).
 */
export function isSummerTime(ms: number): boolean {
  const year = new Date(ms).getUTCFullYear();
  return ms >= lastSundayOf(year, 3) * DAY_MS + HOUR_MS && ms < lastSundayOf(year, 10) * DAY_MS + HOUR_MS;
}

function lastSundayOf(year: number, month: number): number {
  const lastDay = dayOfDate(year, month + 1, 0);
  return lastDay - ((weekdayOf(lastDay) + 1) % 7);
}
