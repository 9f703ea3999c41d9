import { z } from '@datagen/core/zod';
import { MarketConfig, type MarketOptions, symbolCount } from '../market-config.ts';

/** Options of the generator `market_quotes`. */
export const MarketQuotesConfig = MarketConfig.extend({
  nSymbols: symbolCount.default(10),
  quotesPerMinute: z
    .number()
    .min(1)
    .max(1_000)
    .default(60)
    .describe('Mean number of quotes per minute and symbol; symbols differ, and so do the hours of a day'),
  spreadBps: z
    .number()
    .min(0.1)
    .max(500)
    .default(3)
    .describe('Mean distance of ask and bid, in basis points of the price; never less than one tick'),
  trades: z
    .boolean()
    .default(false)
    .describe(
      'Whether to make the table `trades`, some 20,000 rows a day and symbol, and many more of the largest',
    ),
});
export type MarketQuotesConfig = z.infer<typeof MarketQuotesConfig>;

/** Options of `marketQuotes`; all may be left out. */
export interface MarketQuotesOptions extends MarketOptions {
  /**
   * Number of invented listings from 1 to 10,000, where `symbols` names none.
   * @default 10
   */
  nSymbols?: number | undefined;
  /**
   * Mean number of quotes per minute and symbol, from 1 to 1,000; symbols differ, and so do the hours of a day.
   * @default 60
   */
  quotesPerMinute?: number | undefined;
  /**
   * Mean distance of ask and bid, in basis points of the price, from 0.1 to 500; never less than one tick.
   * @default 3
   */
  spreadBps?: number | undefined;
  /**
   * Whether to make the table `trades`, some 20,000 rows a day and symbol, and many more of the largest.
   * @default false
   */
  trades?: boolean | undefined;
}
