import {
  type DatasetGenerator,
  definePlugin,
  once,
  parseOptions,
  StreamingGenerator,
} from '@datagen/core/generator';
import type { z } from 'zod';
import { checkMarketConfig } from '../config.ts';
import { exchangeCalendar } from '../exchange/exchange-calendar.ts';
import { Listings } from '../listings/listings.ts';
import { symbolsSource } from '../listings/symbols-table.ts';
import { MarketQuotesConfig } from './config.ts';
import { QuoteDays } from './quote-day.ts';
import { QuoteTimes } from './quote-times.ts';
import { quotesSource } from './quotes-table.ts';

/**
 * Best bids and asks of shares. They follow the minutes of `market_ohlcv`: with equal options the last quote of a
 * minute lies around the close of its bar.
 */
export class MarketQuotesGenerator extends StreamingGenerator<MarketQuotesConfig> {
  readonly name = 'market_quotes';
  readonly version = 1;
  protected readonly sources;

  constructor(config: MarketQuotesConfig, chunkSize?: number) {
    super(config, chunkSize);
    checkMarketConfig(config);
    const { seed, exchange } = config;
    const listings = once(() => new Listings(config));
    const times = new QuoteTimes(config);
    const days = once(() => new QuoteDays(config, times));
    this.sources = [
      symbolsSource(listings),
      quotesSource({ seed, exchange, calendar: exchangeCalendar(exchange), listings, times, days }),
    ];
  }
}

/** A generator of listings and quotes; refuses options that make no sense. */
export function marketQuotes(options: z.input<typeof MarketQuotesConfig> = {}): DatasetGenerator {
  return marketQuotesPlugin.create(parseOptions(MarketQuotesConfig, options, 'generator "market_quotes"'));
}

export const marketQuotesPlugin = definePlugin({
  kind: 'generator',
  name: 'market_quotes',
  description: 'Shares on an exchange: listings, and best bids and asks to the microsecond',
  options: MarketQuotesConfig,
  module: import.meta.url,
  export: 'marketQuotesPlugin',
  create: (options, chunkSize) => new MarketQuotesGenerator(options, chunkSize),
});
