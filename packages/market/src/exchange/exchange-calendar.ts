import { DAY_MS, dayOf, HOUR_MS, MINUTE_MS, unknownName } from '@datagen/core/generator';
import { dayOfDate, easterSunday, lastWeekday, nthWeekday, weekdayOf, yearOf } from './calendar-rules.ts';

export const EXCHANGE_CODES = ['XNYS', 'XETR'] as const;
export type ExchangeCode = (typeof EXCHANGE_CODES)[number];

/** The continuous trading of one day. */
export interface Session {
  /** Days since 1970-01-01: the date at the exchange, and in UTC. */
  readonly day: number;
  /** The UTC instant of the open. */
  readonly openMs: number;
  /** Its length: 390 in New York, 210 on half days; 510 in Frankfurt, 300 on the last day of a year. */
  readonly minutes: number;
}

/** When an exchange trades. */
export interface ExchangeCalendar {
  readonly code: ExchangeCode;
  /** The session of a day, or undefined where there is none. */
  sessionOn(day: number): Session | undefined;
}

interface ExchangeRules {
  /** Minutes after local midnight. */
  readonly openMinute: number;
  readonly minutes: number;
  readonly halfDayMinutes: number;
  /** Days of a year without trading; weekends need not be listed. */
  readonly holidays: (year: number) => number[];
  /** Days of a year that close early. */
  readonly halfDays: (year: number) => number[];
  /** Hours from UTC to local time at the open of a day. */
  readonly utcOffset: (day: number) => number;
}

const [SUNDAY, MONDAY, THURSDAY, FRIDAY, SATURDAY] = [0, 1, 4, 5, 6];

/** Closures no rule foresees: 9/11, mourning of presidents, hurricane Sandy. */
const NEW_YORK_CLOSURES = [
  '2001-09-11',
  '2001-09-12',
  '2001-09-13',
  '2001-09-14',
  '2004-06-11',
  '2007-01-02',
  '2012-10-29',
  '2012-10-30',
  '2018-12-05',
  '2025-01-09',
].map((text) => dayOf(Date.parse(text)));

/** NYSE Rule 7.2: a holiday on a Sunday is kept on Monday, one on a Saturday on Friday. */
function observed(day: number): number {
  const weekday = weekdayOf(day);
  return weekday === SUNDAY ? day + 1 : weekday === SATURDAY ? day - 1 : day;
}

function newYorkHolidays(year: number): number[] {
  const newYear = dayOfDate(year, 1, 1);
  return [
    // On a Saturday it is not kept: the Friday before ends the accounting year.
    weekdayOf(newYear) === SUNDAY ? newYear + 1 : newYear,
    nthWeekday(year, 1, MONDAY, 3),
    nthWeekday(year, 2, MONDAY, 3),
    easterSunday(year) - 2,
    lastWeekday(year, 5, MONDAY),
    ...(year >= 2022 ? [observed(dayOfDate(year, 6, 19))] : []),
    observed(dayOfDate(year, 7, 4)),
    nthWeekday(year, 9, MONDAY, 1),
    nthWeekday(year, 11, THURSDAY, 4),
    observed(dayOfDate(year, 12, 25)),
    ...NEW_YORK_CLOSURES,
  ];
}

function newYorkHalfDays(year: number): number[] {
  const july4 = dayOfDate(year, 7, 4);
  const beforeJuly4 = weekdayOf(july4 - 1);
  const earlyThird = beforeJuly4 >= MONDAY && beforeJuly4 <= THURSDAY && (beforeJuly4 !== 3 || year >= 2013);
  return [
    ...(earlyThird ? [july4 - 1] : []),
    ...(year < 2013 && weekdayOf(july4) === THURSDAY ? [july4 + 1] : []),
    nthWeekday(year, 11, THURSDAY, 4) + 1,
    dayOfDate(year, 12, 24),
    ...(year === 2003 ? [dayOfDate(2003, 12, 26)] : []),
  ];
}

function frankfurtHolidays(year: number): number[] {
  const easter = easterSunday(year);
  return [
    dayOfDate(year, 1, 1),
    easter - 2,
    easter + 1,
    dayOfDate(year, 5, 1),
    ...[24, 25, 26, 31].map((date) => dayOfDate(year, 12, date)),
    // Xetra kept Whit Monday and German Unity Day for some years only.
    ...(year >= 2015 && year <= 2021 ? [easter + 50] : []),
    ...(year >= 2014 && year <= 2021 ? [dayOfDate(year, 10, 3)] : []),
    ...(year === 2017 ? [dayOfDate(2017, 10, 31)] : []),
  ];
}

function frankfurtHalfDays(year: number): number[] {
  const day = dayOfDate(year, 12, 30);
  return [weekdayOf(day) === SATURDAY ? day - 1 : weekdayOf(day) === SUNDAY ? day - 2 : day];
}

/** US summer time: from 2007 the second Sunday of March to the first of November, before April to October. */
function newYorkOffset(day: number): number {
  const year = yearOf(day);
  const [from, to] =
    year >= 2007
      ? [nthWeekday(year, 3, SUNDAY, 2), nthWeekday(year, 11, SUNDAY, 1)]
      : [nthWeekday(year, 4, SUNDAY, 1), lastWeekday(year, 10, SUNDAY)];
  return day >= from && day < to ? -4 : -5;
}

/** EU summer time, since 1996: the last Sunday of March to the last of October. */
function frankfurtOffset(day: number): number {
  const year = yearOf(day);
  return day >= lastWeekday(year, 3, SUNDAY) && day < lastWeekday(year, 10, SUNDAY) ? 2 : 1;
}

const RULES: Readonly<Record<ExchangeCode, ExchangeRules>> = {
  XNYS: {
    openMinute: 570,
    minutes: 390,
    halfDayMinutes: 210,
    holidays: newYorkHolidays,
    halfDays: newYorkHalfDays,
    utcOffset: newYorkOffset,
  },
  XETR: {
    openMinute: 540,
    minutes: 510,
    halfDayMinutes: 300,
    holidays: frankfurtHolidays,
    halfDays: frankfurtHalfDays,
    utcOffset: frankfurtOffset,
  },
};

/** The calendar of an exchange, by its ISO 10383 code. Years are worked out once each. */
export function exchangeCalendar(code: string): ExchangeCalendar {
  const known = EXCHANGE_CODES.find((candidate) => candidate === code);
  if (known === undefined) throw unknownName('exchange', code, EXCHANGE_CODES);
  const rules = RULES[known];
  const years = new Map<number, ReadonlyMap<number, Session>>();
  return {
    code: known,
    sessionOn(day) {
      const year = yearOf(day);
      let sessions = years.get(year);
      if (sessions === undefined) {
        sessions = sessionsOfYear(rules, year);
        years.set(year, sessions);
      }
      return sessions.get(day);
    },
  };
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
