import {
  category,
  type ChunkFiller,
  column,
  date,
  decimal,
  defineTable,
  float64,
  instant,
  int32,
  int64,
  MINUTE_MS,
  type textDictionary,
} from '@datagen/core';
import type { Bars } from '../bars.ts';
import type { Session } from '../exchange-calendar.ts';
import { PRICE_SCALE, PRICE_UNITS } from './symbols.ts';

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
  const openMicros = session.openMs * 1000;
  const stepMicros = step * MINUTE_MS * 1000;
  return (builder, start) => {
    const symbolIndexes = builder.dictionary('symbol', dictionary).indexes;
    const ts = builder.int64('ts');
    builder.date('trade_date').values.fill(session.day);
    const [open, high] = [builder.decimal('open'), builder.decimal('high')];
    const [low, close] = [builder.decimal('low'), builder.decimal('close')];
    const volume = builder.int64('volume');
    const vwap = builder.decimal('vwap');
    const tradeCount = builder.int32('trade_count').values;
    const factor = builder.float64('adjustment_factor').values;
    const end = start + builder.length;
    for (const { symbol, firstRow, bars, tickSize, shareFactor } of symbols) {
      const from = Math.max(start - firstRow, 0);
      const to = Math.min(end - firstRow, bars.open.length);
      const units = Math.round(tickSize * PRICE_UNITS);
      for (let i = from; i < to; i++) {
        const row = firstRow + i - start;
        symbolIndexes[row] = symbol;
        ts.set(row, openMicros + i * stepMicros);
        open.set(row, (bars.open[i] as number) * units);
        high.set(row, (bars.high[i] as number) * units);
        low.set(row, (bars.low[i] as number) * units);
        close.set(row, (bars.close[i] as number) * units);
        volume.set(row, bars.volume[i] as number);
        vwap.set(row, bars.vwap[i] as number);
        tradeCount[row] = bars.tradeCount[i] as number;
        factor[row] = shareFactor;
      }
    }
  };
}
