import {
  type BatchBuilder,
  category,
  type ChunkFiller,
  column,
  date,
  decimal,
  type DecimalColumn,
  defineTable,
  float64,
  instant,
  int32,
  int64,
  type Int64Column,
  MINUTE_MS,
  type textDictionary,
} from '@datagen/core/generator';
import type { Bars } from './bars.ts';
import type { Session } from '../exchange/exchange-calendar.ts';
import type { MinutePath } from '../prices/minutes/minute-path.ts';
import type { ListedSymbol } from '../listings/listed-symbol.ts';
import { PRICE_SCALE, PRICE_UNITS } from '../listings/symbols-table.ts';

const price = (name: string, doc: string) => column(name, decimal(12, PRICE_SCALE), doc);

export const ohlcvTable = defineTable({
  name: 'ohlcv',
  description: 'What a share did in one span of time during regular trading hours.',
  primaryKey: ['symbol', 'ts'],
  foreignKeys: [{ columns: ['symbol'], table: 'symbols', references: ['symbol'] }],
  timeColumn: 'ts',
  sortedBy: ['trade_date', 'symbol', 'ts'],
  columns: [
    column('symbol', category(), 'Ticker'),
    column('ts', instant(), 'Start of the bar, UTC'),
    column('trade_date', date(), 'Date of the session at the exchange'),
    price('open', 'First price; within a session the close of the bar before'),
    price('high', 'Highest price'),
    price('low', 'Lowest price'),
    price('close', 'Last price'),
    column('volume', int64(), 'Shares traded, at least 1'),
    price('vwap', 'Mean price of the shares traded'),
    column('trade_count', int32(), 'Number of trades, at least 1'),
    column(
      'adjustment_factor',
      float64(),
      'What prices are multiplied by, and volume divided by, to be in shares of `priceAnchorDate`; 1 where no split lies between',
    ),
  ],
});

/** The bars of one symbol in a block, from its row `firstRow` on. */
export interface SymbolBars {
  /** Position in the dictionary. */
  readonly symbol: number;
  readonly firstRow: number;
  readonly bars: Bars;
  readonly tickSize: number;
  readonly shareFactor: number;
}

/** Writes the bars of one session, symbol by symbol; `step` is their length in minutes. */
export function ohlcvFiller(
  dictionary: ReturnType<typeof textDictionary>,
  session: Session,
  step: number,
  symbols: readonly SymbolBars[],
): ChunkFiller {
  return (builder, start) => {
    const columns = openColumns(builder, dictionary, session);
    for (const bars of symbols) fillBars(columns, session, step, bars, start, start + builder.length);
  };
}

/** Writes the minutes of one session of one symbol, as `path` holds them at the time of writing. */
export function minutesFiller(
  dictionary: ReturnType<typeof textDictionary>,
  symbol: number,
  listing: ListedSymbol,
  session: Session,
  path: MinutePath,
): ChunkFiller {
  return (builder, start) => {
    const bars = path.session(listing, session);
    const { tickSize, shareFactor } = bars;
    const columns = openColumns(builder, dictionary, session);
    const minutes = { symbol, firstRow: 0, bars, tickSize, shareFactor };
    fillBars(columns, session, 1, minutes, start, start + builder.length);
  };
}

type Columns = ReturnType<typeof openColumns>;

function openColumns(builder: BatchBuilder, dictionary: ReturnType<typeof textDictionary>, session: Session) {
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

/** Writes those bars of a symbol that lie in rows `start` to `end - 1` of the block. */
function fillBars(
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
