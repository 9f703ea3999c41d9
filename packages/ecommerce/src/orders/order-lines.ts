import type { Arena } from '@datagen/core/generator';
import { RandomStream } from '@datagen/core/random';
import { drawBaskets } from './baskets.ts';
import { CURRENCIES, CURRENCY_OF_COUNTRY } from '../geography/countries.ts';
import { basketHabitOf, LINE_DRAWS, ORDER_DRAWS, returnHabitOf } from '../draws.ts';
import { RETURN_HABITS } from '../products/return-rates.ts';
import type { OrderHeads, OrderModel } from './order-model.ts';
import { FIRST_COUPON } from '../products/promotions/coupon-codes.ts';
import { CATEGORY_BITS, moreUnitsOf, offerOf } from '../products/promotions/day-offers.ts';
import type { Offers, Promotions } from '../products/promotions/promotions.ts';
import { inStretches } from './stretches.ts';

const { imul } = Math;
/** Probabilities are whole numbers of so many parts, as 16 bits draw them. */
const PARTS = 0x10000;
/** Share of first orders with the welcome coupon, and of others with that of the newsletter while there is one. */
const WELCOME_SHARE = Math.round(0.22 * PARTS);
const NEWSLETTER_SHARE = Math.round(0.16 * PARTS);

/** Codes of the coupons of a day in `OrderLines.offers` and `coupons`. */
const NEWSLETTER = FIRST_COUPON;
const WELCOME = FIRST_COUPON + 1;
/** Position of the welcome coupon among the promotions. */
const WELCOME_POSITION = 0;

/** By currency: the least difference between prices, and its inverse. */
const STEPS = Int32Array.from(CURRENCIES, ({ step }) => step);
const STEPS_PER_UNIT = Float64Array.from(STEPS, (step) => 1 / step);

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
  /** The promotion of each line: a place in `promotionIds`; 0 for the full price. */
  readonly offers: Uint8Array;
  /** Ids of the promotions of the day by their codes in `offers` and `coupons`; 0 for none. */
  readonly promotionIds: Int32Array;
  /** By order: the code of its coupon in `promotionIds`, or 0. */
  readonly coupons: Uint8Array;
  /** 1 where the item comes back, whenever that is; never in cancelled orders. */
  readonly returns: Uint8Array;
  /** By order: what its lines cost together. */
  readonly totals: Float64Array;
  /** By order: how many lines come back (a value of `RETURNS`), and what they cost. */
  readonly returnKinds: Uint8Array;
  readonly returnedTotals: Float64Array;
}

/** What is bought on a day: baskets, products, quantities, prices and returns, in arrays of `memory`. */
export function drawLines(model: OrderModel, heads: OrderHeads, memory: Arena): OrderLines {
  const { seed, calendar, assortment, basket, random, scratch } = model;
  const { index, firstLineId, orderCount, lineCount, habits } = heads;
  scratch.reset();
  const counts = drawBaskets(
    new RandomStream(seed, 'order_items', 'order_id', index),
    orderCount,
    lineCount - orderCount,
    basket.shape,
    calendar.maxLines,
    scratch,
  );
  const offers = assortment.moveTo(index);
  const lines: OrderLines = {
    firstLines: memory.int32s(orderCount + 1),
    products: memory.int32s(lineCount, false),
    quantities: memory.bytes(lineCount, false),
    unitPrices: memory.int32s(lineCount, false),
    discounts: memory.int32s(lineCount, false),
    offers: memory.bytes(lineCount, false),
    promotionIds: promotionIdsOf(offers),
    coupons: memory.bytes(orderCount, false),
    returns: memory.bytes(lineCount, false),
    totals: memory.float64s(orderCount, false),
    returnKinds: memory.bytes(orderCount, false),
    returnedTotals: memory.float64s(orderCount, false),
  };
  inStretches(orderCount, (from, to) => {
    matchBaskets(counts, habits, from, to);
    addCounts(counts, lines.firstLines, from, to);
  });
  const sales: DaySales = {
    offers,
    rates: ratesOf(offers, assortment.promotions),
    firstNewcomer: model.signups.through(index - 1),
  };
  inStretches(orderCount, (from, to) => {
    scratch.reset();
    const first = lines.firstLines[from] as number;
    const keys = scratch.int32s((lines.firstLines[to] as number) - first, false);
    random.lines.keys(firstLineId + first, keys);
    chooseCoupons(model, heads, lines.coupons, sales, from, to);
    assortment.choice.choose(random.lines, keys, lines, habits, from, to);
    sellLines(model, heads, keys, lines, sales, from, to);
  });
  return lines;
}

/** What is on offer on a day, and to whom. */
interface DaySales {
  readonly offers: Offers;
  /** Rates by code in `OrderLines.offers`. */
  readonly rates: Float64Array;
  /** Row of the first customer who signs up on that day. */
  readonly firstNewcomer: number;
}

function promotionIdsOf({ positions, newsletter }: Offers): Int32Array {
  const ids = new Int32Array(256);
  for (let at = 0; at < positions.length; at++) ids[at + 1] = (positions[at] as number) + 1;
  ids[NEWSLETTER] = newsletter + 1;
  ids[WELCOME] = WELCOME_POSITION + 1;
  return ids;
}

function ratesOf({ rates, newsletter }: Offers, { list }: Promotions): Float64Array {
  const byCode = new Float64Array(256);
  byCode.set(rates, 1);
  byCode[NEWSLETTER] = list[newsletter]?.rate ?? 0;
  byCode[WELCOME] = list[WELCOME_POSITION]?.rate ?? 0;
  return byCode;
}

/**
 * Gives larger baskets to customers who are used to them, by exchanging those of neighbours: as many orders have as many
 * lines as before. What is exchanged depends on the place in the day alone.
 */
function matchBaskets(counts: Int32Array, habits: Int32Array, from: number, to: number): void {
  for (let pass = 0; pass < 3; pass++) {
    for (let order = from + (pass & 1); order + 1 < to; order += 2) {
      const count = counts[order] as number;
      const next = counts[order + 1] as number;
      const habit = basketHabitOf(habits[order] as number);
      const nextHabit = basketHabitOf(habits[order + 1] as number);
      // Exchanged by a mask and no branch, which could not be foreseen; equal ones may be exchanged, too.
      const mask = -(Number(count > next) ^ Number(habit > nextHabit));
      const exchanged = (count ^ next) & mask;
      counts[order] = count ^ exchanged;
      counts[order + 1] = next ^ exchanged;
    }
  }
}

function addCounts(counts: Int32Array, firstLines: Int32Array, from: number, to: number): void {
  for (let order = from; order < to; order++)
    firstLines[order + 1] = (firstLines[order] as number) + (counts[order] as number);
}

/** Which of the orders `from` to `to - 1` have a coupon. */
function chooseCoupons(
  { random }: OrderModel,
  { keys, customers }: OrderHeads,
  coupons: Uint8Array,
  { offers: { newsletter }, firstNewcomer }: DaySales,
  from: number,
  to: number,
): void {
  // By whether the customer has signed up on that day: numbers and no branches, here and below, for what cannot be foreseen.
  const shares = Int32Array.of(newsletter < 0 ? 0 : NEWSLETTER_SHARE, WELCOME_SHARE);
  const codes = Int32Array.of(NEWSLETTER, WELCOME);
  for (let order = from; order < to; order++) {
    const u = random.orders.bitsOf(keys[order] as number, ORDER_DRAWS.coupon) >>> 16;
    const isNew = (firstNewcomer - 1 - (customers[order] as number)) >>> 31;
    coupons[order] = (codes[isNew] as number) & ((u - (shares[isNew] as number)) >> 31);
  }
}

/**
 * How many of each product orders `from` to `to - 1` take, at what price and discount, and what comes back. `keys` are
 * those of their lines. A coupon takes something off the lines at full price, and is not taken where there are none.
 */
function sellLines(
  { assortment, random: { lines: random } }: OrderModel,
  { countries, habits, isCancelled }: OrderHeads,
  keys: Int32Array,
  lines: OrderLines,
  { rates }: DaySales,
  from: number,
  to: number,
): void {
  const { prices, marks, returnRates } = assortment;
  const { firstLines, products, quantities, unitPrices, discounts, offers, coupons, returns } = lines;
  const { totals, returnKinds, returnedTotals } = lines;
  const first = firstLines[from] as number;
  for (let order = from; order < to; order++) {
    const currency = CURRENCY_OF_COUNTRY[countries[order] as number] as number;
    const localPrices = prices[currency] as Int32Array;
    const step = STEPS[currency] as number;
    const perStep = STEPS_PER_UNIT[currency] as number;
    const returnHabit = returnHabitOf(habits[order] as number);
    // Nothing comes back of an order that is called off.
    const isSold = ((isCancelled[order] as number) - 1) >>> 31;
    const start = firstLines[order] as number;
    const end = firstLines[order + 1] as number;
    const coupon = coupons[order] as number;
    let taken = 0;
    let total = 0;
    let returnCount = 0;
    let returnedTotal = 0;
    for (let line = start; line < end; line++) {
      const product = products[line] as number;
      const bits = random.bitsOf(keys[line - first] as number, LINE_DRAWS.quantityAndReturn);
      const mark = marks[product] as number;
      const quantity = quantityOf(moreUnitsOf(mark), bits >>> 16);
      const unitPrice = localPrices[product] as number;
      const fullAmount = quantity * unitPrice;
      const own = offerOf(mark);
      const used = coupon & ((own - 1) >> 31);
      const offer = own | used;
      taken |= used;
      // `imul`, since an ordinary product looks whether a 0 is -0, by a branch that cannot be foreseen.
      const discount = imul((fullAmount * (rates[offer] as number) * perStep + 1e-6) | 0, step);
      const amount = fullAmount - discount;
      const returnRate = returnRates[(mark & CATEGORY_BITS) * RETURN_HABITS + returnHabit] as number;
      const isReturned = (((bits & 0xffff) - returnRate) >>> 31) & isSold;
      quantities[line] = quantity;
      unitPrices[line] = unitPrice;
      offers[line] = offer;
      discounts[line] = discount;
      returns[line] = isReturned;
      total += amount;
      returnCount += isReturned;
      returnedTotal += amount & -isReturned;
    }
    coupons[order] = taken;
    totals[order] = total;
    // The values of `RETURNS`: 1 where something comes back, 2 where nothing else is left.
    returnKinds[order] = (-returnCount >>> 31) + ((end - start - returnCount - 1) >>> 31);
    returnedTotals[order] = returnedTotal;
  }
}

/** The units of a line, given that so many of `PARTS` lines have one more where they have some; `u` has 16 bits. */
function quantityOf(more: number, u: number): number {
  const more2 = (more * more) >>> 16;
  let quantity = 1 + ((u - more) >>> 31) + ((u - more2) >>> 31);
  // Four or more are rare.
  for (let p = (more2 * more) >>> 16; u < p; p = (p * more) >>> 16) quantity++;
  return quantity;
}
