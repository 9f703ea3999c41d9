import {
  type Block,
  type ChunkFiller,
  DatagenError,
  type DatasetGenerator,
  DAY_MS,
  dayOf,
  definePlugin,
  firstRowOf,
  formatDay,
  parseOptions,
  RandomStream,
  rowBlocks,
  StreamingGenerator,
  type TableDefinition,
  textDictionary,
  type TimeRange,
} from '@datagen/core';
import type { z } from 'zod';
import { checkMarketConfig } from './config.ts';
import { exchangeCalendar, type Session } from './exchange-calendar.ts';
import { MarketQuotesConfig } from './quote-config.ts';
import { QuoteDays } from './quote-day.ts';
import { QuoteTimes } from './quote-times.ts';
import { type ListedSymbol, listedSymbols } from './symbols.ts';
import { type QuoteDictionaries, quotesFiller, quotesTable } from './tables/quotes.ts';
import { symbolsFiller, symbolsTable } from './tables/symbols.ts';
import { FIRST_DAY } from './trading-days.ts';

/**
 * Best bids and asks of shares, one block per day and symbol. They follow the minutes of `market_ohlcv`: with equal
 * options the last quote of a minute lies around the close of its bar.
 */
export class MarketQuotesGenerator extends StreamingGenerator<MarketQuotesConfig> {
  readonly name = 'market_quotes';
  readonly version = 1;
  readonly tables = [symbolsTable, quotesTable];
  readonly #calendar;
  readonly #times: QuoteTimes;
  #listings: Listings | undefined;
  #days: QuoteDays | undefined;

  constructor(config: MarketQuotesConfig, chunkSize?: number) {
    super(config, chunkSize);
    checkMarketConfig(config);
    this.#calendar = exchangeCalendar(config.exchange);
    this.#times = new QuoteTimes(config);
  }

  *blocks(table: TableDefinition, window: TimeRange): Generator<Block> {
    const { inOrder, sorted } = this.#openListings();
    if (table.name === 'symbols') {
      yield* rowBlocks(inOrder.length);
      return;
    }
    checkWindow(window);
    for (let startMs = window.startMs; startMs < window.endMs; startMs += DAY_MS) {
      const session = this.#calendar.sessionOn(dayOf(startMs));
      if (session === undefined) continue;
      const day = formatDay(startMs);
      const time = { startMs, endMs: startMs + DAY_MS };
      for (const { symbol, quotesPerMinute } of sorted) {
        const rowCount = Math.round(quotesPerMinute * session.minutes);
        yield { key: `${day}~${symbol}`, rowCount, exact: false, time, values: { symbol } };
      }
    }
  }

  protected openBlock(table: TableDefinition, block: Block): { rowCount: number; fill: ChunkFiller } {
    const { inOrder, sorted, positions, dictionaries, fillSymbols } = this.#openListings();
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
    const { symbol, listing } = sorted[position] as QuotedSymbol;
    this.#days ??= new QuoteDays(this.config, this.#times);
    const quotes = this.#days.session(listing, session);
    const sizes = new RandomStream(this.config.seed, 'quotes', 'size', symbol, session.day);
    return {
      rowCount: quotes.times.length,
      fill: quotesFiller(dictionaries, position, listing, session, quotes, sizes),
    };
  }

  #openListings(): Listings {
    return (this.#listings ??= new Listings(this.config, this.#times));
  }
}

interface QuotedSymbol {
  readonly symbol: string;
  readonly listing: ListedSymbol;
  readonly quotesPerMinute: number;
}

/** The listings in the order of the options, for `symbols`, and by ticker as text sorts, for blocks. */
class Listings {
  readonly inOrder: readonly ListedSymbol[];
  readonly sorted: readonly QuotedSymbol[];
  readonly positions: ReadonlyMap<string, number>;
  readonly dictionaries: QuoteDictionaries;
  readonly fillSymbols: ChunkFiller;

  constructor(config: MarketQuotesConfig, times: QuoteTimes) {
    this.inOrder = listedSymbols(config);
    this.sorted = [...this.inOrder]
      .sort((a, b) => (a.symbol < b.symbol ? -1 : 1))
      .map((listing) => {
        const { symbol } = listing;
        return { symbol, listing, quotesPerMinute: times.quotesPerMinute(symbol) };
      });
    this.positions = new Map(this.sorted.map(({ symbol }, i) => [symbol, i]));
    this.dictionaries = {
      symbols: textDictionary(this.sorted.map(({ symbol }) => symbol)),
      exchange: textDictionary([config.exchange]),
    };
    this.fillSymbols = symbolsFiller(this.inOrder);
  }
}

function checkWindow({ startMs }: TimeRange): void {
  if (dayOf(startMs) >= FIRST_DAY) return;
  throw new DatagenError(
    'INVALID_OPTION',
    `Expected a start date on or after ${formatDay(FIRST_DAY * DAY_MS)}, where prices begin, got ${formatDay(startMs)}.`,
    { details: { option: 'startDate' } },
  );
}

/** A generator of listings and quotes; refuses options that make no sense. */
export function marketQuotes(options: z.input<typeof MarketQuotesConfig> = {}): DatasetGenerator {
  return new MarketQuotesGenerator(parseOptions(MarketQuotesConfig, options, 'generator "market_quotes"'));
}

export const marketQuotesPlugin = definePlugin({
  kind: 'generator',
  name: 'market_quotes',
  description: 'Shares on an exchange: listings, and best bids and asks to the microsecond',
  options: MarketQuotesConfig,
  module: import.meta.url,
  export: 'marketQuotesPlugin',
  create: (options) => new MarketQuotesGenerator(options),
});
