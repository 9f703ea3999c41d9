import { describe, expect, it } from '@jest/globals';
import { DAY_MS, dayOf, formatDay } from '@datagen/core/generator';
import { exchangeCalendar, type Session } from '../../src/exchange/exchange-calendar.ts';

const dayOfText = (text: string) => dayOf(Date.parse(text));

function sessionsOf(code: string, year: number): Session[] {
  const calendar = exchangeCalendar(code);
  const sessions: Session[] = [];
  for (let day = dayOf(Date.UTC(year, 0, 1)); day < dayOf(Date.UTC(year + 1, 0, 1)); day++) {
    const session = calendar.sessionOn(day);
    if (session !== undefined) sessions.push(session);
  }
  return sessions;
}
const datesOf = (sessions: readonly Session[]) => sessions.map(({ day }) => formatDay(day * DAY_MS));

function closedWeekdays(code: string, year: number): string[] {
  const open = new Set(datesOf(sessionsOf(code, year)));
  const closed: string[] = [];
  for (let ms = Date.UTC(year, 0, 1); ms < Date.UTC(year + 1, 0, 1); ms += DAY_MS) {
    const weekday = new Date(ms).getUTCDay();
    if (weekday > 0 && weekday < 6 && !open.has(formatDay(ms))) closed.push(formatDay(ms));
  }
  return closed;
}

describe('M17: the New York calendar', () => {
  it('has the trading days that the exchange had', () => {
    const counts = [2001, 2012, 2018, 2022, 2023, 2024, 2025].map((year) => sessionsOf('XNYS', year).length);
    expect(counts).toEqual([248, 250, 251, 251, 250, 252, 250]);
  });

  it('is closed on the holidays that the exchange announced', () => {
    expect(closedWeekdays('XNYS', 2022)).toEqual(
      '2022-01-17 2022-02-21 2022-04-15 2022-05-30 2022-06-20 2022-07-04 2022-09-05 2022-11-24 2022-12-26'.split(
        ' ',
      ),
    );
    expect(closedWeekdays('XNYS', 2025)).toEqual(
      '2025-01-01 2025-01-09 2025-01-20 2025-02-17 2025-04-18 2025-05-26 2025-06-19 2025-07-04 2025-09-01 2025-11-27 2025-12-25'.split(
        ' ',
      ),
    );
  });

  it('closes at 13:00 on half days', () => {
    const halfDays = [2021, 2022, 2023, 2024].flatMap((year) =>
      datesOf(sessionsOf('XNYS', year).filter(({ minutes }) => minutes === 210)),
    );
    expect(halfDays).toEqual(
      '2021-11-26 2022-11-25 2023-07-03 2023-11-24 2024-07-03 2024-11-29 2024-12-24'.split(' '),
    );
  });

  it('keeps no New Year that falls on a Saturday', () => {
    expect(exchangeCalendar('XNYS').sessionOn(dayOfText('2021-12-31'))?.minutes).toBe(390);
  });
});

describe('M17: the Frankfurt calendar', () => {
  it('is closed on the holidays that the exchange announced', () => {
    expect(closedWeekdays('XETR', 2024)).toEqual(
      '2024-01-01 2024-03-29 2024-04-01 2024-05-01 2024-12-24 2024-12-25 2024-12-26 2024-12-31'.split(' '),
    );
    expect(sessionsOf('XETR', 2024)).toHaveLength(254);
  });

  it('closes at 14:00 on the last day of a year', () => {
    const halfDays = [2022, 2023, 2024].flatMap((year) =>
      datesOf(sessionsOf('XETR', year).filter(({ minutes }) => minutes === 300)),
    );
    expect(halfDays).toEqual(['2022-12-30', '2023-12-29', '2024-12-30']);
  });
});

it.each([
  ['XNYS', 'America/New_York', '09:30'],
  ['XETR', 'Europe/Berlin', '09:00'],
])('M17: %s opens at the same local time in summer and winter', (code, timeZone, open) => {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  const opens = new Set<string>();
  for (let year = 2000; year <= 2030; year++)
    for (const { openMs } of sessionsOf(code, year)) opens.add(clock.format(openMs));
  expect([...opens]).toEqual([open]);
});

it('M17: opens at 14:30 UTC in winter and 13:30 in summer', () => {
  const openOf = (day: string) =>
    new Date(exchangeCalendar('XNYS').sessionOn(dayOfText(day))?.openMs ?? 0).toISOString().slice(11, 16);
  expect([openOf('2024-03-08'), openOf('2024-03-11'), openOf('2024-11-01'), openOf('2024-11-04')]).toEqual([
    '14:30',
    '13:30',
    '13:30',
    '14:30',
  ]);
});

it('refuses an exchange it does not know', () => {
  expect(() => exchangeCalendar('XNYZ')).toThrow(
    'Unknown exchange "XNYZ". Did you mean "XNYS"? Known: XNYS, XETR.',
  );
});

describe('a calendar', () => {
  it.each(['XNYS', 'XETR'])('says which days it covers, and refuses all others: %s', (code) => {
    const calendar = exchangeCalendar(code);
    const { firstDay, lastDay } = calendar;
    expect([firstDay, lastDay].map((day) => formatDay(day * DAY_MS))).toEqual(['2000-01-01', '2100-12-31']);
    // A Saturday and a holiday; a Friday that trades in New York, and not in Frankfurt.
    expect(calendar.sessionOn(firstDay)).toBeUndefined();
    expect(calendar.sessionOn(lastDay)?.minutes).toBe(code === 'XNYS' ? 390 : undefined);
    const covered = `Expected a day from 2000-01-01 to 2100-12-31, which the calendar of ${code} covers, got`;
    for (const [day, got] of [
      [firstDay - 1, '1999-12-31'],
      [lastDay + 1, '2101-01-01'],
      [dayOfText('9999-12-31'), '9999-12-31'],
      [1e12, 'day 1000000000000 since 1970'],
      [NaN, 'day NaN since 1970'],
    ] as const)
      expect(() => calendar.sessionOn(day)).toThrow(`${covered} ${got}.`);
  });
});
