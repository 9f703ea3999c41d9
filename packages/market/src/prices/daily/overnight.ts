import type { TradingDays } from '../../exchange/trading-days.ts';

/** Part of a day's variance that falls between two sessions, on average (.25 Nasdaq composite, .37 SPY). */
export const OVERNIGHT_SHARE = 0.25;

/** Standard deviation of a half day's session over that of a whole one: the range of the S&P 500 is .49 (1999-2018). */
const HALF_DAY_SD = 0.5;

/** How much more variance a gap of several nights holds: two fifths of a night's for each further night. */
function nightsFactor(nights: number): number {
  // 1.16 is the mean over a plain week, so that the share holds on average.
  return (1 + 0.4 * (nights - 1)) / 1.16;
}

/** What the standard deviations of a day are multiplied by because of the calendar, by the index of the day. */
export class SessionScales {
  /** For the gap before the session, of one night or more. */
  readonly gap: number[] = [];
  /** For the session, which may be short. */
  readonly session: number[] = [];
  readonly #days: TradingDays;

  constructor(days: TradingDays) {
    this.#days = days;
  }

  /** Makes the days below the index `end`. */
  reach(end: number): void {
    for (let index = this.gap.length; index < end; index++) {
      this.gap.push(Math.sqrt(nightsFactor(this.#days.nightsBefore(index))));
      this.session.push(this.#days.isHalfDay(index) ? HALF_DAY_SD : 1);
    }
  }
}
