import {
  type BatchBuilder,
  column,
  countBelow,
  date,
  decimal,
  defineTable,
  firstRowOf,
  int64,
  once,
  rowBlocks,
  type TableSource,
} from '@datagen/core/generator';
import { type Catalogue, NEVER } from '../catalogue.ts';
import type { PriceChanges } from './price-changes.ts';

const priceHistoryTable = defineTable({
  name: 'price_history',
  description:
    'A list price of a product, and the days on which it held (a slowly changing dimension of type 2).',
  primaryKey: ['product_id', 'valid_from'],
  foreignKeys: [{ columns: ['product_id'], table: 'products', references: ['product_id'] }],
  sortedBy: ['product_id', 'valid_from'],
  columns: [
    column('product_id', int64(), 'The product'),
    column('valid_from', date(), 'First day of the price'),
    column('valid_to', date(), 'Last day of the price; null while it holds', { nullable: true }),
    column(
      'price',
      decimal(10, 2),
      'List price in EUR; other currencies have prices of their own near the fixed rate',
    ),
  ],
});

/** What prices there are. */
interface PriceModel {
  readonly catalogue: Catalogue;
  readonly priceChanges: PriceChanges;
  /** Days since 1970. */
  readonly launchDay: number;
  /** Days after launch of the end of sign-ups, to which prices are listed. */
  readonly signupDays: number;
  /** Days after launch from which nothing is known; infinite where all is. */
  readonly observedDays: number;
}

/** Prices by product, in the order of time. */
interface PriceList {
  /** First price of each product; one more entry for the end. */
  readonly firsts: Int32Array;
  /** Days after launch from which prices hold. */
  readonly days: readonly number[];
  /** In euro cents. */
  readonly cents: readonly number[];
}

/** The table `price_history`: the prices of each product until it goes, until `asOf`, or until the sign-ups end. */
export function priceHistorySource(shop: () => PriceModel): TableSource {
  const prices = once(() => listPrices(shop()));
  return {
    table: priceHistoryTable,
    blocks: (_, wanted) => rowBlocks(prices().days.length, wanted),
    open: (block) => ({
      rowCount: block.rowCount,
      fill: (builder, start) => {
        fillPrices(shop(), prices(), builder, firstRowOf(block) + start);
      },
    }),
  };
}

function listPrices({ catalogue, priceChanges, signupDays, observedDays }: PriceModel): PriceList {
  const productCount = catalogue.countThrough(observedDays - 1);
  const firsts = new Int32Array(productCount + 1);
  const days: number[] = [];
  const cents: number[] = [];
  for (let row = 0; row < productCount; row++) {
    const firstDay = catalogue.firstDays[row] as number;
    let price = priceChanges.firstPriceOf(row);
    days.push(firstDay);
    cents.push(price);
    const end = Math.min(catalogue.endDays[row] as number, signupDays, observedDays);
    for (let week = priceChanges.weekOf(firstDay) + 1; priceChanges.dayOf(week) < end; week++) {
      if (!priceChanges.changesIn(row, week)) continue;
      const next = priceChanges.newPriceOf(row, week);
      if (next === price) continue;
      price = next;
      days.push(priceChanges.dayOf(week));
      cents.push(next);
    }
    firsts[row + 1] = days.length;
  }
  return { firsts, days, cents };
}

/** Fills the rows from price `firstRow` on. */
function fillPrices(
  { catalogue, launchDay, observedDays }: PriceModel,
  { firsts, days, cents }: PriceList,
  builder: BatchBuilder,
  firstRow: number,
): void {
  const productId = builder.int64('product_id');
  const from = builder.date('valid_from');
  const to = builder.date('valid_to');
  const price = builder.decimal('price');
  let product = countBelow(firsts, firstRow + 1) - 1;
  for (let i = 0; i < builder.length; i++) {
    const row = firstRow + i;
    while ((firsts[product + 1] as number) <= row) product++;
    productId.set(i, product + 1);
    from.values[i] = launchDay + (days[row] as number);
    price.set(i, cents[row] as number);
    const isLast = row + 1 === firsts[product + 1];
    const end = isLast ? (catalogue.endDays[product] as number) : (days[row + 1] as number);
    if (isLast && end >= Math.min(observedDays, NEVER)) to.setNull(i);
    else to.values[i] = launchDay + end - 1;
  }
}
