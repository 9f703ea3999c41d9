import { type Arena, DAY_MS, RandomStream } from '@datagen/core';
import { drawBaskets } from './baskets.ts';
import { CURRENCIES, CURRENCY_OF_COUNTRY } from './countries.ts';
import { blackFridayNearness, hourWeights } from './seasonality.ts';
import type { Shop } from './shop.ts';

const MAX_QUANTITY = 99;
/** Share of lines sold at a discount on a plain day, and how much more on Black Friday. */
const DISCOUNT_SHARE = 0.12;
const DISCOUNT_SURPLUS = 0.45;
const DISCOUNTS = [0.05, 0.1, 0.1, 0.15, 0.15, 0.2, 0.2, 0.25, 0.3, 0.4] as const;

/** The orders of one day with their lines: what `orders` and `order_items` share. Rows count from 0 in the day. */
export class OrderDay {
  readonly #shop: Shop;
  /** What the arrays of the day lie in. */
  readonly memory: Arena;
  /** How many blocks are being filled from the day: until they are done, its memory is not for another one. */
  readers = 0;
  /** Days after launch. */
  readonly index: number;
  readonly startMs: number;
  /** Of the day's first order and line. */
  readonly firstOrderId: number;
  readonly firstLineId: number;
  readonly orderCount: number;
  readonly lineCount: number;
  /** Row of the customer. */
  readonly customers: Int32Array;
  /** Position of the customer's country in `COUNTRIES`. */
  readonly countries: Uint8Array;
  readonly lines: OrderLines;
  #times: Float64Array | undefined;

  /** Makes the orders of day `index` after launch in the place of whatever `memory` held. */
  constructor(shop: Shop, index: number, memory: Arena) {
    memory.reset();
    const { firstOrder, firstLine, orderCount, lineCount } = shop.calendar.dayAt(index);
    this.#shop = shop;
    this.memory = memory;
    this.index = index;
    this.startMs = (shop.demand.launchDay + index) * DAY_MS;
    this.firstOrderId = firstOrder + 1;
    this.firstLineId = firstLine + 1;
    this.orderCount = orderCount;
    this.lineCount = lineCount;
    this.customers = memory.int32s(orderCount);
    drawCustomers(shop, index, this.customers);
    this.countries = memory.bytes(orderCount);
    const { countries } = shop.customers;
    for (let i = 0; i < orderCount; i++) this.countries[i] = countries[this.customers[i] as number] as number;
    this.lines = drawLines(shop, this, memory);
  }

  /** Microseconds after midnight UTC of the orders, in rising order. */
  get times(): Float64Array {
    if (this.#times === undefined) {
      this.#times = this.memory.float64s(this.orderCount);
      drawTimes(this.#shop, this.index, this.#times);
    }
    return this.#times;
  }
}

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
  /** How many lines of each order come back. */
  readonly returnCounts: Int32Array;
}

/** What is known of a day before its lines are. */
type DayPlan = Omit<OrderDay, 'lines' | 'times'>;

/** Normalised sums of exponentials are sorted uniforms, which the hours' shares then stretch. */
function drawTimes({ config, demand }: Shop, index: number, times: Float64Array): void {
  const stream = new RandomStream(config.seed, 'orders', 'order_ts', index);
  let sum = 0;
  for (let i = 0; i < times.length; i++) times[i] = sum += stream.exponential();
  sum += stream.exponential();
  const weights = hourWeights(demand.launchDay + index);
  const total = weights.reduce((a, b) => a + b, 0);
  let hour = 0;
  let before = 0;
  let weight = weights[0] as number;
  for (let i = 0; i < times.length; i++) {
    const x = ((times[i] as number) / sum) * total;
    while (x >= before + weight && hour < 23) {
      before += weight;
      weight = weights[++hour] as number;
    }
    times[i] = Math.floor((hour + Math.min((x - before) / weight, 0.999_999)) * 3.6e9);
  }
}

/** First orders of the day's new customers in random places, repeat orders of active ones in all others. */
function drawCustomers({ config, calendar, customers }: Shop, index: number, rows: Int32Array): void {
  const orderCount = rows.length;
  const stream = new RandomStream(config.seed, 'orders', 'customer_id', index);
  const newCount = customers.firstBuyers(index, calendar.firstOrderShare(index), orderCount, rows);
  customers.chooseBuyers(stream, index, rows, newCount);
  for (let order = 0; order < newCount; order++) {
    const other = order + stream.below(orderCount - order);
    const row = rows[order] as number;
    rows[order] = rows[other] as number;
    rows[other] = row;
  }
}

function drawLines(shop: Shop, day: DayPlan, memory: Arena): OrderLines {
  const { config, calendar, catalogue, basket, lifecycle, scratch } = shop;
  const { index, orderCount, lineCount, firstOrderId } = day;
  scratch.reset();
  const counts = drawBaskets(
    new RandomStream(config.seed, 'order_items', 'order_id', index),
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
    returnCounts: memory.int32s(orderCount),
  };
  const { firstLines, products } = lines;
  for (let order = 0; order < orderCount; order++)
    firstLines[order + 1] = (firstLines[order] as number) + (counts[order] as number);
  const stream = new RandomStream(config.seed, 'order_items', 'product_id', index);
  for (let order = 0; order < orderCount; order++) {
    const first = firstLines[order] as number;
    const end = firstLines[order + 1] as number;
    for (let line = first; line < end; line++)
      products[line] = catalogue.chooseProduct(stream, products, first, line);
  }
  priceLines(shop, day, lines);
  drawReturns(shop, day, lines, lifecycle.cancellations(firstOrderId, orderCount, scratch));
  return lines;
}

/** How many of each product, at what price and discount. */
function priceLines({ demand, catalogue, random, scratch }: Shop, day: DayPlan, lines: OrderLines): void {
  const { index, orderCount, lineCount, firstLineId, countries } = day;
  const { firstLines, products, quantities, unitPrices, discounts } = lines;
  const { moreUnits, prices } = catalogue;
  const quantityDraws = random.quantity.uniforms(firstLineId, scratch.float64s(lineCount));
  const discountDraws = random.discount.uniforms(firstLineId, scratch.float64s(lineCount));
  const discountShare = DISCOUNT_SHARE + DISCOUNT_SURPLUS * blackFridayNearness(demand.launchDay + index);
  for (let order = 0; order < orderCount; order++) {
    const currency = CURRENCY_OF_COUNTRY[countries[order] as number] as number;
    const localPrices = prices[currency] as Int32Array;
    const step = (CURRENCIES[currency] as { step: number }).step;
    const end = firstLines[order + 1] as number;
    for (let line = firstLines[order] as number; line < end; line++) {
      const product = products[line] as number;
      const unitPrice = localPrices[product] as number;
      const more = moreUnits[product] as number;
      const u = quantityDraws[line] as number;
      let quantity = 1;
      for (let p = more; u < p && quantity < MAX_QUANTITY; p *= more) quantity++;
      quantities[line] = quantity;
      unitPrices[line] = unitPrice;
      const v = discountDraws[line] as number;
      if (v < discountShare) {
        const share = DISCOUNTS[((v / discountShare) * DISCOUNTS.length) | 0] as number;
        discounts[line] = Math.floor((share * quantity * unitPrice) / step + 1e-6) * step;
      }
    }
  }
}

function drawReturns(
  { catalogue: { returnRates }, random, scratch }: Shop,
  { orderCount, lineCount, firstLineId }: DayPlan,
  { firstLines, products, returns, returnCounts }: OrderLines,
  isCancelled: Uint8Array,
): void {
  const draws = random.returned.uniforms(firstLineId, scratch.float64s(lineCount));
  for (let order = 0; order < orderCount; order++) {
    if (isCancelled[order] === 1) continue;
    const first = firstLines[order] as number;
    const end = firstLines[order + 1] as number;
    let count = 0;
    for (let line = first; line < end; line++) {
      if ((draws[line] as number) < (returnRates[products[line] as number] as number)) {
        returns[line] = 1;
        count++;
      }
    }
    returnCounts[order] = count;
  }
}
