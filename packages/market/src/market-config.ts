import { DatagenError, DAY_MS, dayOf, formatDay, GeneratorConfig, parseDay } from '@datagen/core/generator';
import { z } from 'zod';
import { EXCHANGE_CODES } from './exchange/exchange-calendar.ts';
import { FIRST_DAY } from './exchange/trading-days.ts';

/** What a ticker looks like: `AAPL`, `BRK.B`, `SAP`, `1COV`. */
const TICKER = /^[A-Z0-9]{1,8}([.-][A-Z0-9]{1,4})?$/;

/** Options that bars and quotes share; equal values give the same prices in both. */
export const MarketConfig = GeneratorConfig.extend({
  symbols: z
    .array(z.string().regex(TICKER, 'expected a ticker such as AAPL or BRK.B'))
    .min(1)
    .optional()
    .describe('Tickers to generate instead of the invented list; any ticker gets a listing of its own'),
  nSymbols: z
    .int()
    .min(1)
    .max(10_000)
    .default(50)
    .describe('Number of invented listings, where `symbols` names none'),
  exchange: z
    .enum(EXCHANGE_CODES)
    .default('XNYS')
    .describe('Exchange (ISO 10383 code) whose calendar, currency and tick sizes apply'),
  priceAnchorDate: z.iso
    .date('expected a day as YYYY-MM-DD')
    .default('2024-01-02')
    .describe('Day at whose close prices are near `base_price`; splits are counted from it'),
  volatility: z
    .number()
    .min(0.01)
    .max(2)
    .default(0.325)
    .describe('Annual volatility of a typical stock; 0.3 is 30 %'),
  correlation: z
    .number()
    .min(0)
    .max(0.95)
    .default(0.31)
    .describe('Correlation of the daily returns of two typical stocks'),
});
export type MarketConfig = z.infer<typeof MarketConfig>;

/** Bar lengths and their minutes; a day's bar is as long as its session. */
const FREQUENCIES = ['1m', '5m', '15m', '1h', '1d'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** Options of the generator `market_ohlcv`. */
export const MarketOhlcvConfig = MarketConfig.extend({
  frequency: z.enum(FREQUENCIES).default('1m').describe('Length of a bar; longer bars sum up the minutes'),
});
export type MarketOhlcvConfig = z.infer<typeof MarketOhlcvConfig>;

/** Refuses what a schema cannot see: a ticker named twice, a day that no calendar has. */
export function checkMarketConfig({ symbols = [], priceAnchorDate }: MarketConfig): void {
  if (dayOf(parseDay(priceAnchorDate, 'priceAnchorDate')) < FIRST_DAY) {
    throw new DatagenError(
      'INVALID_OPTION',
      `Expected \`priceAnchorDate\` on or after ${formatDay(FIRST_DAY * DAY_MS)}, where prices begin, got ${priceAnchorDate}.`,
      { details: { option: 'priceAnchorDate' } },
    );
  }
  const repeated = symbols.find((symbol, i) => symbols.indexOf(symbol) !== i);
  if (repeated === undefined) return;
  throw new DatagenError(
    'INVALID_OPTION',
    `Expected every ticker of \`symbols\` once, got "${repeated}" twice; remove one.`,
    { details: { option: 'symbols' } },
  );
}
