import {
  DatagenError,
  dayOf,
  GeneratorConfig,
  option,
  parseDay,
  type ScalingStep,
  sentence,
} from '@datagen/core/generator';
import { z } from '@datagen/core/zod';
import { EXCHANGE_CODES, type ExchangeCode } from './exchange/exchange-calendar.ts';
import { checkPricedDay } from './exchange/priced-days.ts';

/** What a ticker looks like: `AAPL`, `BRK.B`, `SAP`, `1COV`. */
const TICKER = /^[A-Z0-9]{1,8}([.-][A-Z0-9]{1,4})?$/;

/** The most listings of a dataset: as many as the largest exchanges have. */
export const MOST_SYMBOLS = 10_000;

/** The option `nSymbols`, which has a default in each generator. */
export const symbolCount = z
  .int()
  .min(1)
  .max(MOST_SYMBOLS)
  .describe('Number of invented listings, where `symbols` names none');

/** Options that bars and quotes share; equal values give the same prices in both. */
export const MarketConfig = GeneratorConfig.extend({
  symbols: z
    .array(z.string().regex(TICKER, 'expected a ticker such as AAPL or BRK.B'))
    .min(1)
    .max(MOST_SYMBOLS)
    .optional()
    .describe('Tickers to generate instead of the invented list; any ticker gets a listing of its own'),
  nSymbols: symbolCount.default(50),
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
    .describe('Correlation of the daily returns of two typical stocks of different sectors'),
});
export type MarketConfig = z.infer<typeof MarketConfig>;

/** Sizes: more listings, and more days where an exchange has no more of them. */
export const MARKET_SCALING: readonly ScalingStep[] = [
  { options: { nSymbols: {} }, unless: 'symbols' },
  { earliest: '2000-01-03' },
];

/** Options of a generator of this package as a caller writes them: all may be left out. */
export interface MarketOptions extends z.input<typeof GeneratorConfig> {
  /**
   * Tickers to generate instead of the invented list, each once: `['AAPL', 'BRK.B']`. Any ticker gets a listing of its
   * own, with an invented name, sector and price.
   */
  symbols?: string[] | undefined;
  /** Number of invented listings from 1 to 10,000, where `symbols` names none. */
  nSymbols?: number | undefined;
  /**
   * Exchange (ISO 10383 code) whose calendar, currency and tick sizes apply: New York or Frankfurt.
   * @default 'XNYS'
   */
  exchange?: ExchangeCode | undefined;
  /**
   * Day (`YYYY-MM-DD`, 2000 to 2099) at whose close prices are near `base_price`; splits are counted from it.
   * @default '2024-01-02'
   */
  priceAnchorDate?: string | undefined;
  /**
   * Annual volatility of a typical stock, from 0.01 to 2; 0.3 is 30 %.
   * @default 0.325
   */
  volatility?: number | undefined;
  /**
   * Correlation of the daily returns of two typical stocks of different sectors, from 0 to 0.95.
   * @default 0.31
   */
  correlation?: number | undefined;
}

/** Refuses what a schema cannot see: a ticker named twice, a day without prices. */
export function checkMarketConfig({ symbols = [], priceAnchorDate }: MarketConfig): void {
  checkPricedDay(dayOf(parseDay(priceAnchorDate, 'priceAnchorDate')), 'priceAnchorDate');
  const seen = new Set<string>();
  for (const symbol of symbols) {
    if (seen.has(symbol)) {
      throw new DatagenError(
        'INVALID_OPTION',
        sentence`Expected every ticker of ${option('symbols')} once, got "${symbol}" twice; remove one.`,
        { details: { option: 'symbols' } },
      );
    }
    seen.add(symbol);
  }
}
