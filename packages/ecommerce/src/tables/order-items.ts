import {
  boolean,
  type BatchBuilder,
  category,
  type ChunkFiller,
  column,
  date,
  DAY_MS,
  decimal,
  defineTable,
  int32,
  int64,
  textDictionary,
} from '@datagen/core';
import { CURRENCIES, CURRENCY_OF_COUNTRY } from '../countries.ts';
import { MAX_LIFECYCLE_DAYS } from '../lifecycle.ts';
import { drawTimes, type OrderDay } from '../order-day.ts';
import type { Shop } from '../shop.ts';

export const orderItemsTable = defineTable({
  name: 'order_items',
  description: 'A line of an order: one product, in some quantity.',
  primaryKey: ['order_item_id'],
  foreignKeys: [
    { columns: ['order_id'], table: 'orders', references: ['order_id'] },
    { columns: ['product_id'], table: 'products', references: ['product_id'] },
  ],
  timeColumn: 'order_date',
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
    column('product_id', int64(), 'What was bought; a product comes once in an order'),
    column('quantity', int32(), 'Units bought, 1 to 99'),
    column('currency', category(), "The order's currency, ISO 4217 code"),
    column('unit_price', decimal(10, 2), "The product's price in the order's currency"),
    column('discount', decimal(10, 2), 'Taken off the line, 0 for most'),
    column('amount', decimal(12, 2), 'What the line costs: `quantity` · `unit_price` - `discount`'),
    column('is_returned', boolean(), 'Whether the item was sent back by `asOf`; never in cancelled orders'),
  ],
});

const currencyCodes = textDictionary(CURRENCIES.map(({ code }) => code));

/** Fills the lines of a day's orders. */
export function orderItemsFiller(shop: Shop, day: OrderDay): ChunkFiller {
  const { lifecycle, customers, observedUntil } = shop;
  const hasOpenReturns = day.startMs / 1000 + MAX_LIFECYCLE_DAYS * 86_400 > observedUntil;
  const times = hasOpenReturns ? drawTimes(shop, day.index, day.orderCount) : undefined;
  let order = -1;
  let end = 0;
  let first = 0;
  let currencyIndex = 0;
  let mayReturn = false;
  return (builder: BatchBuilder, start: number) => {
    const itemId = builder.int64('order_item_id');
    const orderId = builder.int64('order_id');
    const orderDate = builder.date('order_date');
    const lineNumber = builder.int32('line_number');
    const productId = builder.int64('product_id');
    const quantity = builder.int32('quantity');
    const currency = builder.dictionary('currency', currencyCodes);
    const unitPrice = builder.decimal('unit_price');
    const discount = builder.decimal('discount');
    const amount = builder.decimal('amount');
    const isReturned = builder.boolean('is_returned');
    orderDate.values.fill(day.startMs / DAY_MS);

    for (let i = 0; i < builder.length; i++) {
      const line = start + i;
      if (line === end) {
        order++;
        first = line;
        end = day.firstLines[order + 1] as number;
        const country = customers.countries[day.customers[order] as number] as number;
        currencyIndex = CURRENCY_OF_COUNTRY[country] as number;
        const id = day.firstOrderId + order;
        mayReturn = !lifecycle.isCancelled(id);
        if (mayReturn && times !== undefined) {
          const placed = (day.startMs * 1000 + (times[order] as number)) / 1e6;
          lifecycle.trace(id, placed, lifecycle.paymentMethodOf(id, country));
          mayReturn = lifecycle.returnTime(id) < observedUntil;
        }
      }
      const units = day.quantities[line] as number;
      const price = day.unitPrices[line] as number;
      const off = day.discounts[line] as number;
      itemId.set(i, day.firstLineId + line);
      orderId.set(i, day.firstOrderId + order);
      lineNumber.values[i] = line - first + 1;
      productId.set(i, (day.products[line] as number) + 1);
      quantity.values[i] = units;
      currency.indexes[i] = currencyIndex;
      unitPrice.set(i, price);
      discount.set(i, off);
      amount.set(i, units * price - off);
      if (mayReturn && day.returns[line] === 1) isReturned.setTrue(i);
    }
  };
}
