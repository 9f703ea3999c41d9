import {
  BoundedCache,
  DatagenError,
  DAY_MS,
  formatDay,
  HOUR_MS,
  MINUTE_MS,
  unknownName,
} from '@datagen/core/generator';
import { dayOfDate, FRIDAY, MONDAY, weekdayOf, yearOf } from './dates.ts';
import type { ExchangeRules } from './exchange-rules.ts';
import { FRANKFURT } from './frankfurt.ts';
import { NEW_YORK } from './new-york.ts';

export const EXCHANGE_CODES = ['XNYS', 'XETR'] as const;
export type ExchangeCode = (typeof EXCHANGE_CODES)[number];

/** How many lengths the sessions of an exchange have: those of whole days and of half days. */
export const SESSION_LENGTHS = 2;

/** The continuous trading of one day. */
export interface Session {
  /** Days since 1970-01-01: the date at the exchange, and in UTC. */
  readonly day: number;
  /** The UTC instant of the open. */
  readonly openMs: number;
  /** Its length: 390 in New York, 210 on half days; 510 in Frankfurt, 300 on the last day of a year. */
  readonly minutes: number;
}

/**
 * When an exchange trades. Past days are those that it traded on; coming ones follow from the rules of today, since
 * exchanges announce theirs a few years ahead.
 */
export interface ExchangeCalendar {
  readonly code: ExchangeCode;
  /** The first and the last day that it covers, in days since 1970-01-01. */
  readonly firstDay: number;
  readonly lastDay: number;
  /** Minutes of a session that is no half day. */
  readonly wholeMinutes: number;
  /** The session of a day, or undefined where there is none; throws `INVALID_OPTION` for a day it does not cover. */
  sessionOn(day: number): Session | undefined;
}

const RULES: Readonly<Record<ExchangeCode, ExchangeRules>> = { XNYS: NEW_YORK, XETR: FRANKFURT };

/** Holidays and summer time were different before; after it, no rule of today is worth a guess. */
const FIRST_YEAR = 2000;
const LAST_YEAR = 2100;

/** Years of sessions that are kept; one is worked out in some 50 microseconds. */
const YEARS_KEPT = 32;

/** The calendar of an exchange, by its ISO 10383 code. */
export function exchangeCalendar(code: string): ExchangeCalendar {
  const known = EXCHANGE_CODES.find((candidate) => candidate === code);
  if (known === undefined) throw unknownName('exchange', code, EXCHANGE_CODES);
  const firstDay = dayOfDate(FIRST_YEAR, 1, 1);
  const lastDay = dayOfDate(LAST_YEAR, 12, 31);
  const years = new BoundedCache<number, ReadonlyMap<number, Session>>(YEARS_KEPT);
  const calendar: ExchangeCalendar = {
    code: known,
    firstDay,
    lastDay,
    wholeMinutes: RULES[known].minutes,
    sessionOn(day) {
      // Written so that a day that is no number is refused, too.
      if (!(day >= firstDay && day <= lastDay)) throw uncoveredDay(calendar, day);
      const year = yearOf(day);
      return years.get(year, () => sessionsOfYear(RULES[known], year)).get(day);
    },
  };
  return calendar;
}

function uncoveredDay({ code, firstDay, lastDay }: ExchangeCalendar, day: number): DatagenError {
  const [first, last] = [formatDay(firstDay * DAY_MS), formatDay(lastDay * DAY_MS)];
  // Beyond some 270,000 years a day has no date.
  const got = Math.abs(day) <= 1e8 ? formatDay(day * DAY_MS) : `day ${String(day)} since 1970`;
  return new DatagenError(
    'INVALID_OPTION',
    `Expected a day from ${first} to ${last}, which the calendar of ${code} covers, got ${got}.`,
  );
}

function sessionsOfYear(rules: ExchangeRules, year: number): ReadonlyMap<number, Session> {
  const holidays = new Set(rules.holidays(year));
  const halfDays = new Set(rules.halfDays(year));
  const sessions = new Map<number, Session>();
  for (let day = dayOfDate(year, 1, 1); day < dayOfDate(year + 1, 1, 1); day++) {
    const weekday = weekdayOf(day);
    if (weekday < MONDAY || weekday > FRIDAY || holidays.has(day)) continue;
    const openMs = day * DAY_MS + rules.openMinute * MINUTE_MS - rules.utcOffset(day) * HOUR_MS;
    sessions.set(day, { day, openMs, minutes: halfDays.has(day) ? rules.halfDayMinutes : rules.minutes });
  }
  return sessions;
}
