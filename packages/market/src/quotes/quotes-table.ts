import {
  category,
  type ChunkFiller,
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
import type { ExchangeCalendar, Session } from '../exchange/exchange-calendar.ts';
import { pricedDays } from '../exchange/priced-days.ts';
import type { ListedSymbol } from '../listings/listed-symbol.ts';
import type { Listings } from '../listings/listings.ts';
import { PRICE_SCALE, PRICE_UNITS } from '../listings/price-units.ts';
import { symbolDayBlocks } from '../listings/symbol-days.ts';
import type { QuoteDay } from './quote-book.ts';
import type { QuoteDays } from './quote-days.ts';
import type { QuoteTimes } from './quote-times.ts';

const quotesTable = defineTable({
  name: 'quotes',
  description: 'The best bid and the best ask of a share, each time one of them changes.',
  primaryKey: ['symbol', 'ts'],
  foreignKeys: [{ columns: ['symbol'], table: 'symbols', references: ['symbol'] }],
  timeColumn: 'ts',
  columns: [
    column('symbol', category(), 'Ticker'),
    column('ts', instant(), 'When the quote came, UTC; rises strictly within a symbol', { distinct: true }),
    column('sequence', int64(), 'Number of the quote in its symbol and session, from 1', { distinct: true }),
    column('bid_price', decimal(12, PRICE_SCALE), 'Best price to sell at, a whole number of ticks'),
    column('bid_size', int32(), 'Shares wanted at `bid_price`, whole lots'),
    column('ask_price', decimal(12, PRICE_SCALE), 'Best price to buy at, above `bid_price`'),
    column('ask_size', int32(), 'Shares offered at `ask_price`, whole lots'),
    column('exchange', category(), 'Exchange that quotes, ISO 10383 code'),
    column('lot_size', int32(), 'Shares of a round lot on that day'),
  ],
});

/** What quotes are made of. */
export interface QuotesModel {
  readonly calendar: ExchangeCalendar;
  readonly listings: Listings;
  readonly times: QuoteTimes;
  readonly days: QuoteDays;
}

/**
 * The table `quotes`, one block per day and symbol. How many rows a block has is known only when it is made, so blocks
 * say about how many.
 */
export function quotesSource({ calendar, listings, times, days }: QuotesModel): TableSource {
  const rows = {
    exact: false,
    rowCountOf: ({ symbol }: ListedSymbol, { minutes }: Session) =>
      Math.round(times.quotesPerMinute(symbol) * minutes),
  };
  const dictionaries = { symbols: listings.dictionary, exchange: textDictionary([calendar.code]) };
  return {
    table: quotesTable,
    blocks: (window, wanted) =>
      symbolDayBlocks(pricedDays(calendar, window, wanted?.from), listings, rows, wanted),
    open: (block) => {
      const session = calendar.sessionOn(dayOf((block.time as TimeRange).startMs)) as Session;
      const { listing, position } = listings.of(block);
      const quotes = days.session(listing, session);
      return {
        rowCount: quotes.times.length,
        fill: quotesFiller(dictionaries, position, listing, session, quotes),
      };
    },
  };
}

interface QuoteDictionaries {
  readonly symbols: ReturnType<typeof textDictionary>;
  /** The one exchange. */
  readonly exchange: ReturnType<typeof textDictionary>;
}

/** Writes the quotes of one symbol and session; `position` is that of the symbol in its dictionary. */
function quotesFiller(
  dictionaries: QuoteDictionaries,
  position: number,
  { tickSize }: ListedSymbol,
  { openMs }: Session,
  { times, bids, asks, bidLots, askLots, lotSize }: QuoteDay,
): ChunkFiller {
  const openMicros = openMs * 1000;
  const units = Math.round(tickSize * PRICE_UNITS);
  return (builder, start) => {
    builder.dictionary('symbol', dictionaries.symbols).indexes.fill(position);
    builder.dictionary('exchange', dictionaries.exchange);
    builder.int32('lot_size').values.fill(lotSize);
    const ts = builder.int64('ts');
    const sequence = builder.int64('sequence');
    const bidPrice = builder.decimal('bid_price');
    const bidSize = builder.int32('bid_size').values;
    const askPrice = builder.decimal('ask_price');
    const askSize = builder.int32('ask_size').values;
    for (let row = 0; row < builder.length; row++) {
      const i = start + row;
      ts.set(row, openMicros + (times[i] as number));
      sequence.set(row, i + 1);
      bidPrice.set(row, (bids[i] as number) * units);
      askPrice.set(row, (asks[i] as number) * units);
    }
    for (let row = 0; row < builder.length; row++) {
      bidSize[row] = (bidLots[start + row] as number) * lotSize;
      askSize[row] = (askLots[start + row] as number) * lotSize;
    }
  };
}
