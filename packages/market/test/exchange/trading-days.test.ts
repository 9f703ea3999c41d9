import { expect, it } from '@jest/globals';
import { dayOf } from '@datagen/core/generator';
import { exchangeCalendar } from '../../src/exchange/exchange-calendar.ts';
import { TradingDays } from '../../src/exchange/trading-days.ts';

const calendar = exchangeCalendar('XNYS');
const dayOfText = (text: string) => dayOf(Date.parse(text));

it('counts the days that trade, whatever is asked for first', () => {
  const expected: number[] = [];
  for (let day = calendar.firstDay; day <= dayOfText('2002-12-31'); day++)
    if (calendar.sessionOn(day) !== undefined) expected.push(day);
  const days = new TradingDays(calendar);
  expect(days.countBefore(dayOfText('2003-01-01'))).toBe(expected.length);
  expect(expected.map((_, i) => days.dayAt(i))).toEqual(expected);
  expect(expected.map((day) => days.countBefore(day))).toEqual(expected.map((_, i) => i));
  const some = new Int32Array(5);
  new TradingDays(calendar).fill(some, 100);
  expect([...some]).toEqual(expected.slice(100, 105));
});

it('counts a day that does not trade as the next one that does', () => {
  const days = new TradingDays(calendar);
  expect(days.countBefore(dayOfText('2000-01-01'))).toBe(0);
  // Good Friday and the weekend behind it, which three nights pass over after the one before it.
  const monday = days.countBefore(dayOfText('2000-04-24'));
  expect(days.countBefore(dayOfText('2000-04-21'))).toBe(monday);
  expect(days.nightsBefore(monday)).toBe(4);
});

it('finds the first trading days of quarters', () => {
  const days = new TradingDays(calendar);
  const starts = [0, 1, 2, 3].map((quarter) => days.dayAt(days.quarterStart(quarter)));
  expect(starts).toEqual(['2000-04-03', '2000-07-03', '2000-10-02', '2001-01-02'].map(dayOfText));
});
