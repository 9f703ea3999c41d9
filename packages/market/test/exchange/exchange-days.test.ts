import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DAY_MS, formatDay } from '@datagen/core/generator';
import { type ExchangeCode, exchangeCalendar } from '../../src/exchange/exchange-calendar.ts';
import { dayOfDate, MONDAY, SATURDAY, weekdayOf } from '../../src/exchange/dates.ts';

/** A year of an exchange as `tools/interop/trading_days.py` prints it. */
interface YearOfDays {
  readonly minutes: number;
  readonly closed: string;
  readonly short: string;
  readonly opens: string;
}

/** What exchange_calendars (Apache License 2.0) says; `packages/e2e/test/domains/exchange-days.external.test.ts` asks it again. */
const { exchanges } = JSON.parse(readFileSync(new URL('./exchange-days.json', import.meta.url), 'utf8')) as {
  readonly exchanges: Readonly<Record<ExchangeCode, Readonly<Record<string, YearOfDays>>>>;
};

/** Where the library is wrong: docs/realism.md names a source for each day. */
const CORRECTIONS: Readonly<Partial<Record<ExchangeCode, Readonly<Record<string, Partial<YearOfDays>>>>>> = {
  XETR: {
    2000: { closed: '04-21 04-24 05-01 10-03 12-25 12-26', short: '12-29 300' },
    2001: { short: '12-28 300' },
    2002: { short: '12-30 300' },
    2003: { short: '12-30 300' },
    2004: { short: '12-30 300' },
    2005: { short: '12-30 300' },
    2006: { short: '12-29 300' },
    2007: { short: '12-28 300' },
    2008: { short: '12-30 300' },
    2009: { short: '12-30 300' },
  },
};

function yearOf(code: ExchangeCode, year: number): YearOfDays {
  const calendar = exchangeCalendar(code);
  const closed: string[] = [];
  const short: string[] = [];
  const opens: string[] = [];
  let minutes = 0;
  for (let day = dayOfDate(year, 1, 1); day < dayOfDate(year + 1, 1, 1); day++)
    minutes = Math.max(minutes, calendar.sessionOn(day)?.minutes ?? 0);
  for (let day = dayOfDate(year, 1, 1); day < dayOfDate(year + 1, 1, 1); day++) {
    const date = formatDay(day * DAY_MS).slice(5);
    const session = calendar.sessionOn(day);
    const isWeekday = weekdayOf(day) >= MONDAY && weekdayOf(day) < SATURDAY;
    if (session === undefined) {
      if (isWeekday) closed.push(date);
      continue;
    }
    // A session on a weekend would show as one that is too short.
    if (session.minutes < minutes || !isWeekday) short.push(`${date} ${String(session.minutes)}`);
    const open = new Date(session.openMs).toISOString().slice(11, 16);
    if (!opens.at(-1)?.endsWith(open)) opens.push(`${date} ${open}`);
  }
  return { minutes, closed: closed.join(' '), short: short.join(', '), opens: opens.join(', ') };
}

const cases = (Object.keys(exchanges) as ExchangeCode[]).flatMap((code) =>
  Object.entries(exchanges[code]).map(([year, days]) => [code, Number(year), days] as const),
);

describe('M17: every day from 2000 to 2027', () => {
  it('is there for both exchanges', () => {
    expect(cases).toHaveLength(2 * 28);
  });

  it.each(cases)('is that of the exchange: %s in %i', (code, year, days) => {
    expect(yearOf(code, year)).toEqual({ ...days, ...CORRECTIONS[code]?.[String(year)] });
  });
});
