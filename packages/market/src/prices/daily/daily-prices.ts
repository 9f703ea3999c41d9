import { BoundedCache, dayOf, parseDay } from '@datagen/core/generator';
import type { ExchangeCalendar } from '../../exchange/exchange-calendar.ts';
import { TradingDays } from '../../exchange/trading-days.ts';
import type { ListedSymbol } from '../../listings/listed-symbol.ts';
import { type MarketConfig, MOST_SYMBOLS } from '../../market-config.ts';
import { MarketFactor } from './market-factor.ts';
import { type HistorySettings, PriceHistory, type TradingDay } from './price-history.ts';
import type { Split } from './splits.ts';

const { max, sqrt } = Math;
const DAYS_PER_YEAR = 252;

/** The options that decide prices. */
export type PriceConfig = Pick<
  MarketConfig,
  'seed' | 'exchange' | 'priceAnchorDate' | 'volatility' | 'correlation'
>;

/**
 * The prices of all symbols by the day. Any day can be asked for in any order; a symbol's returns are worked out from
 * 2000 on when it is first asked for (about a millisecond for 25 years).
 */
export class DailyPrices {
  readonly #config: PriceConfig;
  readonly #days: TradingDays;
  readonly #histories = new BoundedCache<string, PriceHistory>(MOST_SYMBOLS);
  #settings: HistorySettings | undefined;

  constructor(config: PriceConfig, calendar: ExchangeCalendar) {
    this.#config = config;
    this.#days = new TradingDays(calendar);
  }

  /** What a trading day holds for a symbol. */
  on(symbol: ListedSymbol, day: number): TradingDay {
    return this.#historyOf(symbol).dayAt(this.#days.countBefore(day));
  }

  /** The split that a symbol's shares undergo before the open of a trading day, if any. */
  splitOn(symbol: ListedSymbol, day: number): Split | undefined {
    return this.#historyOf(symbol).splitOn(this.#days.countBefore(day));
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
      days: this.#days,
      factor: new MarketFactor(seed, this.#days, dailySd * sqrt(correlation)),
      ownSd: (volatility * sqrt(1 - correlation)) / sqrt(DAYS_PER_YEAR),
      anchorIndex: max(this.#days.countBefore(anchorDay + 1) - 1, 0),
    };
  }
}
