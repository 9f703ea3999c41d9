import { KeyedRandom } from '@datagen/core';
import { LogVolatility } from './log-volatility.ts';
import { nightsFactor, OVERNIGHT_SHARE } from './overnight.ts';
import type { TradingDays } from './trading-days.ts';

/** Drift of log prices per trading day: 5 % a year. */
const DRIFT = 0.05 / 252;

/**
 * The return common to all stocks, by trading day: log-normal volatility of four time scales, normal given that
 * volatility. Days follow from the first one on, so they are the same for every window.
 */
export class MarketFactor {
  /** Log return between the sessions and within one, and the deviation of log volatility. */
  readonly gap: number[] = [];
  readonly session: number[] = [];
  readonly logVolatility: number[] = [];
  /** The standard deviation of the session's return, given the day's volatility. */
  readonly sessionSd: number[] = [];
  readonly #days: TradingDays;
  readonly #random: KeyedRandom;
  readonly #state: LogVolatility;
  /** Its daily standard deviation. */
  readonly dailySd: number;
  /** The variance of `logVolatility`. */
  readonly logVolatilityVariance: number;

  constructor(seed: number, days: TradingDays, dailySd: number) {
    this.#days = days;
    this.#random = new KeyedRandom(seed, 'market', 'factor');
    this.#state = new LogVolatility([0.2, 0.22, 0.25, 0.28], 0.22, -0.4);
    this.#state.start(this.#random);
    this.dailySd = dailySd;
    this.logVolatilityVariance = this.#state.variance;
  }

  /** Makes days 0 to `index`. */
  reach(index: number): void {
    for (let i = this.gap.length; i <= index; i++) {
      const day = this.#days.dayAt(i);
      const zGap = this.#random.normal(day, 0);
      const zSession = this.#random.normal(day, 1);
      const x = this.#state.next(this.#random, day, zGap, zSession);
      const sd = this.dailySd * Math.exp(x);
      const sessionSd = sd * Math.sqrt(1 - OVERNIGHT_SHARE);
      this.gap.push(sd * Math.sqrt(OVERNIGHT_SHARE * nightsFactor(this.#days.nightsBefore(i))) * zGap);
      this.session.push(sessionSd * zSession + DRIFT);
      this.logVolatility.push(x);
      this.sessionSd.push(sessionSd);
    }
  }
}
