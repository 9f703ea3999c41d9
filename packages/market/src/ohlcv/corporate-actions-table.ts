import {
  category,
  column,
  date,
  dayOf,
  defineTable,
  float64,
  instant,
  type TableSource,
  textDictionary,
  type TimeRange,
} from '@datagen/core/generator';
import { dayOfDate, quarterOf, yearOf } from '../exchange/dates.ts';
import type { ExchangeCalendar, Session } from '../exchange/exchange-calendar.ts';
import { type PricedDay, pricedDays } from '../exchange/priced-days.ts';
import type { ListedSymbol } from '../listings/listed-symbol.ts';
import { symbolDayBlocks } from '../listings/symbol-days.ts';
import type { CompanyModel } from './company-model.ts';

const corporateActionsTable = defineTable({
  name: 'corporate_actions',
  description: 'A split of a share, which its raw prices jump at.',
  primaryKey: ['symbol', 'effective_date'],
  foreignKeys: [{ columns: ['symbol'], table: 'symbols', references: ['symbol'] }],
  timeColumn: 'effective_ts',
  sortedBy: ['effective_date', 'symbol'],
  columns: [
    column('symbol', category(), 'Ticker'),
    column('effective_date', date(), 'First day that trades in new shares'),
    column('effective_ts', instant(), 'Open of that day, UTC'),
    column('kind', category(), 'split, or reverse_split'),
    column('ratio', float64(), 'New shares for an old one: 4 for a 4:1 split, 0.1 for a 1:10 reverse split'),
  ],
});

const kinds = textDictionary(['split', 'reverse_split']);

/**
 * The table `corporate_actions`: each split is a block of one row. To list the blocks of a window with the start of a
 * quarter, the daily prices of the symbols that are wanted are worked out.
 */
export function corporateActionsSource({ calendar, listings, daily }: CompanyModel): TableSource {
  const rows = {
    exact: true,
    rowCountOf: (listing: ListedSymbol, { day }: Session) =>
      daily.splitOn(listing, day) === undefined ? 0 : 1,
  };
  return {
    table: corporateActionsTable,
    blocks: (window, wanted) =>
      symbolDayBlocks(
        quarterStarts(calendar, pricedDays(calendar, window, wanted?.from)),
        listings,
        rows,
        wanted,
      ),
    open: (block) => {
      const session = calendar.sessionOn(dayOf((block.time as TimeRange).startMs)) as Session;
      const { listing, position } = listings.of(block);
      const split = daily.splitOn(listing, session.day);
      return {
        rowCount: split === undefined ? 0 : 1,
        fill: (builder) => {
          const ratio = split?.ratio ?? 1;
          builder.dictionary('symbol', listings.dictionary).indexes[0] = position;
          builder.date('effective_date').values[0] = session.day;
          builder.int64('effective_ts').set(0, session.openMs * 1000);
          builder.dictionary('kind', kinds).indexes[0] = ratio > 1 ? 0 : 1;
          builder.float64('ratio').values[0] = ratio;
        },
      };
    },
  };
}

/** Those of the days before which no day of their quarter trades: splits take effect on them. */
function* quarterStarts(calendar: ExchangeCalendar, days: Iterable<PricedDay>): Generator<PricedDay> {
  for (const pricedDay of days) {
    const { day } = pricedDay.session;
    let earlier = dayOfDate(yearOf(day), quarterOf(day) * 3 + 1, 1);
    while (calendar.sessionOn(earlier) === undefined) earlier++;
    if (earlier === day) yield pricedDay;
  }
}
