import { z } from 'zod';
import { MarketConfig } from '../market-config.ts';

/** Options of the generator `market_quotes`. */
export const MarketQuotesConfig = MarketConfig.extend({
  nSymbols: z
    .int()
    .min(1)
    .max(10_000)
    .default(10)
    .describe('Number of invented listings, where `symbols` names none'),
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
});
export type MarketQuotesConfig = z.infer<typeof MarketQuotesConfig>;
