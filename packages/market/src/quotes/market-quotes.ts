import {
  type Block,
  type ChunkFiller,
  type DatasetGenerator,
  DAY_MS,
  dayOf,
  definePlugin,
  firstRowOf,
  formatDay,
  parseOptions,
  rowBlocks,
  LegacyStreamingGenerator,
  type TableDefinition,
  textDictionary,
  type TimeRange,
} from '@datagen/core/generator';
import { RandomStream } from '@datagen/core/random';
import type { z } from 'zod';
import { checkMarketConfig } from '../market-config.ts';
import { exchangeCalendar, type Session } from '../exchange/exchange-calendar.ts';
import { Listings } from '../listings/listings.ts';
import { MarketQuotesConfig } from './market-quotes-config.ts';
import { QuoteDays } from './quote-days.ts';
import { QuoteTimes } from './quote-times.ts';
import type { ListedSymbol } from '../listings/listed-symbol.ts';
import { quotesFiller, quotesTable } from './quotes-table.ts';
import { symbolsTable } from '../listings/symbols-table.ts';
import { checkWindow } from '../exchange/trading-days.ts';

/**
 * Best bids and asks of shares, one block per day and symbol. They follow the minutes of `market_ohlcv`: with equal
 * options the last quote of a minute lies around the close of its bar.
 */
export class MarketQuotesGenerator extends LegacyStreamingGenerator<MarketQuotesConfig> {
  readonly name = 'market_quotes';
  readonly version = 1;
  readonly tables = [symbolsTable, quotesTable];
  readonly #calendar;
  readonly #times: QuoteTimes;
  readonly #exchanges: ReturnType<typeof textDictionary>;
  #listings: Listings | undefined;
  #days: QuoteDays | undefined;

  constructor(config: MarketQuotesConfig, chunkSize?: number) {
    super(config, chunkSize);
    checkMarketConfig(config);
    this.#calendar = exchangeCalendar(config.exchange);
    this.#times = new QuoteTimes(config);
    this.#exchanges = textDictionary([config.exchange]);
  }

  *blocks(table: TableDefinition, window: TimeRange): Generator<Block> {
    const { inOrder, sorted } = this.#openListings();
    if (table.name === 'symbols') {
      yield* rowBlocks(inOrder.length);
      return;
    }
    checkWindow(window);
    const rates = sorted.map(({ symbol }) => this.#times.quotesPerMinute(symbol));
    for (let startMs = window.startMs; startMs < window.endMs; startMs += DAY_MS) {
      const session = this.#calendar.sessionOn(dayOf(startMs));
      if (session === undefined) continue;
      const day = formatDay(startMs);
      const time = { startMs, endMs: startMs + DAY_MS };
      for (const [i, { symbol }] of sorted.entries()) {
        const rowCount = Math.round((rates[i] as number) * session.minutes);
        yield { key: `${day}~${symbol}`, rowCount, exact: false, time, values: { symbol } };
      }
    }
  }

  protected openBlock(table: TableDefinition, block: Block): { rowCount: number; fill: ChunkFiller } {
    const { inOrder, sorted, positions, dictionary, fillSymbols } = this.#openListings();
    if (block.time === undefined) {
      const firstRow = firstRowOf(block);
      return {
        rowCount: Math.min(block.rowCount, inOrder.length - firstRow),
        fill: (builder, start) => {
          fillSymbols(builder, firstRow + start);
        },
      };
    }
    const session = this.#calendar.sessionOn(dayOf(block.time.startMs)) as Session;
    const position = positions.get(String(block.values?.['symbol'])) as number;
    const listing = sorted[position] as ListedSymbol;
    const dictionaries = { symbols: dictionary, exchange: this.#exchanges };
    this.#days ??= new QuoteDays(this.config, this.#times);
    const quotes = this.#days.session(listing, session);
    const sizes = new RandomStream(this.config.seed, 'quotes', 'size', listing.symbol, session.day);
    return {
      rowCount: quotes.times.length,
      fill: quotesFiller(dictionaries, position, listing, session, quotes, sizes),
    };
  }

  #openListings(): Listings {
    return (this.#listings ??= new Listings(this.config));
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
