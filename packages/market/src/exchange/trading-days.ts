import { countBelow } from '@datagen/core/generator';
import { quarterOf } from './dates.ts';
import type { ExchangeCalendar } from './exchange-calendar.ts';

/** The trading days of an exchange from the first day of its calendar on, counted from 0; found when asked for. */
export class TradingDays {
  readonly #calendar: ExchangeCalendar;
  readonly #days: number[] = [];
  readonly #quarterStarts: number[] = [];
  /** The first calendar day that has not been looked at. */
  #nextDay: number;

  constructor(calendar: ExchangeCalendar) {
    this.#calendar = calendar;
    this.#nextDay = calendar.firstDay;
  }

  /** The day of an index. */
  dayAt(index: number): number {
    while (this.#days.length <= index) this.#extend();
    return this.#days[index] as number;
  }

  /** The number of trading days before `day`; that of a trading day is its index. */
  countBefore(day: number): number {
    while (this.#nextDay < day) this.#extend();
    return countBelow(this.#days, day);
  }

  /** Nights since the session before: 1 on most days, 3 over a weekend. */
  nightsBefore(index: number): number {
    return index === 0 ? 1 : this.dayAt(index) - this.dayAt(index - 1);
  }

  /** The days of the indexes from `first` on. */
  fill(target: Int32Array, first: number): void {
    while (this.#days.length < first + target.length) this.#extend();
    for (let i = 0; i < target.length; i++) target[i] = this.#days[first + i] as number;
  }

  /** The index of the first day of a quarter; quarters are counted from the first one that begins in this calendar. */
  quarterStart(quarter: number): number {
    while (this.#quarterStarts.length <= quarter) this.#extend();
    return this.#quarterStarts[quarter] as number;
  }

  #extend(): void {
    const day = this.#nextDay++;
    if (this.#calendar.sessionOn(day) === undefined) return;
    const before = this.#days.at(-1);
    if (before !== undefined && quarterOf(before) !== quarterOf(day))
      this.#quarterStarts.push(this.#days.length);
    this.#days.push(day);
  }
}
