import {
  category,
  column,
  date,
  dayOf,
  decimal,
  defineTable,
  float64,
  instant,
  int32,
  int64,
  type OpenBlock,
  type TableSource,
  type TimeRange,
} from '@datagen/core/generator';
import type { ExchangeCalendar, Session } from '../exchange/exchange-calendar.ts';
import { pricedDays } from '../exchange/priced-days.ts';
import { PRICE_SCALE } from '../listings/price-units.ts';
import type { ListingAt, Listings } from '../listings/listings.ts';
import { symbolDayBlocks } from '../listings/symbol-days.ts';
import type { MinutePath } from '../prices/minutes/minute-path.ts';
import { aggregateBars } from './bars.ts';
import { fillBars, openColumns, type SymbolBars } from './fill-bars.ts';

const price = (name: string, doc: string) => column(name, decimal(12, PRICE_SCALE), doc);

const ohlcvTable = defineTable({
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

/** What bars are made of. */
export interface BarsModel {
  readonly calendar: ExchangeCalendar;
  readonly listings: Listings;
  readonly path: MinutePath;
}

/**
 * The table `ohlcv` with bars of `step` minutes. Minutes are one block per day and symbol; longer bars, of which a day
 * has few, are one block per day, in the order of the tickers.
 */
export function ohlcvSource(model: BarsModel, step: number): TableSource {
  const { calendar, listings } = model;
  const sessionOf = ({ time }: { time?: TimeRange }) =>
    calendar.sessionOn(dayOf((time as TimeRange).startMs)) as Session;
  if (step === 1) {
    const rows = { exact: true, rowCountOf: (_: unknown, { minutes }: Session) => minutes };
    return {
      table: ohlcvTable,
      blocks: (window, wanted) =>
        symbolDayBlocks(pricedDays(calendar, window, wanted?.from), listings, rows, wanted),
      open: (block) => openMinutes(model, sessionOf(block), listings.of(block)),
    };
  }
  return {
    table: ohlcvTable,
    *blocks(window, wanted) {
      for (const { key, time, session } of pricedDays(calendar, window, wanted?.from)) {
        const rowCount = Math.ceil(session.minutes / step) * listings.sorted.length;
        yield { key, rowCount, exact: true, time };
      }
    },
    open: (block) => openLongBars(model, sessionOf(block), step),
  };
}

/** The minutes of a session of one symbol, as the path holds them at the time of writing. */
function openMinutes(
  { listings: { dictionary }, path }: BarsModel,
  session: Session,
  { listing, position: symbol }: ListingAt,
): OpenBlock {
  return {
    rowCount: session.minutes,
    fill: (builder, start) => {
      const bars = path.session(listing, session);
      const { tickSize, shareFactor } = bars;
      const columns = openColumns(builder, dictionary, session);
      const minutes = { symbol, firstRow: 0, bars, tickSize, shareFactor };
      fillBars(columns, session, 1, minutes, start, start + builder.length);
    },
  };
}

/** The bars of a session of all symbols, symbol by symbol. */
function openLongBars({ listings, path }: BarsModel, session: Session, step: number): OpenBlock {
  const symbols: SymbolBars[] = [];
  let rowCount = 0;
  for (const [symbol, listing] of listings.sorted.entries()) {
    const minutes = path.session(listing, session);
    const bars = aggregateBars(minutes, step);
    const { tickSize, shareFactor } = minutes;
    symbols.push({ symbol, firstRow: rowCount, bars, tickSize, shareFactor });
    rowCount += bars.open.length;
  }
  return {
    rowCount,
    fill: (builder, start) => {
      const columns = openColumns(builder, listings.dictionary, session);
      for (const bars of symbols) fillBars(columns, session, step, bars, start, start + builder.length);
    },
  };
}
