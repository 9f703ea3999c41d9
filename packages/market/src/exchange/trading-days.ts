import { countBelow } from '@datagen/core/generator';
import { quarterOf, yearOf } from './dates.ts';
import type { ExchangeCalendar } from './exchange-calendar.ts';

/** The trading days of an exchange from the first day of its calendar on, counted from 0; found when asked for. */
export class TradingDays {
  readonly #calendar: ExchangeCalendar;
  readonly #days: number[] = [];
  /** Their places among the days. */
  readonly #halfDays = new Set<number>();
  readonly #quarterStarts: number[] = [];
  /** Of each day. */
  readonly #quarters: number[] = [];
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

  /** Whether the session of an index is a short one. */
  isHalfDay(index: number): boolean {
    while (this.#days.length <= index) this.#extend();
    return this.#halfDays.has(index);
  }

  /** The days of the indexes from `first` on. */
  fill(target: Int32Array, first: number): void {
    while (this.#days.length < first + target.length) this.#extend();
    for (let i = 0; i < target.length; i++) target[i] = this.#days[first + i] as number;
  }

  /** The quarter, in the count of `quarterStart`, that the day of an index lies in; -1 for the first days. */
  quarterAt(index: number): number {
    while (this.#days.length <= index) this.#extend();
    return this.#quarters[index] as number;
  }

  /** `quarterStart`, and 0 for the quarter that the first days lie in. */
  quarterIndex(quarter: number): number {
    return quarter < 0 ? 0 : this.quarterStart(quarter);
  }

  /** The index of the first day of a quarter; quarters are counted from the second one of this calendar on. */
  quarterStart(quarter: number): number {
    while (this.#quarterStarts.length <= quarter) this.#extend();
    return this.#quarterStarts[quarter] as number;
  }

  #extend(): void {
    const day = this.#nextDay++;
    const session = this.#calendar.sessionOn(day);
    if (session === undefined) return;
    const quarter = (yearOf(day) - yearOf(this.#calendar.firstDay)) * 4 + quarterOf(day) - 1;
    if (quarter > (this.#quarters.at(-1) ?? quarter)) this.#quarterStarts.push(this.#days.length);
    this.#quarters.push(quarter);
    if (session.minutes < this.#calendar.wholeMinutes) this.#halfDays.add(this.#days.length);
    this.#days.push(day);
  }
}
