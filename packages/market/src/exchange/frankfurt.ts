import {
  dayOfDate,
  dayOfText,
  easterSunday,
  lastWeekday,
  SATURDAY,
  SUNDAY,
  weekdayOf,
  yearOf,
} from './dates.ts';
import type { ExchangeRules } from './exchange-rules.ts';

/**
 * Holidays that were kept once. 2000: ten years of German unity ("Deutsche Börse: Kein Börsenhandel am 3. Oktober",
 * Handelsblatt, archive 2002156). 2007: London, New York and Zurich were closed on that Whit Monday, too ("Deutsche
 * Börse bleibt am Pfingstmontag zu", Handelsblatt 2713542). 2017: five hundred years of the Reformation.
 */
const CLOSURES = ['2000-10-03', '2007-05-28', '2017-10-31'].map(dayOfText);

/**
 * Xetra. The days of 2000 to 2027 are those of exchange_calendars 4.13.2, except 2000-10-03, which it takes for a
 * trading day, and the half days of 2000 to 2009, which it lacks. docs/realism.md names a source for each.
 */
export const FRANKFURT: ExchangeRules = {
  openMinute: 540,
  minutes: 510,
  halfDayMinutes: 300,
  holidays,
  halfDays,
  utcOffset,
};

function holidays(year: number): number[] {
  const easter = easterSunday(year);
  return [
    dayOfDate(year, 1, 1),
    easter - 2,
    easter + 1,
    dayOfDate(year, 5, 1),
    ...[24, 25, 26, 31].map((date) => dayOfDate(year, 12, date)),
    // Whit Monday and German Unity Day were kept in a row for some years only.
    ...(year >= 2015 && year <= 2021 ? [easter + 50] : []),
    ...(year >= 2014 && year <= 2021 ? [dayOfDate(year, 10, 3)] : []),
    ...CLOSURES,
  ];
}

/** The last trading day of a year closes at 14:00. */
function halfDays(year: number): number[] {
  const day = dayOfDate(year, 12, 30);
  const weekday = weekdayOf(day);
  return [weekday === SATURDAY ? day - 1 : weekday === SUNDAY ? day - 2 : day];
}

/** EU summer time, since 1996: the last Sunday of March to the last of October. */
function utcOffset(day: number): number {
  const year = yearOf(day);
  return day >= lastWeekday(year, 3, SUNDAY) && day < lastWeekday(year, 10, SUNDAY) ? 2 : 1;
}
