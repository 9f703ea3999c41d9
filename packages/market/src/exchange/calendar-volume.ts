import { FRIDAY, MONDAY, nthWeekday, weekdayOf } from './dates.ts';
import { type ExchangeCalendar, exchangeCalendar, type Session } from './exchange-calendar.ts';

/** What the calendar says of a session's volume. */
export interface CalendarVolume {
  /** Volume over that of a plain day. */
  readonly usual: number;
  /** What comes on top at the open and the close, over the volume of a plain day: index funds and expiries. */
  readonly auctions: number;
}

// Figures are medians of the volume of the S&P 500 over that of the 60 days before and behind, 1999-2018.

/** Monday to Friday. */
const WEEKDAYS = [0.94, 1, 1.03, 1.03, 0.98] as const;
const HALF_DAY = 0.43;
/** Between Christmas and New Year; on the two days before Christmas Eve and the day before Thanksgiving. */
const BETWEEN_THE_YEARS = 0.62;
const BEFORE_A_FEAST = 0.8;
/** Frankfurt while New York has a holiday. Judgement: a third of the orders come from there. */
const WITHOUT_NEW_YORK = 0.65;
/**
 * Futures and options on indexes and shares expire together on the third Friday of March, June, September and December
 * ("triple witching"), and the S&P and DAX indexes are made up anew after it.
 */
const EXPIRY = 0.35;
/** The Russell indexes are made up anew on the fourth Friday of June. */
const RUSSELL = 0.39;
/** The last day of a month: funds rebalance, and the MSCI indexes change in February, May, August and November. */
const MONTH_END = 0.08;

/** How busy the calendar makes a session of an exchange. */
export function calendarVolume(calendar: ExchangeCalendar, { day, minutes }: Session): CalendarVolume {
  const date = new Date(day * 86_400_000);
  const [year, month, dayOfMonth] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  return {
    usual: minutes < calendar.wholeMinutes ? HALF_DAY : usualVolume(calendar, day, month, dayOfMonth),
    auctions: auctionVolume(calendar, day, year, month),
  };
}

function usualVolume({ code }: ExchangeCalendar, day: number, month: number, dayOfMonth: number): number {
  const weekday = WEEKDAYS[weekdayOf(day) - MONDAY] as number;
  if (month === 12 && dayOfMonth >= 26) return BETWEEN_THE_YEARS;
  if (month === 12 && dayOfMonth >= 22) return BEFORE_A_FEAST;
  if (code === 'XETR') return weekday * (newYork().sessionOn(day) === undefined ? WITHOUT_NEW_YORK : 1);
  const isBeforeThanksgiving = month === 11 && dayOfMonth >= 21 && newYork().sessionOn(day + 1) === undefined;
  return isBeforeThanksgiving && weekdayOf(day) < FRIDAY ? BEFORE_A_FEAST : weekday;
}

function auctionVolume(calendar: ExchangeCalendar, day: number, year: number, month: number): number {
  if (month % 3 === 0 && day === tradedBy(calendar, nthWeekday(year, month, FRIDAY, 3))) return EXPIRY;
  if (calendar.code === 'XNYS' && month === 6 && day === nthWeekday(year, month, FRIDAY, 4)) return RUSSELL;
  // At most a week without trading.
  let next = day + 1;
  while (calendar.sessionOn(next) === undefined) next++;
  return new Date(next * 86_400_000).getUTCMonth() + 1 === month ? 0 : MONTH_END;
}

/** The day itself, or the last one before it that trades: expiries are a day early on Good Friday or Juneteenth. */
function tradedBy(calendar: ExchangeCalendar, day: number): number {
  let traded = day;
  while (calendar.sessionOn(traded) === undefined) traded--;
  return traded;
}

let newYorkCalendar: ExchangeCalendar | undefined;

function newYork(): ExchangeCalendar {
  return (newYorkCalendar ??= exchangeCalendar('XNYS'));
}
