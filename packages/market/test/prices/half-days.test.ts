import { expect, it } from '@jest/globals';
import { readColumns } from '@datagen/testkit';
import { marketOhlcv, marketQuotes } from '../../src/index.ts';

const MINUTE_MICROS = 60e6;

// Days that exchange_calendars takes for whole ones are among them: 2005-12-30.
it.each([
  ['XETR', '2005-12-30', '08:00', 300],
  ['XETR', '2024-12-30', '08:00', 300],
  ['XETR', '2024-12-27', '08:00', 510],
  ['XNYS', '2024-11-29', '14:30', 210],
  ['XNYS', '2024-11-27', '14:30', 390],
] as const)('M17: bars and quotes end with the session: %s on %s', (exchange, day, open, minutes) => {
  const openMicros = Date.parse(`${day}T${open}:00Z`) * 1000;
  const endMicros = openMicros + minutes * MINUTE_MICROS;
  const options = { exchange, nSymbols: 1 };

  const bars = readColumns(marketOhlcv(options), 'ohlcv', day, day).numbers('ts');
  expect([bars.length, bars[0], bars.at(-1)]).toEqual([minutes, openMicros, endMicros - MINUTE_MICROS]);
  for (const [frequency, step] of [
    ['1h', 60],
    ['1d', 1440],
  ] as const)
    expect(readColumns(marketOhlcv({ ...options, frequency }), 'ohlcv', day, day).rowCount).toBe(
      Math.ceil(minutes / step),
    );

  const quotes = readColumns(marketQuotes(options), 'quotes', day, day).numbers('ts');
  expect(quotes[0]).toBeGreaterThanOrEqual(openMicros);
  expect(quotes.at(-1)).toBeLessThan(endMicros);
  // Quotes come to the end: the last one lies in the last two minutes.
  expect(quotes.at(-1)).toBeGreaterThan(endMicros - 2 * MINUTE_MICROS);
});

it.each(['2000-10-03', '2007-05-28'])('M17: nothing is traded on a holiday: XETR on %s', (day) => {
  const options = { exchange: 'XETR', nSymbols: 1 } as const;
  expect(readColumns(marketOhlcv(options), 'ohlcv', day, day).rowCount).toBe(0);
  expect(readColumns(marketQuotes(options), 'quotes', day, day).rowCount).toBe(0);
});
