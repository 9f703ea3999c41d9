import {
  type BatchBuilder,
  category,
  type ChunkFiller,
  column,
  date,
  dayOf,
  decimal,
  type DecimalColumn,
  defineTable,
  float64,
  instant,
  int32,
  int64,
  type Int64Column,
  MINUTE_MS,
  type TableSource,
  type textDictionary,
} from '@datagen/core/generator';
import { aggregateBars, type Bars } from './bars.ts';
import type { ExchangeCalendar, Session } from '../exchange/exchange-calendar.ts';
import { sessionDays, symbolBlock, wantedSymbols } from '../exchange/session-blocks.ts';
import type { Listings } from '../listings/listings.ts';
import type { MinutePath } from '../prices/minutes/minute-path.ts';
import type { ListedSymbol } from '../listings/listed-symbols.ts';
import { PRICE_SCALE, PRICE_UNITS } from '../prices/price-units.ts';

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

/** What bars are made from. */
export interface BarsModel {
  readonly calendar: ExchangeCalendar;
  readonly listings: () => Listings;
  readonly path: () => MinutePath;
  /** Length of a bar in minutes; that of a day is at least as long as its session. */
  readonly step: number;
}

/**
 * The table `ohlcv`. Minutes are one block per day and symbol; longer bars, of which a day has few, are one block per
 * day, in the order of the tickers.
 */
export function ohlcvSource({ calendar, listings, path, step }: BarsModel): TableSource {
  return {
    table: ohlcvTable,
    *blocks(window, wanted) {
      const { sorted } = listings();
      for (const day of sessionDays(calendar, window)) {
        const barCount = Math.ceil(day.session.minutes / step);
        if (step > 1) {
          const { key, time } = day;
          yield { key, rowCount: barCount * sorted.length, exact: true, time };
        } else {
          for (const { symbol } of wantedSymbols(sorted, wanted))
            yield symbolBlock(day, symbol, barCount, true);
        }
      }
    },
    open({ time, values }) {
      const { dictionary, positions, sorted } = listings();
      const session = calendar.sessionOn(dayOf(time?.startMs ?? 0)) as Session;
      const named = values?.['symbol'];
      if (named !== undefined) {
        const position = positions.get(String(named)) as number;
        const listing = sorted[position] as ListedSymbol;
        return {
          rowCount: session.minutes,
          fill: minutesFiller(dictionary, position, listing, session, path()),
        };
      }
      const bars: SymbolBars[] = [];
      let rowCount = 0;
      for (const [symbol, listing] of sorted.entries()) {
        const minutes = path().session(listing, session);
        const made = aggregateBars(minutes, step);
        const { tickSize, shareFactor } = minutes;
        bars.push({ symbol, firstRow: rowCount, bars: made, tickSize, shareFactor });
        rowCount += made.open.length;
      }
      return { rowCount, fill: ohlcvFiller(dictionary, session, step, bars) };
    },
  };
}

/** The bars of one symbol in a block, from its row `firstRow` on. */
interface SymbolBars {
  /** Position in the dictionary. */
  readonly symbol: number;
  readonly firstRow: number;
  readonly bars: Bars;
  readonly tickSize: number;
  readonly shareFactor: number;
}

/** Writes the bars of one session, symbol by symbol; `step` is their length in minutes. */
function ohlcvFiller(
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
function minutesFiller(
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
