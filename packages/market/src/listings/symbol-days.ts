import type { Block, BlockFilter } from '@datagen/core/generator';
import type { PricedDay } from '../exchange/priced-days.ts';
import type { Session } from '../exchange/exchange-calendar.ts';
import type { ListedSymbol } from './listed-symbol.ts';
import type { Listings } from './listings.ts';

/** How many rows a listing has in a session; `exact` where that is no estimate. */
export interface SessionRows {
  readonly exact: boolean;
  /** 0 makes no block. */
  readonly rowCountOf: (listing: ListedSymbol, session: Session) => number;
}

/** One block for each of the days and, within a day by ticker, each listing that is wanted: `2025-01-02~AAPL`. */
export function* symbolDayBlocks(
  days: Iterable<PricedDay>,
  listings: Listings,
  { exact, rowCountOf }: SessionRows,
  wanted: BlockFilter = {},
): Generator<Block> {
  const { from = '' } = wanted;
  const chosen = listings.wanted(wanted);
  for (const { key: day, time, session } of days) {
    for (const listing of chosen) {
      const { symbol } = listing;
      const key = `${day}~${symbol}`;
      if (key < from) continue;
      const rowCount = rowCountOf(listing, session);
      if (rowCount > 0) yield { key, rowCount, exact, time, values: { symbol } };
    }
  }
}
