import {
  type DatasetGenerator,
  definePlugin,
  once,
  parseOptions,
  StreamingGenerator,
} from '@datagen/core/generator';
import type { z } from 'zod';
import { checkMarketConfig, type Frequency, MarketOhlcvConfig } from '../config.ts';
import { exchangeCalendar } from '../exchange/exchange-calendar.ts';
import { Listings } from '../listings/listings.ts';
import { symbolsSource } from '../listings/symbols-table.ts';
import { MinutePath } from '../prices/minutes/minute-path.ts';
import { corporateActionsSource } from './corporate-actions-table.ts';
import { ohlcvSource } from './ohlcv-table.ts';

const MINUTES: Readonly<Record<Frequency, number>> = { '1m': 1, '5m': 5, '15m': 15, '1h': 60, '1d': 1440 };

/** Bars of shares on a real trading calendar, with the splits that their raw prices jump at. */
export class MarketOhlcvGenerator extends StreamingGenerator<MarketOhlcvConfig> {
  readonly name = 'market_ohlcv';
  readonly version = 1;
  protected readonly sources;

  constructor(config: MarketOhlcvConfig, chunkSize?: number) {
    super(config, chunkSize);
    checkMarketConfig(config);
    const listings = once(() => new Listings(config));
    const path = once(() => new MinutePath(config));
    const model = { calendar: exchangeCalendar(config.exchange), listings, path };
    this.sources = [
      symbolsSource(listings),
      ohlcvSource({ ...model, step: MINUTES[config.frequency] }),
      corporateActionsSource(model),
    ];
  }
}

/** A generator of listings, bars and splits; refuses options that make no sense. */
export function marketOhlcv(options: z.input<typeof MarketOhlcvConfig> = {}): DatasetGenerator {
  return marketOhlcvPlugin.create(parseOptions(MarketOhlcvConfig, options, 'generator "market_ohlcv"'));
}

export const marketOhlcvPlugin = definePlugin({
  kind: 'generator',
  name: 'market_ohlcv',
  description: 'Shares on an exchange: listings, price bars from a minute to a day, splits',
  options: MarketOhlcvConfig,
  module: import.meta.url,
  export: 'marketOhlcvPlugin',
  create: (options, chunkSize) => new MarketOhlcvGenerator(options, chunkSize),
});
