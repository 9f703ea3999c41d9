import {
  DatagenError,
  DAY_MS,
  dayOf,
  formatDay,
  option,
  sentence,
  type TimeRange,
} from '@datagen/core/generator';
import { dayOfDate } from './dates.ts';
import type { ExchangeCalendar, Session } from './exchange-calendar.ts';

/** Prices of all symbols begin here: a history of decades for every window to come. */
const FIRST_PRICED_DAY = dayOfDate(2000, 1, 1);

/**
 * The last day with prices. The calendar goes on for a year, since daily prices are worked out by runs of days. Daily
 * returns are summed up from the first day on, so a limit keeps that to a few milliseconds for each symbol.
 */
const LAST_PRICED_DAY = dayOfDate(2099, 12, 31);

/** Refuses a day without prices; `name` is the option that it came from. */
export function checkPricedDay(day: number, name: string): void {
  if (day >= FIRST_PRICED_DAY && day <= LAST_PRICED_DAY) return;
  const limit =
    day < FIRST_PRICED_DAY
      ? `on or after ${formatDay(FIRST_PRICED_DAY * DAY_MS)}, where prices begin`
      : `on or before ${formatDay(LAST_PRICED_DAY * DAY_MS)}, where prices end`;
  throw new DatagenError(
    'INVALID_OPTION',
    sentence`Expected ${option(name)} ${limit}, got ${formatDay(day * DAY_MS)}.`,
    { details: { option: name } },
  );
}

/** A day that trades, as blocks name it. */
export interface PricedDay {
  /** `2026-01-05`. */
  readonly key: string;
  /** The UTC day, which its session lies in. */
  readonly time: TimeRange;
  readonly session: Session;
}

/**
 * The days of a window that trade, from that of the block key `from` on. Refuses a window that reaches beyond the days
 * with prices before it gives any.
 */
export function* pricedDays(
  calendar: ExchangeCalendar,
  { startMs, endMs }: TimeRange,
  from?: string,
): Generator<PricedDay> {
  checkPricedDay(dayOf(startMs), 'startDate');
  checkPricedDay(dayOf(endMs - 1), 'endDate');
  const firstMs = from === undefined ? startMs : Math.max(startMs, Date.parse(from.slice(0, 10)));
  for (let dayMs = firstMs; dayMs < endMs; dayMs += DAY_MS) {
    const session = calendar.sessionOn(dayOf(dayMs));
    if (session === undefined) continue;
    yield { key: formatDay(dayMs), time: { startMs: dayMs, endMs: dayMs + DAY_MS }, session };
  }
}
