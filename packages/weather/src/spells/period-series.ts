import { BoundedCache } from '@datagen/core/generator';

/**
 * Days that are drawn together: a period. Periods count from 1970. A process with φ = 0.8 from day to day takes 93 steps
 * of burn-in for the 64 of a period, one with φ = 0.95 from hour to hour takes 404 for 1,536.
 */
export const PERIOD_DAYS = 64;

/** A day needs the days around it and looks back further, so that two periods are in use where they meet. */
const KEPT_PERIODS = 3;

/** The place of a day since 1970 in its period, from 0. */
export function dayInPeriod(day: number): number {
  return day - Math.floor(day / PERIOD_DAYS) * PERIOD_DAYS;
}

/** Numbers that are drawn a period at a time, of which the periods that were read last are kept. */
export class PeriodSeries {
  readonly #draw: (period: number) => Float64Array;
  readonly #periods = new BoundedCache<number, Float64Array>(KEPT_PERIODS);
  /** The period that was read last, which is nearly always the one that is read next. */
  #period = Number.NaN;
  #numbers: Float64Array = new Float64Array(0);

  constructor(draw: (period: number) => Float64Array) {
    this.#draw = draw;
  }

  /** The numbers of the period that a day since 1970 lies in. */
  around(day: number): Float64Array {
    const period = Math.floor(day / PERIOD_DAYS);
    if (period !== this.#period) {
      this.#numbers = this.#periods.get(period, () => this.#draw(period));
      this.#period = period;
    }
    return this.#numbers;
  }
}
