import { KeyedRandom } from '@datagen/core/random';
import { DailyDraws, RUN } from './daily-draws.ts';
import { LogVolatility } from './log-volatility.ts';
import { nightsFactor, OVERNIGHT_SHARE } from './overnight.ts';
import type { TradingDays } from '../../exchange/trading-days.ts';

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
  /** What a day's standard deviation is multiplied by for the gap before its session, of one night or more. */
  readonly gapScale: number[] = [];
  /** Memory for the draws of a run, for all who work out runs of days. */
  readonly draws = new DailyDraws();
  readonly #days: TradingDays;
  readonly #random: KeyedRandom;
  readonly #state: LogVolatility;
  readonly #logs = new Float64Array(RUN);
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

  /** Makes the days of runs 0 to `run`. */
  reach(run: number): void {
    while (this.gap.length < (run + 1) * RUN) this.#makeRun(this.gap.length);
  }

  #makeRun(first: number): void {
    const { draws, dailySd } = this;
    draws.draw(this.#random, this.#days, first);
    this.#state.next(draws, this.#logs);
    for (let i = 0; i < RUN; i++) {
      const x = this.#logs[i] as number;
      const sd = dailySd * Math.exp(x);
      const sessionSd = sd * Math.sqrt(1 - OVERNIGHT_SHARE);
      const gapScale = Math.sqrt(OVERNIGHT_SHARE * nightsFactor(this.#days.nightsBefore(first + i)));
      this.gap.push(sd * gapScale * (draws.gap[i] as number));
      this.session.push(sessionSd * (draws.session[i] as number) + DRIFT);
      this.logVolatility.push(x);
      this.sessionSd.push(sessionSd);
      this.gapScale.push(gapScale);
    }
  }
}
