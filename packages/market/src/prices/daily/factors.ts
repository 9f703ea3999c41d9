import { KeyedRandom } from '@datagen/core/random';
import type { TradingDays } from '../../exchange/trading-days.ts';
import { CommonFactor } from './common-factor.ts';
import { LogVolatility } from './log-volatility.ts';

/** Drift of log prices per trading day: 5 % a year. */
const DRIFT = 0.05 / 252;

/**
 * Of the variance of a stock's return that is not the market's, the part that all stocks of its sector share. Sectors
 * that live on one price (of oil, of credit, of power) move most alike: two large banks correlate by .8, an average
 * pair by .34 (20 US stocks, 1990-2018).
 */
const SECTOR_SHARES: Readonly<Record<string, number>> = {
  Energy: 0.55,
  Utilities: 0.55,
  Financials: 0.5,
  'Real Estate': 0.45,
  Materials: 0.3,
  'Information Technology': 0.3,
  'Consumer Staples': 0.28,
  Industrials: 0.28,
  'Health Care': 0.22,
  'Communication Services': 0.2,
  'Consumer Discretionary': 0.2,
};

/** The returns that stocks have in common: the market's, and those of sectors. */
export class Factors {
  readonly market: CommonFactor;
  readonly #seed: number;
  readonly #days: TradingDays;
  readonly #sectors = new Map<string, CommonFactor>();

  /** `marketSd` is the standard deviation of the market's daily return. */
  constructor(seed: number, days: TradingDays, marketSd: number) {
    this.#seed = seed;
    this.#days = days;
    this.market = new CommonFactor(new KeyedRandom(seed, 'market', 'factor'), days, {
      dailySd: marketSd,
      drift: DRIFT,
      volatility: new LogVolatility([0.2, 0.22, 0.25, 0.28], 0.22, -0.4),
    });
  }

  /** The factor of a sector, of which a stock has a multiple: its daily standard deviation is 1. */
  sector(name: string): CommonFactor {
    const known = this.#sectors.get(name);
    if (known !== undefined) return known;
    const factor = new CommonFactor(new KeyedRandom(this.#seed, 'market', 'sector', name), this.#days, {
      dailySd: 1,
      drift: 0,
      volatility: new LogVolatility([0.15, 0.21, 0.27, 0.33], 0.22, -0.1),
      under: this.market,
    });
    this.#sectors.set(name, factor);
    return factor;
  }
}

/** See `SECTOR_SHARES`. */
export function sectorShare(sector: string): number {
  return SECTOR_SHARES[sector] ?? 0;
}
