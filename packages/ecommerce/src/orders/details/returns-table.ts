import {
  Arena,
  type BatchBuilder,
  category,
  column,
  countBelow,
  date,
  DAY_MS,
  decimal,
  defineTable,
  instant,
  int32,
  int64,
  type TableSource,
  textDictionary,
} from '@datagen/core/generator';
import { AliasTable, KeyedRandom } from '@datagen/core/random';
import { CURRENCIES, CURRENCY_OF_COUNTRY } from '../../geography/countries.ts';
import type { Assortment } from '../../products/assortment.ts';
import { dayOfBlock, orderBlocks, readDay } from '../order-blocks.ts';
import type { OrderDay } from '../order-day.ts';
import { traceOrders, type TracingModel } from './traced-orders.ts';

const returnsTable = defineTable({
  name: 'returns',
  description: 'An item that came back.',
  primaryKey: ['order_item_id'],
  foreignKeys: [
    { columns: ['order_item_id'], table: 'order_items', references: ['order_item_id'] },
    { columns: ['order_id'], table: 'orders', references: ['order_id'] },
    { columns: ['product_id'], table: 'products', references: ['product_id'] },
  ],
  timeColumn: 'order_date',
  sortedBy: ['order_item_id'],
  columns: [
    column('order_item_id', int64(), 'The line of the order', { distinct: true }),
    column('order_id', int64(), 'The order'),
    column('order_date', date(), 'UTC day of the order'),
    column('product_id', int64(), 'What came back'),
    column('quantity', int32(), 'Units that came back: all of the line'),
    column('reason', category(), 'What the customer ticked'),
    column('returned_ts', instant(), 'When it arrived at the warehouse, UTC'),
    column('currency', category(), "The order's currency, ISO 4217 code"),
    column('refund_amount', decimal(12, 2), 'The amount of the line; shipping is refunded with the order'),
  ],
});

/** Reasons by their shares of returns: of clothes, which are ordered in several sizes, and of anything else; estimates. */
const CLOTHES_REASONS = {
  too_small: 0.24,
  too_large: 0.18,
  ordered_several: 0.16,
  did_not_like: 0.19,
  not_as_pictured: 0.12,
  defective: 0.04,
  wrong_item: 0.03,
  arrived_late: 0.04,
} as const;
const OTHER_REASONS = {
  changed_mind: 0.27,
  not_as_described: 0.2,
  defective: 0.21,
  damaged_in_transit: 0.13,
  wrong_item: 0.07,
  ordered_several: 0.05,
  arrived_late: 0.07,
} as const;
const REASONS = [...new Set([...Object.keys(CLOTHES_REASONS), ...Object.keys(OTHER_REASONS)])];
/** About so many lines come back: a day's number is known once it is made. */
const RETURNED_SHARE = 0.135;

const reasonTexts = textDictionary(REASONS);
const currencyCodes = textDictionary(CURRENCIES.map(({ code }) => code));
const [clothes, others] = [CLOTHES_REASONS, OTHER_REASONS].map(
  (shares: Readonly<Record<string, number>>) => new AliasTable(REASONS.map((reason) => shares[reason] ?? 0)),
) as [AliasTable, AliasTable];
const CLOTHES = 'apparel';

interface ReturnsModel extends TracingModel {
  readonly assortment: Assortment;
}

/** The table `returns`, a block for each day of orders. */
export function returnsSource(shop: () => ReturnsModel): TableSource {
  return {
    table: returnsTable,
    *blocks(window, wanted) {
      for (const block of orderBlocks(shop(), window, wanted, 'lineCount'))
        yield { ...block, rowCount: Math.round(RETURNED_SHARE * block.rowCount), exact: false };
    },
    open(block) {
      const model = shop();
      const day = dayOfBlock(model, block);
      const { lines } = day;
      const { returned } = traceOrders(model.lifecycle, day, 0, day.orderCount, new Arena());
      const orderOf = (line: number) => countBelow(lines.firstLines, line + 1) - 1;
      const back: number[] = [];
      lines.returns.forEach((flag, line) => {
        if (flag === 1 && !Number.isNaN(returned[orderOf(line)])) back.push(line);
      });
      const random = new KeyedRandom(model.seed, 'returns', 'reason');
      return readDay(day, back.length, (builder, start) => {
        fillReturns(model, random, day, returned, back, builder, start);
      });
    },
  };
}

/** Fills the items of a day that came back, `back` of its lines, from place `start` on. */
function fillReturns(
  { assortment: { catalogue } }: ReturnsModel,
  random: KeyedRandom,
  { lines, countries, firstOrderId, firstLineId, startMs }: OrderDay,
  returned: Float64Array,
  back: readonly number[],
  builder: BatchBuilder,
  start: number,
): void {
  const itemId = builder.int64('order_item_id');
  const orderId = builder.int64('order_id');
  const productId = builder.int64('product_id');
  const quantity = builder.int32('quantity').values;
  const reason = builder.dictionary('reason', reasonTexts).indexes;
  const returnedTs = builder.int64('returned_ts');
  const currency = builder.dictionary('currency', currencyCodes).indexes;
  const refund = builder.decimal('refund_amount');
  builder.date('order_date').values.fill(startMs / DAY_MS);
  const clothesIndex = catalogue.categories.findIndex(({ name }) => name === CLOTHES);
  for (let row = 0; row < builder.length; row++) {
    const line = back[start + row] as number;
    const order = countBelow(lines.firstLines, line + 1) - 1;
    const product = lines.products[line] as number;
    const units = lines.quantities[line] as number;
    const id = firstLineId + line;
    itemId.set(row, id);
    orderId.set(row, firstOrderId + order);
    productId.set(row, product + 1);
    quantity[row] = units;
    const table = catalogue.categoryOf[product] === clothesIndex ? clothes : others;
    reason[row] = table.pick(random.uniform(id), random.uniform(id, 1));
    returnedTs.set(row, Math.floor((returned[order] as number) * 1e6 + 0.5));
    currency[row] = CURRENCY_OF_COUNTRY[countries[order] as number] as number;
    refund.set(row, units * (lines.unitPrices[line] as number) - (lines.discounts[line] as number));
  }
}
