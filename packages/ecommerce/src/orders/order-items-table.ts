import {
  Arena,
  boolean,
  type BatchBuilder,
  category,
  column,
  countBelow,
  date,
  DAY_MS,
  decimal,
  defineTable,
  int32,
  int64,
  type TableSource,
  textDictionary,
} from '@datagen/core/generator';
import { CURRENCIES, CURRENCY_OF_COUNTRY } from '../geography/countries.ts';
import { type Lifecycle, MAX_RETURN_DAYS } from './lives/lifecycle.ts';
import { dayOfBlock, orderBlocks, type OrderDays, readDay } from './order-blocks.ts';
import type { OrderDay } from './order-day.ts';
import { inStretches } from './stretches.ts';

const orderItemsTable = defineTable({
  name: 'order_items',
  description: 'A line of an order: one product, in some quantity.',
  primaryKey: ['order_item_id'],
  foreignKeys: [
    { columns: ['order_id'], table: 'orders', references: ['order_id'] },
    { columns: ['product_id'], table: 'products', references: ['product_id'] },
    { columns: ['promotion_id'], table: 'promotions', references: ['promotion_id'] },
  ],
  timeColumn: 'order_date',
  sortedBy: ['order_id', 'line_number'],
  columns: [
    column(
      'order_item_id',
      int64(),
      'Number of the line, in the order of orders and lines, from 1 at the launch',
      { distinct: true },
    ),
    column('order_id', int64(), 'The order'),
    column('order_date', date(), 'UTC day of the order'),
    column('line_number', int32(), 'Position in the order, from 1'),
    column('product_id', int64(), 'What was bought, on sale on that day; a product comes once in an order'),
    column('quantity', int32(), 'Units bought, 1 to 12'),
    column('currency', category(), "The order's currency, ISO 4217 code"),
    column('unit_price', decimal(10, 2), "The product's price on that day in the order's currency"),
    column('promotion_id', int64(), 'The sale or coupon of the line; null at the full price', {
      nullable: true,
    }),
    column('discount', decimal(10, 2), 'Taken off the line at the rate of the promotion, 0 for most'),
    column('amount', decimal(12, 2), 'What the line costs: `quantity` · `unit_price` - `discount`'),
    column('is_returned', boolean(), 'Whether the item was sent back by `asOf`; never in cancelled orders'),
  ],
});

const currencyCodes = textDictionary(CURRENCIES.map(({ code }) => code));

/** The table `order_items`, a block a day. */
export function orderItemsSource(days: () => OrderDays & ReturnModel): TableSource {
  return {
    table: orderItemsTable,
    *blocks(window, wanted) {
      yield* orderBlocks(days(), window, wanted, 'lineCount');
    },
    open(block) {
      const model = days();
      const day = dayOfBlock(model, block);
      const returned = openReturns(model, day);
      return readDay(day, day.lineCount, (builder, start) => {
        fillOrderItems(day, returned, builder, start);
      });
    },
  };
}

/** When items come back. */
interface ReturnModel {
  readonly lifecycle: Lifecycle;
  /** Seconds since 1970 from which nothing is known. */
  readonly observedUntil: number;
}

/**
 * When the items of each order of a day came back, microseconds since 1970 or NaN; undefined where all that ever comes
 * back has done so by `asOf`.
 */
function openReturns({ lifecycle, observedUntil }: ReturnModel, day: OrderDay): Float64Array | undefined {
  if (day.startMs / 1000 + MAX_RETURN_DAYS * 86_400 <= observedUntil) return undefined;
  const { keys, countries, paymentMethods, isCancelled, lines } = day;
  const placed = day.times.map((time) => (day.startMs * 1000 + time) / 1e6);
  const { returnKinds } = lines;
  const orders = { keys, placed, countries, paymentMethods, isCancelled, returnKinds };
  return lifecycle.trace(orders, new Arena()).returned;
}

/** Fills the lines of a day's orders from line `start` on; `returned` is what `openReturns` gives. */
function fillOrderItems(
  day: OrderDay,
  returned: Float64Array | undefined,
  builder: BatchBuilder,
  start: number,
): void {
  const columns = openColumns(builder);
  builder.date('order_date').values.fill(day.startMs / DAY_MS);
  inStretches(builder.length, (from, to) => {
    fillLines(day, returned, columns, start, from, to);
  });
}

type ItemColumns = ReturnType<typeof openColumns>;

function openColumns(builder: BatchBuilder) {
  return {
    itemId: builder.int64('order_item_id'),
    orderId: builder.int64('order_id'),
    lineNumber: builder.int32('line_number').values,
    productId: builder.int64('product_id'),
    quantity: builder.int32('quantity').values,
    currency: builder.dictionary('currency', currencyCodes).indexes,
    unitPrice: builder.decimal('unit_price'),
    promotionId: builder.int64('promotion_id'),
    discount: builder.decimal('discount'),
    amount: builder.decimal('amount'),
    isReturned: builder.boolean('is_returned'),
  };
}

/** Rows `from` to `to - 1` of a batch that begins with line `start` of the day. */
function fillLines(
  day: OrderDay,
  returned: Float64Array | undefined,
  columns: ItemColumns,
  start: number,
  from: number,
  to: number,
): void {
  const { products, unitPrices, discounts, offers, promotionIds } = day.lines;
  const [first, end] = [start + from, start + to];
  columns.itemId.setSequence(from, to, day.firstLineId + first);
  columns.productId.setIntegers(from, products, first, end, 1);
  columns.unitPrice.setIntegers(from, unitPrices, first, end);
  columns.discount.setIntegers(from, discounts, first, end);
  columns.promotionId.setCodes(from, offers, promotionIds, first, end);
  fillOfOrders(day, columns, start, from, to);
  fillAmounts(day, columns, start, from, to);
  fillReturned(day, returned, columns, start, from, to);
}

/** What lines have of their orders. */
function fillOfOrders(
  { firstOrderId, countries, lines: { firstLines } }: OrderDay,
  { orderId, lineNumber, currency }: ItemColumns,
  start: number,
  from: number,
  to: number,
): void {
  let order = countBelow(firstLines, start + from + 1) - 1;
  for (let row = from; row < to; order++) {
    const firstRow = (firstLines[order] as number) - start;
    const end = Math.min(to, (firstLines[order + 1] as number) - start);
    const currencyIndex = CURRENCY_OF_COUNTRY[countries[order] as number] as number;
    orderId.fill(row, end, firstOrderId + order);
    for (; row < end; row++) {
      lineNumber[row] = row - firstRow + 1;
      currency[row] = currencyIndex;
    }
  }
}

function fillAmounts(
  { lines: { quantities, unitPrices, discounts } }: OrderDay,
  { quantity, amount }: ItemColumns,
  start: number,
  from: number,
  to: number,
): void {
  for (let row = from; row < to; row++) {
    const line = start + row;
    const units = quantities[line] as number;
    quantity[row] = units;
    amount.set(row, units * (unitPrices[line] as number) - (discounts[line] as number));
  }
}

/** An item is back once its order's return is known. */
function fillReturned(
  { lines: { firstLines, returns } }: OrderDay,
  returned: Float64Array | undefined,
  { isReturned }: ItemColumns,
  start: number,
  from: number,
  to: number,
): void {
  if (returned === undefined) {
    isReturned.setFlags(from, returns, start + from, start + to);
    return;
  }
  for (let row = from; row < to; row++) {
    if (returns[start + row] === 0) continue;
    const order = countBelow(firstLines, start + row + 1) - 1;
    if (!Number.isNaN(returned[order])) isReturned.setTrue(row);
  }
}
