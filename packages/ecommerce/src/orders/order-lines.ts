import type { Arena } from '@datagen/core/generator';
import { RandomStream } from '@datagen/core/random';
import { drawBaskets } from './baskets.ts';
import { CURRENCIES, CURRENCY_OF_COUNTRY } from '../geography/countries.ts';
import { LINE_DRAWS } from '../draws.ts';
import type { OrderHeads, OrderModel } from './order-model.ts';
import { blackFridayNearness } from '../demand/seasonality.ts';
import { inStretches } from './stretches.ts';

const MAX_QUANTITY = 99;
/** Share of lines sold at a discount on a plain day, and how much more on Black Friday. */
const DISCOUNT_SHARE = 0.12;
const DISCOUNT_SURPLUS = 0.45;
const DISCOUNTS = [0.05, 0.1, 0.1, 0.15, 0.15, 0.2, 0.2, 0.25, 0.3, 0.4] as const;

/** The lines of a day, by row. */
export interface OrderLines {
  /** First line of each order; one more entry for the end. */
  readonly firstLines: Int32Array;
  /** Row of the product. */
  readonly products: Int32Array;
  readonly quantities: Uint8Array;
  /** In hundredths of the order's currency, as are all amounts. */
  readonly unitPrices: Int32Array;
  readonly discounts: Int32Array;
  /** 1 where the item comes back, whenever that is; never in cancelled orders. */
  readonly returns: Uint8Array;
  /** By order: what its lines cost together. */
  readonly totals: Float64Array;
  /** By order: how many lines come back, and what they cost. */
  readonly returnCounts: Int32Array;
  readonly returnedTotals: Float64Array;
}

/** What is bought on a day: baskets, products, quantities, prices and returns, in arrays of `memory`. */
export function drawLines(model: OrderModel, heads: OrderHeads, memory: Arena): OrderLines {
  const { seed, demand, calendar, catalogue, basket, random, scratch } = model;
  const { index, firstLineId, orderCount, lineCount } = heads;
  scratch.reset();
  const counts = drawBaskets(
    new RandomStream(seed, 'order_items', 'order_id', index),
    orderCount,
    lineCount - orderCount,
    basket.shape,
    calendar.maxLines,
    scratch,
  );
  const lines: OrderLines = {
    firstLines: memory.int32s(orderCount + 1),
    products: memory.int32s(lineCount),
    quantities: memory.bytes(lineCount),
    unitPrices: memory.int32s(lineCount),
    discounts: memory.int32s(lineCount),
    returns: memory.bytes(lineCount),
    totals: memory.float64s(orderCount),
    returnCounts: memory.int32s(orderCount),
    returnedTotals: memory.float64s(orderCount),
  };
  inStretches(orderCount, (from, to) => {
    addCounts(counts, lines.firstLines, from, to);
  });
  const discountShare = DISCOUNT_SHARE + DISCOUNT_SURPLUS * blackFridayNearness(demand.launchDay + index);
  inStretches(orderCount, (from, to) => {
    scratch.reset();
    const first = lines.firstLines[from] as number;
    const keys = scratch.int32s((lines.firstLines[to] as number) - first);
    random.lines.keys(firstLineId + first, keys);
    catalogue.chooseProducts(random.lines, keys, lines, from, to);
    sellLines(model, heads, keys, lines, discountShare, from, to);
  });
  return lines;
}

function addCounts(counts: Int32Array, firstLines: Int32Array, from: number, to: number): void {
  for (let order = from; order < to; order++)
    firstLines[order + 1] = (firstLines[order] as number) + (counts[order] as number);
}

/**
 * How many of each product orders `from` to `to - 1` take, at what price and discount, and what comes back. `keys` are
 * those of their lines.
 */
function sellLines(
  { catalogue, random: { lines: random } }: OrderModel,
  { countries, isCancelled }: OrderHeads,
  keys: Int32Array,
  lines: OrderLines,
  discountShare: number,
  from: number,
  to: number,
): void {
  const { moreUnits, prices, returnRates } = catalogue;
  const { firstLines, products, quantities, unitPrices, discounts, returns } = lines;
  const { totals, returnCounts, returnedTotals } = lines;
  const first = firstLines[from] as number;
  for (let order = from; order < to; order++) {
    const currency = CURRENCY_OF_COUNTRY[countries[order] as number] as number;
    const localPrices = prices[currency] as Int32Array;
    const step = (CURRENCIES[currency] as { step: number }).step;
    // Nothing comes back of an order that is called off: no draw is below a rate then.
    const barred = isCancelled[order] as number;
    const end = firstLines[order + 1] as number;
    let total = 0;
    let returnCount = 0;
    let returnedTotal = 0;
    for (let line = firstLines[order] as number; line < end; line++) {
      const key = keys[line - first] as number;
      const product = products[line] as number;
      const unitPrice = localPrices[product] as number;
      const more = moreUnits[product] as number;
      const u = random.uniformOf(key, LINE_DRAWS.quantity);
      let quantity = 1;
      for (let p = more; u < p && quantity < MAX_QUANTITY; p *= more) quantity++;
      quantities[line] = quantity;
      unitPrices[line] = unitPrice;
      let amount = quantity * unitPrice;
      const v = random.uniformOf(key, LINE_DRAWS.discount);
      if (v < discountShare) {
        const share = DISCOUNTS[((v / discountShare) * DISCOUNTS.length) | 0] as number;
        const discount = Math.floor((share * quantity * unitPrice) / step + 1e-6) * step;
        discounts[line] = discount;
        amount -= discount;
      }
      total += amount;
      if (random.uniformOf(key, LINE_DRAWS.isReturned) + barred < (returnRates[product] as number)) {
        returns[line] = 1;
        returnCount++;
        returnedTotal += amount;
      }
    }
    totals[order] = total;
    returnCounts[order] = returnCount;
    returnedTotals[order] = returnedTotal;
  }
}
