import {
  category,
  type ChunkFiller,
  column,
  date,
  DAY_MS,
  dayOf,
  defineTable,
  float64,
  instant,
  type TableSource,
  textDictionary,
} from '@datagen/core/generator';
import type { ExchangeCalendar, Session } from '../exchange/exchange-calendar.ts';
import { sessionDays, symbolBlock, wantedSymbols } from '../exchange/session-blocks.ts';
import type { ListedSymbol } from '../listings/listed-symbols.ts';
import type { Listings } from '../listings/listings.ts';
import type { MinutePath } from '../prices/minutes/minute-path.ts';

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

/** A split, with the position of its symbol in the dictionary. */
interface CorporateAction {
  readonly symbol: number;
  readonly ratio: number;
}

/** What the splits are read from. */
export interface SplitsModel {
  readonly calendar: ExchangeCalendar;
  readonly listings: () => Listings;
  readonly path: () => MinutePath;
}

/** The table `corporate_actions`: each split is a block; to list them, the daily prices of all symbols are worked out. */
export function corporateActionsSource({ calendar, listings, path }: SplitsModel): TableSource {
  return {
    table: corporateActionsTable,
    *blocks(window, wanted) {
      const symbols = wantedSymbols(listings().sorted, wanted);
      for (const day of sessionDays(calendar, window)) {
        if (!startsQuarter(calendar, day.day)) continue;
        for (const listing of symbols) {
          if (path().splitOn(listing, day.day) === undefined) continue;
          yield symbolBlock(day, listing.symbol, 1, true);
        }
      }
    },
    open({ time, values }) {
      const { dictionary, positions, sorted } = listings();
      const session = calendar.sessionOn(dayOf(time?.startMs ?? 0)) as Session;
      const symbol = positions.get(String(values?.['symbol'])) as number;
      const split = path().splitOn(sorted[symbol] as ListedSymbol, session.day);
      const actions = split === undefined ? [] : [{ symbol, ratio: split.ratio }];
      return { rowCount: actions.length, fill: corporateActionsFiller(dictionary, session, actions) };
    },
  };
}

/** Whether no day of the quarter before `day` trades: splits take effect on such days. */
function startsQuarter(calendar: ExchangeCalendar, day: number): boolean {
  const date = new Date(day * DAY_MS);
  const first = dayOf(Date.UTC(date.getUTCFullYear(), Math.floor(date.getUTCMonth() / 3) * 3, 1));
  for (let earlier = first; earlier < day; earlier++)
    if (calendar.sessionOn(earlier) !== undefined) return false;
  return true;
}

/** Writes the splits of one day. */
function corporateActionsFiller(
  dictionary: ReturnType<typeof textDictionary>,
  session: Session,
  actions: readonly CorporateAction[],
): ChunkFiller {
  return (builder, start) => {
    const symbol = builder.dictionary('symbol', dictionary).indexes;
    builder.date('effective_date').values.fill(session.day);
    const ts = builder.int64('effective_ts');
    const kind = builder.dictionary('kind', kinds).indexes;
    const ratio = builder.float64('ratio').values;
    actions.slice(start, start + builder.length).forEach((action, i) => {
      symbol[i] = action.symbol;
      ts.set(i, session.openMs * 1000);
      kind[i] = action.ratio > 1 ? 0 : 1;
      ratio[i] = action.ratio;
    });
  };
}
