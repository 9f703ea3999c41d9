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
import { IndexPath } from '../prices/minutes/index-path.ts';
import { MinutePath } from '../prices/minutes/minute-path.ts';
import { auctionsSource } from './auctions-table.ts';
import { corporateActionsSource } from './corporate-actions-table.ts';
import { dividendsSource } from './dividends-table.ts';
import { earningsSource } from './earnings-table.ts';
import { BAR_MINUTES, MarketOhlcvConfig, type MarketOhlcvOptions } from './market-ohlcv-config.ts';
import { marketIndexSource } from './market-index-table.ts';
import { ohlcvSource } from './ohlcv-table.ts';

/** Listings, bars, splits, dividends and news of earnings of shares on a real trading calendar. */
export class MarketOhlcvGenerator extends StreamingGenerator<MarketOhlcvConfig> {
  readonly name = 'market_ohlcv';
  readonly version = 4;
  protected readonly sources: readonly TableSource[];

  /** Throws `INVALID_OPTION` for a ticker named twice and for an anchor date without prices. */
  constructor(config: MarketOhlcvConfig, chunkSize?: number) {
    super(config, chunkSize);
    checkMarketConfig(config);
    const calendar = exchangeCalendar(config.exchange);
    const listings = new Listings(config);
    const daily = new DailyPrices(config, calendar);
    const path = new MinutePath(config, calendar, daily);
    const step = BAR_MINUTES[config.frequency];
    const bars = { calendar, listings, path };
    const companies = { calendar, listings, daily };
    this.sources = [
      symbolsSource(listings, config.priceAnchorDate),
      ohlcvSource(bars, step),
      corporateActionsSource(companies),
      dividendsSource(companies),
      earningsSource(companies),
      marketIndexSource(calendar, new IndexPath(config, daily), step),
      ...(config.auctions ? [auctionsSource(bars)] : []),
    ];
  }
}

/**
 * A generator of listings, price bars, splits, dividends, earnings and an index. Throws `INVALID_OPTION` for options that it does not know or that
 * make no sense, naming each.
 */
export function marketOhlcv(options: MarketOhlcvOptions = {}): DatasetGenerator {
  return marketOhlcvPlugin.create(parseOptions(MarketOhlcvConfig, options, 'generator "market_ohlcv"'));
}

/** The plug-in that registers `market_ohlcv` on the command line. */
export const marketOhlcvPlugin: GeneratorPlugin<typeof MarketOhlcvConfig> = definePlugin({
  kind: 'generator',
  name: 'market_ohlcv',
  description: 'Shares on an exchange: bars from a minute to a day, splits, dividends, earnings, an index',
  options: MarketOhlcvConfig,
  scaling: MARKET_SCALING,
  module: import.meta.url,
  export: 'marketOhlcvPlugin',
  create: (options, chunkSize) => new MarketOhlcvGenerator(options, chunkSize),
});
