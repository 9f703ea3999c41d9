import {
  category,
  type ChunkFiller,
  column,
  date,
  defineTable,
  float64,
  instant,
  textDictionary,
} from '@datagen/core/generator';
import type { Session } from '../exchange/exchange-calendar.ts';

export const corporateActionsTable = defineTable({
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
export interface CorporateAction {
  readonly symbol: number;
  readonly ratio: number;
}

/** Writes the splits of one day. */
export function corporateActionsFiller(
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
