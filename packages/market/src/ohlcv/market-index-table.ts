import {
  category,
  column,
  date,
  dayOf,
  decimal,
  defineTable,
  instant,
  MINUTE_MS,
  type TableSource,
  textDictionary,
  type TimeRange,
} from '@datagen/core/generator';
import type { ExchangeCalendar, Session } from '../exchange/exchange-calendar.ts';
import { pricedDays } from '../exchange/priced-days.ts';
import type { IndexPath } from '../prices/minutes/index-path.ts';
import { aggregateBars, type Bars } from './bars.ts';

const INDEX_SCALE = 2;
const level = (name: string, doc: string) => column(name, decimal(12, INDEX_SCALE), doc);

const marketIndexTable = defineTable({
  name: 'market_index',
  description:
    'What the market as a whole did in one span of time: the return that stocks have a multiple of.',
  primaryKey: ['index_symbol', 'ts'],
  timeColumn: 'ts',
  sortedBy: ['ts'],
  columns: [
    column('index_symbol', category(), 'The one index of the exchange'),
    column('ts', instant(), 'Start of the bar, UTC'),
    column('trade_date', date(), 'Date of the session at the exchange'),
    level('open', 'First level; within a session the close of the bar before'),
    level('high', 'Highest level'),
    level('low', 'Lowest level'),
    level('close', 'Last level; 1,000 at the close of `priceAnchorDate`'),
  ],
});

/** The table `market_index` with bars of `step` minutes, one block per day. */
export function marketIndexSource(calendar: ExchangeCalendar, path: IndexPath, step: number): TableSource {
  const symbols = textDictionary([`${calendar.code}-ALL`]);
  return {
    table: marketIndexTable,
    *blocks(window, wanted) {
      for (const { key, time, session } of pricedDays(calendar, window, wanted?.from))
        yield { key, rowCount: Math.ceil(session.minutes / step), exact: true, time };
    },
    open: (block) => {
      const session = calendar.sessionOn(dayOf((block.time as TimeRange).startMs)) as Session;
      const minutes = path.session(session);
      const bars: Bars = step === 1 ? minutes : aggregateBars(minutes, step);
      return {
        rowCount: bars.open.length,
        fill: (builder, start) => {
          const end = start + builder.length;
          builder.dictionary('index_symbol', symbols);
          builder.date('trade_date').values.fill(session.day);
          const ts = builder.int64('ts');
          for (let i = start; i < end; i++) ts.set(i - start, (session.openMs + i * step * MINUTE_MS) * 1000);
          for (const name of ['open', 'high', 'low', 'close'] as const)
            builder.decimal(name).setIntegers(0, bars[name], start, end);
        },
      };
    },
  };
}
