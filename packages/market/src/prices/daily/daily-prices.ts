import { BoundedCache, dayOf, parseDay } from '@datagen/core/generator';
import type { ExchangeCalendar } from '../../exchange/exchange-calendar.ts';
import { TradingDays } from '../../exchange/trading-days.ts';
import type { ListedSymbol } from '../../listings/listed-symbol.ts';
import { hasPricedLots, lotMonth, roundLot } from '../../listings/round-lots.ts';
import { type MarketConfig, MOST_SYMBOLS } from '../../market-config.ts';
import { type CompanyCalendar, companyCalendar } from './company-calendar.ts';
import { RUN } from './daily-draws.ts';
import { Factors } from './factors.ts';
import { type HistorySettings, PriceHistory, type TradingDay } from './price-history.ts';
import type { Split } from './splits.ts';

const { max, sqrt } = Math;
const DAYS_PER_YEAR = 252;

/** The options that decide prices. */
export type PriceConfig = Pick<
  MarketConfig,
  'seed' | 'exchange' | 'priceAnchorDate' | 'volatility' | 'correlation'
>;

/** What a day holds for the index of the market; returns are log returns. */
export type IndexDay = Pick<TradingDay, 'gap' | 'sessionReturn' | 'sessionSd'> & {
  /** At the close before. */
  readonly previousLevel: number;
};

/** Points of the index at the close of the anchor date. */
const INDEX_AT_ANCHOR = 1_000;

/**
 * The prices of all symbols by the day. Any day can be asked for in any order; a symbol's returns are worked out from
 * 2000 on when it is first asked for (about a millisecond for 25 years).
 */
export class DailyPrices {
  readonly #config: PriceConfig;
  /** The days of the exchange, which indexes count. */
  readonly days: TradingDays;
  readonly #calendars = new BoundedCache<string, CompanyCalendar>(MOST_SYMBOLS);
  readonly #histories = new BoundedCache<string, PriceHistory>(MOST_SYMBOLS);
  #settings: HistorySettings | undefined;

  constructor(config: PriceConfig, calendar: ExchangeCalendar) {
    this.#config = config;
    this.days = new TradingDays(calendar);
  }

  /** What a trading day holds for a symbol. */
  on(symbol: ListedSymbol, day: number): TradingDay {
    return this.#historyOf(symbol).dayAt(this.days.countBefore(day));
  }

  /** The split that a symbol's shares undergo before the open of a trading day, if any. */
  splitOn(symbol: ListedSymbol, day: number): Split | undefined {
    return this.#historyOf(symbol).splitOn(this.days.countBefore(day));
  }

  /** What a company announces, and when; its prices are not worked out for it. */
  calendarOf(symbol: ListedSymbol): CompanyCalendar {
    return this.#calendars.get(symbol.symbol, () => companyCalendar(this.#config.seed, symbol, this.days));
  }

  /** The dividend in units of the currency that a share first lacks on a trading day, if it does. */
  dividendOn(symbol: ListedSymbol, day: number): number | undefined {
    return this.#historyOf(symbol).dividendOn(this.days.countBefore(day));
  }

  /** What a trading day holds for the index of the market, which is at 1,000 at the close of the anchor date. */
  indexOn(day: number): IndexDay {
    const { factors, anchorIndex } = (this.#settings ??= this.#makeSettings());
    const { market } = factors;
    const index = this.days.countBefore(day);
    market.reach(Math.floor(max(index, anchorIndex) / RUN));
    const gap = market.gap[index] as number;
    const sessionReturn = market.session[index] as number;
    const logLevel = (market.logLevel[index] as number) - gap - sessionReturn;
    return {
      previousLevel: INDEX_AT_ANCHOR * Math.exp(logLevel - (market.logLevel[anchorIndex] as number)),
      gap,
      sessionReturn,
      sessionSd: market.sessionSd[index] as number,
    };
  }

  /** Shares of a round lot of a symbol on a trading day. */
  roundLotOn(symbol: ListedSymbol, day: number): number {
    const { exchange } = symbol;
    if (!hasPricedLots(exchange, day)) return roundLot(exchange, day, symbol.basePrice);
    const [first, end] = lotMonth(day);
    const mean = this.#historyOf(symbol).meanClose(this.days.countBefore(first), this.days.countBefore(end));
    return roundLot(exchange, day, mean);
  }

  #historyOf(symbol: ListedSymbol): PriceHistory {
    return this.#histories.get(
      symbol.symbol,
      () => new PriceHistory((this.#settings ??= this.#makeSettings()), symbol),
    );
  }

  /** Made when the first symbol is asked for: the days up to the anchor take some milliseconds. */
  #makeSettings(): HistorySettings {
    const { seed, volatility, correlation, priceAnchorDate } = this.#config;
    const dailySd = volatility / sqrt(DAYS_PER_YEAR);
    const anchorDay = dayOf(parseDay(priceAnchorDate, 'priceAnchorDate'));
    return {
      seed,
      days: this.days,
      factors: new Factors(seed, this.days, dailySd * sqrt(correlation)),
      ownSd: (volatility * sqrt(1 - correlation)) / sqrt(DAYS_PER_YEAR),
      anchorIndex: max(this.days.countBefore(anchorDay + 1) - 1, 0),
    };
  }
}
