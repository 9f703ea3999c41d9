import {
  category,
  column,
  date,
  dayOf,
  decimal,
  defineTable,
  instant,
  int32,
  type TableSource,
  textDictionary,
  type TimeRange,
} from '@datagen/core/generator';
import { dayOfText } from '../exchange/dates.ts';
import type { ExchangeCode, Session } from '../exchange/exchange-calendar.ts';
import { pricedDays } from '../exchange/priced-days.ts';
import type { ListedSymbol } from '../listings/listed-symbol.ts';
import { PRICE_SCALE, PRICE_UNITS } from '../listings/price-units.ts';
import { symbolDayBlocks } from '../listings/symbol-days.ts';
import type { CompanyModel } from './company-model.ts';

const dividendsTable = defineTable({
  name: 'dividends',
  description: 'A cash dividend of a share, by which its price falls on the ex-date.',
  primaryKey: ['symbol', 'ex_date'],
  foreignKeys: [{ columns: ['symbol'], table: 'symbols', references: ['symbol'] }],
  timeColumn: 'ex_ts',
  sortedBy: ['ex_date', 'symbol'],
  columns: [
    column('symbol', category(), 'Ticker'),
    column('ex_date', date(), 'First day that the share trades without the dividend'),
    column('ex_ts', instant(), 'Open of that day, UTC'),
    column('declaration_date', date(), 'Day that the dividend was announced'),
    column(
      'record_date',
      date(),
      'Holders at the end of this day are paid; by the settlement of trades of its time',
    ),
    column('payment_date', date(), 'Day that the dividend is paid'),
    column('cash_amount', decimal(12, PRICE_SCALE), 'Paid for a share, in `currency`, before tax'),
    column('currency', category(), 'ISO 4217 code'),
    column('payments_per_year', int32(), 'Dividends a year: 1 or 4'),
  ],
});

/** Trading days from the ex-date to the record date: a day less than trades take to settle. */
const SETTLEMENTS: Readonly<Record<ExchangeCode, readonly (readonly [until: number, days: number])[]>> = {
  // Three days up to 2017-09-04, two up to 2024-05-27, then one.
  XNYS: [
    [dayOfText('2017-09-05'), 2],
    [dayOfText('2024-05-28'), 1],
    [Infinity, 0],
  ],
  // The record date is the day behind the ex-date since trades settle in two days.
  XETR: [
    [dayOfText('2014-10-06'), 2],
    [Infinity, 1],
  ],
};
/** Trading days from the declaration to the ex-date, and from there to the payment, the least and how they vary. */
const [DECLARED_BEFORE, DECLARED_SPREAD] = [12, 12] as const;
const [PAID_AFTER, PAID_SPREAD] = [9, 12] as const;
/** Frankfurt: the meeting decides what the board proposed two months ago, and pays on the third day. */
const [PROPOSED_BEFORE, PAID_BY_MEETING] = [40, 2] as const;
/** Dividends are whole cents. */
const CENT = PRICE_UNITS / 100;

/**
 * The table `dividends`: each is a block of one row. Blocks are listed without prices, which a dividend is set from when
 * it is made.
 */
export function dividendsSource({ calendar, listings, daily }: CompanyModel): TableSource {
  const { days } = daily;
  const isExDay = (listing: ListedSymbol, { day }: Session) =>
    daily.calendarOf(listing).dividends.exQuarter(days.countBefore(day)) !== undefined;
  const rows = {
    exact: true,
    rowCountOf: (listing: ListedSymbol, session: Session) => (isExDay(listing, session) ? 1 : 0),
  };
  const currencies = textDictionary([...new Set(listings.sorted.map(({ currency }) => currency))]);
  return {
    table: dividendsTable,
    blocks: (window, wanted) =>
      symbolDayBlocks(pricedDays(calendar, window, wanted?.from), listings, rows, wanted),
    open: (block) => {
      const session = calendar.sessionOn(dayOf((block.time as TimeRange).startMs)) as Session;
      const { listing, position } = listings.of(block);
      const { dividends } = daily.calendarOf(listing);
      return {
        rowCount: 1,
        fill: (builder) => {
          const index = days.countBefore(session.day);
          const isYearly = dividends.paymentsPerYear === 1;
          const settlement = SETTLEMENTS[listing.exchange].find(([until]) => session.day < until);
          const amount = (daily.dividendOn(listing, session.day) ?? 0) * PRICE_UNITS;
          const declared = isYearly
            ? PROPOSED_BEFORE
            : DECLARED_BEFORE + Math.floor(dividends.habit * DECLARED_SPREAD);
          const paid = isYearly ? PAID_BY_MEETING : PAID_AFTER + Math.floor(dividends.habit * PAID_SPREAD);
          builder.dictionary('symbol', listings.dictionary).indexes[0] = position;
          builder.date('ex_date').values[0] = session.day;
          builder.int64('ex_ts').set(0, session.openMs * 1000);
          builder.date('declaration_date').values[0] = days.dayAt(Math.max(index - declared, 0));
          builder.date('record_date').values[0] = days.dayAt(index + (settlement?.[1] ?? 0));
          builder.date('payment_date').values[0] = days.dayAt(index + paid);
          builder.decimal('cash_amount').set(0, Math.max(Math.round(amount / CENT), 1) * CENT);
          builder.dictionary('currency', currencies).indexes[0] = 0;
          builder.int32('payments_per_year').values[0] = dividends.paymentsPerYear;
        },
      };
    },
  };
}
