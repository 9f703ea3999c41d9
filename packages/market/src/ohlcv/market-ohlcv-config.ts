import { z } from '@datagen/core/zod';
import { MarketConfig, type MarketOptions } from '../market-config.ts';

/** Lengths of bars; a day's bar is as long as its session. */
const FREQUENCIES = ['1m', '5m', '15m', '1h', '1d'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** The minutes of a bar: a day's has all that there are. */
export const BAR_MINUTES: Readonly<Record<Frequency, number>> = {
  '1m': 1,
  '5m': 5,
  '15m': 15,
  '1h': 60,
  '1d': 1440,
};

/** Options of the generator `market_ohlcv`. */
export const MarketOhlcvConfig = MarketConfig.extend({
  frequency: z.enum(FREQUENCIES).default('1m').describe('Length of a bar; longer bars sum up the minutes'),
  auctions: z
    .boolean()
    .default(false)
    .describe('Whether to make the table `auctions`, which takes as long as the minutes of all days'),
});
export type MarketOhlcvConfig = z.infer<typeof MarketOhlcvConfig>;

/** Options of `marketOhlcv`; all may be left out. */
export interface MarketOhlcvOptions extends MarketOptions {
  /**
   * Number of invented listings from 1 to 10,000, where `symbols` names none.
   * @default 50
   */
  nSymbols?: number | undefined;
  /**
   * Length of a bar; longer bars sum up the minutes, and `1d` is a bar for each session.
   * @default '1m'
   */
  frequency?: Frequency | undefined;
  /**
   * Whether to make the table `auctions`, which takes as long as the minutes of all days.
   * @default false
   */
  auctions?: boolean | undefined;
}
