import { DAY_MS, RandomStream } from '@datagen/core';
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
export interface OrderDay {
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
  /** First line of each order; one more entry for the end. */
  readonly firstLines: Int32Array;
  /** Row of the product. */
  readonly products: Int32Array;
  readonly quantities: Uint8Array;
  /** In hundredths of the order's currency, as are all amounts. */
  readonly unitPrices: Int32Array;
  readonly discounts: Int32Array;
  /** Whether the item comes back once it is delivered, whenever that is. */
  readonly returns: Uint8Array;
}

/** Makes the orders of day `index` after launch. */
export function makeOrderDay(shop: Shop, index: number): OrderDay {
  const plan = shop.calendar.dayAt(index);
  const { orderCount, lineCount } = plan;
  const day = shop.demand.launchDay + index;
  const firstOrderId = plan.firstOrder + 1;
  const firstLineId = plan.firstLine + 1;
  const customers = drawCustomers(shop, index, orderCount);
  return {
    index,
    startMs: day * DAY_MS,
    firstOrderId,
    firstLineId,
    orderCount,
    lineCount,
    customers,
    ...drawLines(shop, index, customers, lineCount, firstLineId, blackFridayNearness(day)),
  };
}

/**
 * Microseconds after midnight UTC of the orders of day `index` after launch, in rising order: normalised sums of exponentials are sorted uniforms, which
 * the hours' shares then stretch.
 */
export function drawTimes({ config, demand }: Shop, index: number, count: number): Float64Array {
  const stream = new RandomStream(config.seed, 'orders', 'order_ts', index);
  const times = new Float64Array(count);
  let sum = 0;
  for (let i = 0; i < count; i++) times[i] = sum += stream.exponential();
  sum += stream.exponential();
  const weights = hourWeights(demand.launchDay + index);
  const total = weights.reduce((a, b) => a + b, 0);
  let hour = 0;
  let before = 0;
  let weight = weights[0] as number;
  for (let i = 0; i < count; i++) {
    const x = ((times[i] as number) / sum) * total;
    while (x >= before + weight && hour < 23) {
      before += weight;
      weight = weights[++hour] as number;
    }
    times[i] = Math.floor((hour + Math.min((x - before) / weight, 0.999_999)) * 3.6e9);
  }
  return times;
}

/** First orders of the day's new customers in random places, repeat orders of active ones in all others. */
function drawCustomers({ config, calendar, customers }: Shop, index: number, orderCount: number): Int32Array {
  const rows = new Int32Array(orderCount);
  const stream = new RandomStream(config.seed, 'orders', 'customer_id', index);
  const newCount = customers.firstBuyers(index, calendar.firstOrderShare(index), orderCount, rows);
  customers.chooseBuyers(stream, index, rows, newCount);
  for (let order = 0; order < newCount; order++) {
    const other = order + stream.below(orderCount - order);
    const row = rows[order] as number;
    rows[order] = rows[other] as number;
    rows[other] = row;
  }
  return rows;
}

type Lines = Pick<
  OrderDay,
  'firstLines' | 'products' | 'quantities' | 'unitPrices' | 'discounts' | 'returns'
>;

function drawLines(
  { config, calendar, catalogue, customers, basket, random }: Shop,
  index: number,
  buyers: Int32Array,
  lineCount: number,
  firstLineId: number,
  saleNearness: number,
): Lines {
  const { seed } = config;
  const orderCount = buyers.length;
  const basketStream = new RandomStream(seed, 'order_items', 'order_id', index);
  const counts = drawBaskets(
    basketStream,
    orderCount,
    lineCount - orderCount,
    basket.shape,
    calendar.maxLines,
  );
  const stream = new RandomStream(seed, 'order_items', 'product_id', index);
  const { moreUnits, prices, returnRates } = catalogue;
  const discountShare = DISCOUNT_SHARE + DISCOUNT_SURPLUS * saleNearness;

  const firstLines = new Int32Array(orderCount + 1);
  const products = new Int32Array(lineCount);
  const quantities = new Uint8Array(lineCount);
  const unitPrices = new Int32Array(lineCount);
  const discounts = new Int32Array(lineCount);
  const returns = new Uint8Array(lineCount);
  let line = 0;
  for (let order = 0; order < orderCount; order++) {
    const first = line;
    const end = first + (counts[order] as number);
    const country = customers.countries[buyers[order] as number] as number;
    const currency = CURRENCY_OF_COUNTRY[country] as number;
    const localPrices = prices[currency] as Int32Array;
    const step = (CURRENCIES[currency] as { step: number }).step;
    firstLines[order] = first;
    for (; line < end; line++) {
      const row = catalogue.chooseProduct(stream, products, first, line);
      const id = firstLineId + line;
      const unitPrice = localPrices[row] as number;
      const more = moreUnits[row] as number;
      const u = random.quantity.uniform(id);
      let quantity = 1;
      for (let p = more; u < p && quantity < MAX_QUANTITY; p *= more) quantity++;
      products[line] = row;
      quantities[line] = quantity;
      unitPrices[line] = unitPrice;
      const v = random.discount.uniform(id);
      if (v < discountShare) {
        const share = DISCOUNTS[((v / discountShare) * DISCOUNTS.length) | 0] as number;
        discounts[line] = Math.floor((share * quantity * unitPrice) / step + 1e-6) * step;
      }
      if (random.returned.uniform(id) < (returnRates[row] as number)) returns[line] = 1;
    }
  }
  firstLines[orderCount] = line;
  return { firstLines, products, quantities, unitPrices, discounts, returns };
}
