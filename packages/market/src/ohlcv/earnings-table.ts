import {
  category,
  column,
  date,
  dayOf,
  defineTable,
  instant,
  MINUTE_MS,
  type TableSource,
  textDictionary,
  type TimeRange,
} from '@datagen/core/generator';
import { dayOfDate, quarterOf, yearOf } from '../exchange/dates.ts';
import type { Session } from '../exchange/exchange-calendar.ts';
import { pricedDays } from '../exchange/priced-days.ts';
import type { ListedSymbol } from '../listings/listed-symbol.ts';
import { symbolDayBlocks } from '../listings/symbol-days.ts';
import type { Earnings } from '../prices/daily/earnings-days.ts';
import type { CompanyModel } from './company-model.ts';

const earningsTable = defineTable({
  name: 'earnings',
  description: 'News of a company of its quarter, at which prices jump and volume rises.',
  primaryKey: ['symbol', 'announcement_date'],
  foreignKeys: [{ columns: ['symbol'], table: 'symbols', references: ['symbol'] }],
  timeColumn: 'announced_ts',
  sortedBy: ['announcement_date', 'symbol'],
  columns: [
    column('symbol', category(), 'Ticker'),
    column('announcement_date', date(), 'Day of the news at the exchange'),
    column('announced_ts', instant(), 'When they came, UTC'),
    column('timing', category(), 'before_open, or after_close of that day'),
    column('fiscal_quarter_end', date(), 'Last day of the quarter that they are of'),
    column('first_trade_date', date(), 'First session that knows them: its open has the jump'),
  ],
});

/** Minutes before the open, and after the close, that news come in: the least and how they vary, in steps of five. */
const [BEFORE_OPEN, BEFORE_STEPS] = [60, 19] as const;
const [AFTER_CLOSE, AFTER_STEPS] = [5, 6] as const;

const timings = textDictionary(['before_open', 'after_close']);

/** The table `earnings`: each announcement is a block of one row. */
export function earningsSource({ calendar, listings, daily }: CompanyModel): TableSource {
  const { days } = daily;
  /** The news of a company that come on a day. */
  function newsOn(listing: ListedSymbol, { day }: Session): Earnings | undefined {
    const { earnings } = daily.calendarOf(listing);
    const first = days.countBefore(day) + (earnings.isAfterClose ? 1 : 0);
    return earnings.between(first, first)[0];
  }
  const rows = {
    exact: true,
    rowCountOf: (listing: ListedSymbol, session: Session) => (newsOn(listing, session) === undefined ? 0 : 1),
  };
  return {
    table: earningsTable,
    blocks: (window, wanted) =>
      symbolDayBlocks(pricedDays(calendar, window, wanted?.from), listings, rows, wanted),
    open: (block) => {
      const session = calendar.sessionOn(dayOf((block.time as TimeRange).startMs)) as Session;
      const { listing, position } = listings.of(block);
      const { index, quarter, isAfterClose } = newsOn(listing, session) as Earnings;
      const { earnings } = daily.calendarOf(listing);
      return {
        rowCount: 1,
        fill: (builder) => {
          const minutes = isAfterClose
            ? session.minutes + AFTER_CLOSE + 5 * Math.floor(AFTER_STEPS * earnings.habit)
            : -BEFORE_OPEN - 5 * Math.floor(BEFORE_STEPS * earnings.habit);
          builder.dictionary('symbol', listings.dictionary).indexes[0] = position;
          builder.date('announcement_date').values[0] = session.day;
          builder.int64('announced_ts').set(0, (session.openMs + minutes * MINUTE_MS) * 1000);
          builder.dictionary('timing', timings).indexes[0] = isAfterClose ? 1 : 0;
          const told = days.dayAt(days.quarterIndex(quarter));
          builder.date('fiscal_quarter_end').values[0] =
            dayOfDate(yearOf(told), quarterOf(told) * 3 + 1 + earnings.monthsLate, 1) - 1;
          builder.date('first_trade_date').values[0] = days.dayAt(index);
        },
      };
    },
  };
}
