import { KeyedRandom } from '@datagen/core/random';
import type { ExchangeCode } from '../../exchange/exchange-calendar.ts';
import type { TradingDays } from '../../exchange/trading-days.ts';

const { exp, floor, log, min } = Math;

/** Yearly dividend over price of those that pay, and the share of companies that do, by sector: what index members do. */
const PAYERS: Readonly<Record<string, readonly [share: number, dividendYield: number]>> = {
  Utilities: [0.97, 0.033],
  'Real Estate': [0.95, 0.036],
  'Consumer Staples': [0.9, 0.027],
  Energy: [0.88, 0.033],
  Financials: [0.88, 0.025],
  Materials: [0.85, 0.02],
  Industrials: [0.78, 0.015],
  'Health Care': [0.55, 0.016],
  'Consumer Discretionary': [0.55, 0.018],
  'Communication Services': [0.5, 0.022],
  'Information Technology': [0.5, 0.011],
};
/** Of the logarithm of yields within a sector. */
const YIELD_SD = 0.35;
/** A share that lost more than this since its dividend was set has it cut: the most that a price falls by it. */
const MOST_OVER_YIELD = 2.5;
/** The ex-day lies so many trading days after the start of a quarter, by company. */
const FIRST_EX_DAY = 5;
const EX_DAYS = 50;

/**
 * When a company's shares trade without their next dividend, and how much of the price it is. In New York they pay
 * each quarter, in Frankfurt each spring, after the general meeting.
 */
export class Dividends {
  /** Of the price, per year; 0 of a company that pays none. */
  readonly dividendYield: number;
  readonly paymentsPerYear: number;
  /** In (0, 1): how long the company takes from one date of a dividend to the next. */
  readonly habit: number;
  readonly #days: TradingDays;
  readonly #offset: number;

  constructor(symbol: string, sector: string, exchange: ExchangeCode, days: TradingDays) {
    this.#days = days;
    const habits = new KeyedRandom('market', 'dividends', symbol);
    const [share, usual] = PAYERS[sector] ?? [0, 0];
    const pays = habits.uniform(0, 0) < share;
    this.dividendYield = pays ? usual * exp(YIELD_SD * habits.normal(0, 1) - 0.5 * YIELD_SD * YIELD_SD) : 0;
    this.paymentsPerYear = exchange === 'XETR' ? 1 : 4;
    this.habit = habits.uniform(0, 3);
    this.#offset = FIRST_EX_DAY + floor(EX_DAYS * habits.uniform(0, 2));
  }

  /** The index of the first session without a quarter's dividend; undefined where none is paid. */
  exIndexOf(quarter: number): number | undefined {
    const pays = this.dividendYield > 0 && quarter >= 0 && (this.paymentsPerYear === 4 || isSpring(quarter));
    return pays ? this.#days.quarterStart(quarter) + this.#offset : undefined;
  }

  /** The quarter, as `TradingDays` counts, whose dividend the shares first lack in a session, if they do. */
  exQuarter(index: number): number | undefined {
    const quarter = this.#days.quarterAt(index);
    return this.exIndexOf(quarter) === index ? quarter : undefined;
  }

  /**
   * The part of a price that the dividend is. A year's dividend is set before it begins, from the price of then: `fall`
   * is how far the logarithm of the price has fallen since.
   */
  partOfPrice(fall: number): number {
    return (this.dividendYield / this.paymentsPerYear) * min(exp(fall), MOST_OVER_YIELD);
  }

  /** What the logarithm of a price loses with a dividend that is a part of it. */
  static loss(part: number): number {
    return -log(1 - part);
  }
}

/** Quarters are counted from a second one on. */
function isSpring(quarter: number): boolean {
  return quarter % 4 === 0;
}
