import {
  category,
  column,
  dayOf,
  decimal,
  defineTable,
  instant,
  int32,
  int64,
  type TableSource,
  textDictionary,
  type TimeRange,
} from '@datagen/core/generator';
import type { Session } from '../exchange/exchange-calendar.ts';
import { pricedDays } from '../exchange/priced-days.ts';
import { PRICE_SCALE, PRICE_UNITS } from '../listings/price-units.ts';
import { symbolDayBlocks } from '../listings/symbol-days.ts';
import type { MinutePath } from '../prices/minutes/minute-path.ts';
import type { QuotesModel } from './quotes-table.ts';

const tradesTable = defineTable({
  name: 'trades',
  description: 'A trade of a share, at the bid or the ask of its moment.',
  primaryKey: ['symbol', 'ts'],
  foreignKeys: [{ columns: ['symbol'], table: 'symbols', references: ['symbol'] }],
  timeColumn: 'ts',
  columns: [
    column('symbol', category(), 'Ticker'),
    column('ts', instant(), 'When it took place, UTC; rises strictly within a symbol', { distinct: true }),
    column('sequence', int64(), 'Number of the trade in its symbol and session, from 1', { distinct: true }),
    column('price', decimal(12, PRICE_SCALE), 'Price, that of the best bid or ask in `quotes`'),
    column('size', int32(), 'Shares; those of a minute add up to the volume of its 1m bar'),
    column('side', category(), 'Who took the price of the other: buy at the ask, sell at the bid'),
    column('exchange', category(), 'Exchange that traded, ISO 10383 code'),
  ],
});

const sides = textDictionary(['sell', 'buy']);

/**
 * The table `trades`, one block per day and symbol. About how many rows a block has follows from its daily prices, which
 * are worked out to list it.
 */
export function tradesSource({ calendar, listings, days }: QuotesModel, path: MinutePath): TableSource {
  const rows = { exact: false, rowCountOf: path.usualTrades.bind(path) };
  const exchange = textDictionary([calendar.code]);
  return {
    table: tradesTable,
    blocks: (window, wanted) =>
      symbolDayBlocks(pricedDays(calendar, window, wanted?.from), listings, rows, wanted),
    open: (block) => {
      const session = calendar.sessionOn(dayOf((block.time as TimeRange).startMs)) as Session;
      const { listing, position } = listings.of(block);
      const { times, prices, shares, isBuy } = days.trades(listing, session);
      const units = Math.round(listing.tickSize * PRICE_UNITS);
      const openMicros = session.openMs * 1000;
      return {
        rowCount: times.length,
        fill: (builder, start) => {
          builder.dictionary('symbol', listings.dictionary).indexes.fill(position);
          builder.dictionary('exchange', exchange);
          const ts = builder.int64('ts');
          const sequence = builder.int64('sequence');
          const price = builder.decimal('price');
          const size = builder.int32('size').values;
          const side = builder.dictionary('side', sides).indexes;
          for (let row = 0; row < builder.length; row++) {
            const i = start + row;
            ts.set(row, openMicros + (times[i] as number));
            sequence.set(row, i + 1);
            price.set(row, (prices[i] as number) * units);
            size[row] = shares[i] as number;
            side[row] = isBuy[i] as number;
          }
        },
      };
    },
  };
}
