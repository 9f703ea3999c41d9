import type { KeyedRandom } from '@datagen/core/random';
import { DailyDraws, RUN } from './daily-draws.ts';
import type { LogVolatility } from './log-volatility.ts';
import { OVERNIGHT_SHARE, SessionScales } from './overnight.ts';
import type { TradingDays } from '../../exchange/trading-days.ts';

const { exp, sqrt } = Math;

/** How a factor moves. */
export interface FactorLaw {
  /** Standard deviation of its daily return. */
  readonly dailySd: number;
  /** Mean of its daily log return. */
  readonly drift: number;
  readonly volatility: LogVolatility;
  /** The factor whose nervous days are half this one's, too: the market's, for a sector. */
  readonly under?: CommonFactor;
}

/**
 * A return that many stocks have in common, by trading day: log-normal volatility of four time scales, normal given
 * that volatility. Days follow from the first one on, so they are the same for every window.
 */
export class CommonFactor {
  /** Log return between the sessions and within one, and the deviation of log volatility. */
  readonly gap: number[] = [];
  readonly session: number[] = [];
  /** The sum of the returns up to the close. */
  readonly logLevel: number[] = [];
  readonly logVolatility: number[] = [];
  /** The standard deviation of the session's return, given the day's volatility. */
  readonly sessionSd: number[] = [];
  /** Its daily standard deviation. */
  readonly dailySd: number;
  /** The variance of `logVolatility`. */
  readonly logVolatilityVariance: number;
  /** What gaps and sessions of a day are scaled by, for all who work out runs of days. */
  readonly scales: SessionScales;
  /** Memory for the draws of a run, for all who work out runs of days. */
  readonly draws: DailyDraws;
  readonly #days: TradingDays;
  readonly #random: KeyedRandom;
  readonly #law: FactorLaw;
  readonly #logs = new Float64Array(RUN);

  constructor(random: KeyedRandom, days: TradingDays, law: FactorLaw) {
    this.#days = days;
    this.#random = random;
    this.#law = law;
    this.dailySd = law.dailySd;
    this.scales = law.under?.scales ?? new SessionScales(days);
    this.draws = law.under?.draws ?? new DailyDraws();
    law.volatility.start(random);
    this.logVolatilityVariance = law.volatility.variance;
  }

  /** Makes the days of runs 0 to `run`. */
  reach(run: number): void {
    while (this.gap.length < (run + 1) * RUN) this.#makeRun(this.gap.length);
  }

  #makeRun(first: number): void {
    const { under, volatility, drift } = this.#law;
    under?.reach(first / RUN);
    this.scales.reach(first + RUN);
    const { draws, scales } = this;
    draws.draw(this.#random, this.#days, first);
    volatility.next(draws, this.#logs);
    // The constant keeps the mean variance.
    const dailySd = under === undefined ? this.dailySd : this.dailySd * exp(under.logVolatilityVariance / 4);
    for (let i = 0; i < RUN; i++) {
      const index = first + i;
      const x = (this.#logs[i] as number) + 0.5 * (under?.logVolatility[index] ?? 0);
      const sd = dailySd * exp(x);
      const sessionSd = sd * sqrt(1 - OVERNIGHT_SHARE) * (scales.session[index] as number);
      const gapSd = sd * sqrt(OVERNIGHT_SHARE) * (scales.gap[index] as number);
      const gap = gapSd * (draws.gap[i] as number);
      const session = sessionSd * (draws.session[i] as number) + drift;
      this.gap.push(gap);
      this.session.push(session);
      this.logLevel.push((this.logLevel.at(-1) ?? 0) + gap + session);
      this.logVolatility.push(x);
      this.sessionSd.push(sessionSd);
    }
  }
}
