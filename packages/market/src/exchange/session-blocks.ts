import {
  type Block,
  type BlockFilter,
  DAY_MS,
  dayOf,
  formatDay,
  type TimeRange,
} from '@datagen/core/generator';
import type { ExchangeCalendar, Session } from './exchange-calendar.ts';
import { checkWindow } from './trading-days.ts';

/** A day that an exchange trades on, with what its blocks have in common. */
export interface SessionDay {
  readonly session: Session;
  readonly day: number;
  /** `2026-01-05`: the key of a block of the whole day, or its beginning. */
  readonly key: string;
  readonly time: TimeRange;
}

/** The trading days of a window; refuses one in which there are no prices. */
export function* sessionDays(calendar: ExchangeCalendar, window: TimeRange): Generator<SessionDay> {
  checkWindow(window);
  for (let startMs = window.startMs; startMs < window.endMs; startMs += DAY_MS) {
    const day = dayOf(startMs);
    const session = calendar.sessionOn(day);
    if (session === undefined) continue;
    yield { session, day, key: formatDay(startMs), time: { startMs, endMs: startMs + DAY_MS } };
  }
}

/** The symbols whose blocks a caller wants: all of them, or one. */
export function wantedSymbols<S extends { readonly symbol: string }>(
  symbols: readonly S[],
  { values }: BlockFilter = {},
): readonly S[] {
  const wanted = values?.['symbol'];
  return wanted === undefined ? symbols : symbols.filter(({ symbol }) => symbol === wanted);
}

/** One symbol's block of a day. */
export function symbolBlock(
  { key, time }: SessionDay,
  symbol: string,
  rowCount: number,
  exact: boolean,
): Block {
  return { key: `${key}~${symbol}`, rowCount, exact, time, values: { symbol } };
}
