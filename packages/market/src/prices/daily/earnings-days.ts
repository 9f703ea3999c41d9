import { KeyedRandom } from '@datagen/core/random';
import { MONDAY, weekdayOf } from '../../exchange/dates.ts';
import type { ExchangeCode } from '../../exchange/exchange-calendar.ts';
import type { TradingDays } from '../../exchange/trading-days.ts';

const { floor, max, min, round } = Math;

/** Trading days from the start of a quarter to the news of the one before, by company: most come in weeks 2 to 6. */
const MEAN_LAG = 19;
const LAG_SD = 5;
/** The year's results take longer. */
const YEAR_END_DAYS = 4;
/** Fiscal quarters of four companies in five end with those of the calendar; others a month or two later. */
const MONTH_DAYS = 21;
/** Of companies in New York, those that report after the close; others, and most in Frankfurt, before the open. */
const AFTER_CLOSE = { XNYS: 0.55, XETR: 0.15 } as const;

/** News of a company's quarter. */
export interface Earnings {
  /** The quarter, as `TradingDays` counts, behind the one that the news are of. */
  readonly quarter: number;
  /** The first session that knows them. */
  readonly index: number;
  /** The session they are told after; else they are told before the open of `index`. */
  readonly isAfterClose: boolean;
}

/** When a company tells its earnings: once a quarter, in season, at its own habitual time. */
export class EarningsDays {
  readonly #days: TradingDays;
  readonly #random: KeyedRandom;
  readonly #lag: number;
  readonly isAfterClose: boolean;
  /** Months that its fiscal quarters end after those of the calendar. */
  readonly monthsLate: number;
  /** In (0, 1): how long before the open or after the close its news come. */
  readonly habit: number;

  constructor(seed: number, symbol: string, exchange: ExchangeCode, days: TradingDays) {
    this.#days = days;
    this.#random = new KeyedRandom(seed, 'market', 'earnings day', symbol);
    const habits = new KeyedRandom('market', 'earnings habits', symbol);
    const u = habits.uniform(0, 0);
    this.monthsLate = u < 0.8 ? 0 : u < 0.92 ? 1 : 2;
    this.isAfterClose = habits.uniform(0, 1) < AFTER_CLOSE[exchange];
    this.habit = habits.uniform(0, 3);
    this.#lag =
      round(min(max(MEAN_LAG + LAG_SD * habits.normal(0, 2), 9), 34)) + MONTH_DAYS * this.monthsLate;
  }

  /** The news that come in a quarter or, of companies whose years end later, soon after it. */
  of(quarter: number): Earnings {
    const days = this.#days;
    const start = days.quarterIndex(quarter);
    const isYearEnd = (quarter + 1) % 4 === 0;
    let index =
      start + this.#lag + (isYearEnd ? YEAR_END_DAYS : 0) + floor(5 * this.#random.uniform(quarter)) - 2;
    // Nobody reports on a Friday evening.
    if (this.isAfterClose && weekdayOf(days.dayAt(index)) === MONDAY) index++;
    return { quarter, index, isAfterClose: this.isAfterClose };
  }

  /** The news that first count in the sessions from `first` to `last`. */
  between(first: number, last: number): Earnings[] {
    const found: Earnings[] = [];
    for (let quarter = this.#days.quarterAt(first) - 1; quarter <= this.#days.quarterAt(last); quarter++) {
      if (quarter < -1) continue;
      const news = this.of(quarter);
      if (news.index >= first && news.index <= last) found.push(news);
    }
    return found;
  }
}
