import {
  type BatchBuilder,
  type DecimalColumn,
  type Int64Column,
  MINUTE_MS,
  type textDictionary,
} from '@datagen/core/generator';
import type { Session } from '../exchange/exchange-calendar.ts';
import { PRICE_UNITS } from '../listings/price-units.ts';
import type { Bars } from './bars.ts';

/** The bars of one symbol in a block, from its row `firstRow` on. */
export interface SymbolBars {
  /** Position in the dictionary. */
  readonly symbol: number;
  readonly firstRow: number;
  readonly bars: Bars;
  readonly tickSize: number;
  readonly shareFactor: number;
}

type Columns = ReturnType<typeof openColumns>;

/** The columns of a batch of `ohlcv`; fills the one that all rows of a session share. */
export function openColumns(
  builder: BatchBuilder,
  dictionary: ReturnType<typeof textDictionary>,
  session: Session,
) {
  builder.date('trade_date').values.fill(session.day);
  return {
    symbol: builder.dictionary('symbol', dictionary).indexes,
    ts: builder.int64('ts'),
    open: builder.decimal('open'),
    high: builder.decimal('high'),
    low: builder.decimal('low'),
    close: builder.decimal('close'),
    volume: builder.int64('volume'),
    vwap: builder.decimal('vwap'),
    tradeCount: builder.int32('trade_count').values,
    factor: builder.float64('adjustment_factor').values,
  };
}

/**
 * Writes those bars of a symbol that lie in rows `start` to `end - 1` of the block; `step` is their length in minutes.
 */
export function fillBars(
  columns: Columns,
  session: Session,
  step: number,
  { symbol, firstRow, bars, tickSize, shareFactor }: SymbolBars,
  start: number,
  end: number,
): void {
  const from = Math.max(start - firstRow, 0);
  const to = Math.min(end - firstRow, bars.open.length);
  if (from >= to) return;
  const row = firstRow + from - start;
  const units = Math.round(tickSize * PRICE_UNITS);
  columns.symbol.fill(symbol, row, row + to - from);
  columns.factor.fill(shareFactor, row, row + to - from);
  columns.tradeCount.set(bars.tradeCount.subarray(from, to), row);
  fillTimes(columns.ts, row, session.openMs * 1000, step * MINUTE_MS * 1000, from, to);
  fillDecimals(columns.open, row, bars.open, units, from, to);
  fillDecimals(columns.high, row, bars.high, units, from, to);
  fillDecimals(columns.low, row, bars.low, units, from, to);
  fillDecimals(columns.close, row, bars.close, units, from, to);
  columns.vwap.setIntegers(row, bars.vwap, from, to);
  fillIntegers(columns.volume, row, bars.volume, from, to);
}

// One short loop for each kind of column: it serves all columns of that kind, and is compiled once.

function fillTimes(
  column: Int64Column,
  row: number,
  first: number,
  step: number,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) column.set(row++, first + i * step);
}

function fillDecimals(
  column: DecimalColumn,
  row: number,
  values: Int32Array,
  units: number,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) column.set(row++, (values[i] as number) * units);
}

function fillIntegers(
  column: Int64Column,
  row: number,
  values: ArrayLike<number>,
  from: number,
  to: number,
): void {
  for (let i = from; i < to; i++) column.set(row++, values[i] as number);
}
