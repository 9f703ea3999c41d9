import {
  category,
  column,
  date,
  dayOf,
  decimal,
  defineTable,
  instant,
  int64,
  MINUTE_MS,
  type TableSource,
  textDictionary,
  type TimeRange,
} from '@datagen/core/generator';
import type { Session } from '../exchange/exchange-calendar.ts';
import { pricedDays } from '../exchange/priced-days.ts';
import { PRICE_SCALE, PRICE_UNITS } from '../listings/price-units.ts';
import { symbolDayBlocks } from '../listings/symbol-days.ts';
import type { BarsModel } from './ohlcv-table.ts';

const auctionsTable = defineTable({
  name: 'auctions',
  description: 'The auction of a share at the open or the close of a session.',
  primaryKey: ['symbol', 'ts'],
  foreignKeys: [{ columns: ['symbol'], table: 'symbols', references: ['symbol'] }],
  timeColumn: 'ts',
  sortedBy: ['trade_date', 'symbol', 'ts'],
  columns: [
    column('symbol', category(), 'Ticker'),
    column('ts', instant(), 'When it took place, UTC: the open or the close of the session'),
    column('trade_date', date(), 'Date of the session at the exchange'),
    column('kind', category(), 'open, or close'),
    column(
      'price',
      decimal(12, PRICE_SCALE),
      'The one price of the auction: the open or the close of the day',
    ),
    column(
      'volume',
      int64(),
      'Shares traded in it, which the first or the last minute of `ohlcv` has among its own',
    ),
  ],
});

const kinds = textDictionary(['open', 'close']);

/** The table `auctions`: a block of two rows for each day and symbol. */
export function auctionsSource({ calendar, listings, path }: BarsModel): TableSource {
  const rows = { exact: true, rowCountOf: () => 2 };
  return {
    table: auctionsTable,
    blocks: (window, wanted) =>
      symbolDayBlocks(pricedDays(calendar, window, wanted?.from), listings, rows, wanted),
    open: (block) => {
      const session = calendar.sessionOn(dayOf((block.time as TimeRange).startMs)) as Session;
      const { listing, position } = listings.of(block);
      return {
        rowCount: 2,
        fill: (builder, start) => {
          const { open, close, tickSize, openAuction, closeAuction } = path.session(listing, session);
          const units = Math.round(tickSize * PRICE_UNITS);
          const { openMs, minutes, day } = session;
          const both = [
            { ms: openMs, ticks: open[0] as number, volume: openAuction },
            { ms: openMs + minutes * MINUTE_MS, ticks: close[minutes - 1] as number, volume: closeAuction },
          ];
          builder.dictionary('symbol', listings.dictionary).indexes.fill(position);
          builder.date('trade_date').values.fill(day);
          const ts = builder.int64('ts');
          const kind = builder.dictionary('kind', kinds).indexes;
          const price = builder.decimal('price');
          const volumes = builder.int64('volume');
          both.slice(start, start + builder.length).forEach(({ ms, ticks, volume }, row) => {
            ts.set(row, ms * 1000);
            kind[row] = start + row;
            price.set(row, ticks * units);
            volumes.set(row, volume);
          });
        },
      };
    },
  };
}
