import { DatagenError, DAY_MS, dayOf, formatDay, type TimeRange } from '@datagen/core/generator';
import type { ExchangeCalendar } from './exchange-calendar.ts';

/** Prices of all symbols begin here: a history of decades for every window to come. */
export const FIRST_DAY = dayOf(Date.UTC(2000, 0, 1));

/** The trading days of an exchange from 2000 on, counted from 0. */
export class TradingDays {
  readonly #calendar: ExchangeCalendar;
  readonly #days: number[] = [];
  readonly #indexes: number[] = [];
  readonly #quarterStarts: number[] = [];

  constructor(calendar: ExchangeCalendar) {
    this.#calendar = calendar;
  }

  /** The day of an index. */
  dayAt(index: number): number {
    while (this.#days.length <= index) this.#extend();
    return this.#days[index] as number;
  }

  /** The number of trading days before `day`; that of a trading day is its index. */
  countBefore(day: number): number {
    if (day < FIRST_DAY) {
      throw new DatagenError(
        'INVALID_OPTION',
        `Expected days from ${formatDay(FIRST_DAY * DAY_MS)} on, where prices begin, got ${formatDay(day * DAY_MS)}.`,
      );
    }
    while (FIRST_DAY + this.#indexes.length <= day) this.#extend();
    return this.#indexes[day - FIRST_DAY] as number;
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
    const day = FIRST_DAY + this.#indexes.length;
    this.#indexes.push(this.#days.length);
    if (this.#calendar.sessionOn(day) === undefined) return;
    const before = this.#days.at(-1);
    if (before !== undefined && quarterOf(before) !== quarterOf(day))
      this.#quarterStarts.push(this.#days.length);
    this.#days.push(day);
  }
}

function quarterOf(day: number): number {
  return Math.floor(new Date(day * DAY_MS).getUTCMonth() / 3);
}

/** Refuses a window that begins before prices do. */
export function checkWindow({ startMs }: TimeRange): void {
  if (dayOf(startMs) >= FIRST_DAY) return;
  throw new DatagenError(
    'INVALID_OPTION',
    `Expected a start date on or after ${formatDay(FIRST_DAY * DAY_MS)}, where prices begin, got ${formatDay(startMs)}.`,
    { details: { option: 'startDate' } },
  );
}
