import {
  type DatasetGenerator,
  definePlugin,
  type GeneratorPlugin,
  parseOptions,
  StreamingGenerator,
  type TableSource,
} from '@datagen/core/generator';
import { exchangeCalendar } from '../exchange/exchange-calendar.ts';
import { Listings } from '../listings/listings.ts';
import { symbolsSource } from '../listings/symbols-table.ts';
import { checkMarketConfig, MARKET_SCALING } from '../market-config.ts';
import { DailyPrices } from '../prices/daily/daily-prices.ts';
import { MinutePath } from '../prices/minutes/minute-path.ts';
import { MarketQuotesConfig, type MarketQuotesOptions } from './market-quotes-config.ts';
import { QuoteDays } from './quote-days.ts';
import { QuoteTimes } from './quote-times.ts';
import { quotesSource } from './quotes-table.ts';
import { tradesSource } from './trades-table.ts';

/**
 * Listings, and best bids and asks of shares. They follow the minutes of `market_ohlcv`: with equal options the last
 * quote of a minute lies around the close of its bar.
 */
export class MarketQuotesGenerator extends StreamingGenerator<MarketQuotesConfig> {
  readonly name = 'market_quotes';
  readonly version = 3;
  protected readonly sources: readonly TableSource[];

  /** Throws `INVALID_OPTION` for a ticker named twice and for an anchor date without prices. */
  constructor(config: MarketQuotesConfig, chunkSize?: number) {
    super(config, chunkSize);
    checkMarketConfig(config);
    const calendar = exchangeCalendar(config.exchange);
    const listings = new Listings(config);
    const daily = new DailyPrices(config, calendar);
    const path = new MinutePath(config, calendar, daily);
    const times = new QuoteTimes(config);
    const days = new QuoteDays(config, times, daily, path);
    const quotes = { calendar, listings, times, days };
    this.sources = [
      symbolsSource(listings, config.priceAnchorDate),
      quotesSource(quotes),
      ...(config.trades ? [tradesSource(quotes, path)] : []),
    ];
  }
}

/**
 * A generator of listings and quotes. Throws `INVALID_OPTION` for options that it does not know or that make no sense,
 * naming each.
 */
export function marketQuotes(options: MarketQuotesOptions = {}): DatasetGenerator {
  return marketQuotesPlugin.create(parseOptions(MarketQuotesConfig, options, 'generator "market_quotes"'));
}

/** The plug-in that registers `market_quotes` on the command line. */
export const marketQuotesPlugin: GeneratorPlugin<typeof MarketQuotesConfig> = definePlugin({
  kind: 'generator',
  name: 'market_quotes',
  description: 'Shares on an exchange: best bids and asks to the microsecond, and trades where asked for',
  options: MarketQuotesConfig,
  scaling: MARKET_SCALING,
  module: import.meta.url,
  export: 'marketQuotesPlugin',
  create: (options, chunkSize) => new MarketQuotesGenerator(options, chunkSize),
});
