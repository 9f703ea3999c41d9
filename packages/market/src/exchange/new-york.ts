import {
  dayOfDate,
  dayOfText,
  easterSunday,
  FRIDAY,
  lastWeekday,
  MONDAY,
  nthWeekday,
  SATURDAY,
  SUNDAY,
  THURSDAY,
  WEDNESDAY,
  weekdayOf,
  yearOf,
} from './dates.ts';
import type { ExchangeRules } from './exchange-rules.ts';

/** Closures no rule foresees: 9/11, mourning of presidents, hurricane Sandy. */
const CLOSURES = [
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
].map(dayOfText);

/** The New York Stock Exchange. Every day of 2000 to 2027 is as in exchange_calendars 4.13.2. */
export const NEW_YORK: ExchangeRules = {
  openMinute: 570,
  minutes: 390,
  halfDayMinutes: 210,
  holidays,
  halfDays,
  utcOffset,
};

/** NYSE Rule 7.2: a holiday on a Sunday is kept on Monday, one on a Saturday on Friday. */
function observed(day: number): number {
  const weekday = weekdayOf(day);
  return weekday === SUNDAY ? day + 1 : weekday === SATURDAY ? day - 1 : day;
}

function holidays(year: number): number[] {
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
    ...CLOSURES,
  ];
}

function halfDays(year: number): number[] {
  const july4 = dayOfDate(year, 7, 4);
  const before = weekdayOf(july4 - 1);
  // Up to 2012, before a Thursday the holiday, the day after it was the short one.
  const isThirdShort = before >= MONDAY && before < FRIDAY && (before !== WEDNESDAY || year >= 2013);
  return [
    ...(isThirdShort ? [july4 - 1] : []),
    ...(year < 2013 && weekdayOf(july4) === THURSDAY ? [july4 + 1] : []),
    nthWeekday(year, 11, THURSDAY, 4) + 1,
    dayOfDate(year, 12, 24),
    ...(year === 2003 ? [dayOfDate(2003, 12, 26)] : []),
  ];
}

/** US summer time: from 2007 the second Sunday of March to the first of November, before April to October. */
function utcOffset(day: number): number {
  const year = yearOf(day);
  const [from, to] =
    year >= 2007
      ? [nthWeekday(year, 3, SUNDAY, 2), nthWeekday(year, 11, SUNDAY, 1)]
      : [nthWeekday(year, 4, SUNDAY, 1), lastWeekday(year, 10, SUNDAY)];
  return day >= from && day < to ? -4 : -5;
}
