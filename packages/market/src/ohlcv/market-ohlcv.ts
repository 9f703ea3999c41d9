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
  type TimeRange,
} from '@datagen/core/generator';
import type { z } from 'zod';
import { aggregateBars } from './bars.ts';
import { checkMarketConfig, type Frequency, MarketOhlcvConfig } from '../market-config.ts';
import { exchangeCalendar, type Session } from '../exchange/exchange-calendar.ts';
import { Listings } from '../listings/listings.ts';
import { MinutePath } from '../prices/minutes/minute-path.ts';
import type { ListedSymbol } from '../listings/listed-symbol.ts';
import { corporateActionsFiller, corporateActionsTable } from './corporate-actions-table.ts';
import { minutesFiller, ohlcvFiller, ohlcvTable, type SymbolBars } from './ohlcv-table.ts';
import { symbolsTable } from '../listings/symbols-table.ts';
import { checkWindow } from '../exchange/trading-days.ts';

const MINUTES: Readonly<Record<Frequency, number>> = { '1m': 1, '5m': 5, '15m': 15, '1h': 60, '1d': 1440 };

/**
 * Bars of shares on a real trading calendar. Minutes are one block per day and symbol; longer bars, of which a day
 * has few, are one block per day, in the order of the tickers. Each split
 * is a block; to list them, the daily prices of all symbols are worked out.
 */
export class MarketOhlcvGenerator extends LegacyStreamingGenerator<MarketOhlcvConfig> {
  readonly name = 'market_ohlcv';
  readonly version = 1;
  readonly tables = [symbolsTable, ohlcvTable, corporateActionsTable];
  readonly #calendar;
  readonly #step: number;
  #listings: Listings | undefined;
  #path: MinutePath | undefined;

  constructor(config: MarketOhlcvConfig, chunkSize?: number) {
    super(config, chunkSize);
    checkMarketConfig(config);
    this.#calendar = exchangeCalendar(config.exchange);
    this.#step = MINUTES[config.frequency];
  }

  *blocks(table: TableDefinition, window: TimeRange): Generator<Block> {
    const { inOrder, sorted } = this.#openListings();
    if (table.name === 'symbols') {
      yield* rowBlocks(inOrder.length);
      return;
    }
    checkWindow(window);
    for (let startMs = window.startMs; startMs < window.endMs; startMs += DAY_MS) {
      const day = dayOf(startMs);
      const session = this.#calendar.sessionOn(day);
      if (session === undefined) continue;
      const key = formatDay(startMs);
      const time = { startMs, endMs: startMs + DAY_MS };
      if (table.name === 'corporate_actions') {
        if (!this.#startsQuarter(day)) continue;
        for (const listing of sorted) {
          if (this.#openPath().splitOn(listing, day) === undefined) continue;
          const { symbol } = listing;
          yield { key: `${key}~${symbol}`, rowCount: 1, exact: true, time, values: { symbol } };
        }
        continue;
      }
      const rowCount = Math.ceil(session.minutes / this.#step);
      if (this.#step > 1) {
        yield { key, rowCount: rowCount * sorted.length, exact: true, time };
        continue;
      }
      for (const { symbol } of sorted)
        yield { key: `${key}~${symbol}`, rowCount, exact: true, time, values: { symbol } };
    }
  }

  protected openBlock(table: TableDefinition, block: Block): { rowCount: number; fill: ChunkFiller } {
    const { inOrder, sorted, dictionary, positions, fillSymbols } = this.#openListings();
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
    const path = this.#openPath();
    const named = block.values?.['symbol'];
    const position = named === undefined ? undefined : (positions.get(String(named)) as number);
    if (table.name === 'corporate_actions') {
      const symbol = position as number;
      const split = path.splitOn(sorted[symbol] as ListedSymbol, session.day);
      const actions = split === undefined ? [] : [{ symbol, ratio: split.ratio }];
      return { rowCount: actions.length, fill: corporateActionsFiller(dictionary, session, actions) };
    }
    if (position !== undefined) {
      const listing = sorted[position] as ListedSymbol;
      return { rowCount: session.minutes, fill: minutesFiller(dictionary, position, listing, session, path) };
    }
    const bars: SymbolBars[] = [];
    let rowCount = 0;
    for (const [symbol, listing] of sorted.entries()) {
      const minutes = path.session(listing, session);
      const made = aggregateBars(minutes, this.#step);
      const { tickSize, shareFactor } = minutes;
      bars.push({ symbol, firstRow: rowCount, bars: made, tickSize, shareFactor });
      rowCount += made.open.length;
    }
    return { rowCount, fill: ohlcvFiller(dictionary, session, this.#step, bars) };
  }

  #openListings(): Listings {
    return (this.#listings ??= new Listings(this.config));
  }

  #openPath(): MinutePath {
    return (this.#path ??= new MinutePath(this.config));
  }

  /** Whether no day of the quarter before `day` trades: splits take effect on such days. */
  #startsQuarter(day: number): boolean {
    const date = new Date(day * DAY_MS);
    const first = dayOf(Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3) * 3, 1));
    for (let earlier = first; earlier < day; earlier++)
      if (this.#calendar.sessionOn(earlier) !== undefined) return false;
    return true;
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
