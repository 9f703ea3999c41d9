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
} from '@datagen/core/generator';
import { RandomStream } from '@datagen/core/random';
import type { ExchangeCalendar, Session } from '../exchange/exchange-calendar.ts';
import { sessionDays, symbolBlock, wantedSymbols } from '../exchange/session-blocks.ts';
import type { Listings } from '../listings/listings.ts';
import type { QuoteDay, QuoteDays } from './quote-day.ts';
import type { QuoteTimes } from './quote-times.ts';
import { NORMAL_BITS } from './quote-normals.ts';
import { lotsTable } from './quote-sizes.ts';
import type { ListedSymbol } from '../listings/listed-symbols.ts';
import { PRICE_SCALE, PRICE_UNITS } from '../prices/price-units.ts';

export const quotesTable = defineTable({
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
  ],
});

/** What quotes are made from. */
export interface QuotesModel {
  readonly seed: number;
  readonly exchange: string;
  readonly calendar: ExchangeCalendar;
  readonly listings: () => Listings;
  readonly times: QuoteTimes;
  readonly days: () => QuoteDays;
}

/** The table `quotes`: one block per day and symbol, whose rows are known in number once they are made. */
export function quotesSource({ seed, exchange, calendar, listings, times, days }: QuotesModel): TableSource {
  const exchanges = textDictionary([exchange]);
  return {
    table: quotesTable,
    *blocks(window, wanted) {
      const symbols = wantedSymbols(listings().sorted, wanted);
      const rates = symbols.map(({ symbol }) => times.quotesPerMinute(symbol));
      for (const day of sessionDays(calendar, window)) {
        for (const [i, { symbol }] of symbols.entries())
          yield symbolBlock(day, symbol, Math.round((rates[i] as number) * day.session.minutes), false);
      }
    },
    open({ time, values }) {
      const { sorted, positions, dictionary } = listings();
      const session = calendar.sessionOn(dayOf(time?.startMs ?? 0)) as Session;
      const position = positions.get(String(values?.['symbol'])) as number;
      const listing = sorted[position] as ListedSymbol;
      const quotes = days().session(listing, session);
      const sizes = new RandomStream(seed, 'quotes', 'size', listing.symbol, session.day);
      const dictionaries = { symbols: dictionary, exchange: exchanges };
      return {
        rowCount: quotes.times.length,
        fill: quotesFiller(dictionaries, position, listing, session, quotes, sizes),
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
  { tickSize, lotSize }: ListedSymbol,
  { openMs }: Session,
  { times, bids, spreads }: QuoteDay,
  sizes: RandomStream,
): ChunkFiller {
  const openMicros = openMs * 1000;
  const units = Math.round(tickSize * PRICE_UNITS);
  const lots = lotsTable();
  const drawRange = 1 << (2 * NORMAL_BITS);
  const mask = (1 << NORMAL_BITS) - 1;
  const { uniform } = sizes;
  return (builder, start) => {
    builder.dictionary('symbol', dictionaries.symbols).indexes.fill(position);
    builder.dictionary('exchange', dictionaries.exchange);
    const ts = builder.int64('ts');
    const sequence = builder.int64('sequence');
    const bidPrice = builder.decimal('bid_price');
    const bidSize = builder.int32('bid_size').values;
    const askPrice = builder.decimal('ask_price');
    const askSize = builder.int32('ask_size').values;
    for (let row = 0; row < builder.length; row++) {
      const i = start + row;
      const bid = bids[i] as number;
      ts.set(row, openMicros + (times[i] as number));
      sequence.set(row, i + 1);
      bidPrice.set(row, bid * units);
      askPrice.set(row, (bid + (spreads[i] as number)) * units);
    }
    for (let row = 0; row < builder.length; row++) {
      const bits = (uniform() * drawRange) | 0;
      bidSize[row] = (lots[bits & mask] as number) * lotSize;
      askSize[row] = (lots[bits >> NORMAL_BITS] as number) * lotSize;
    }
  };
}
