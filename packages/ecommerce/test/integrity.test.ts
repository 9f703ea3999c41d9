import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '@datagen/core/generator';
import { countDifferences, readColumns, shareWhere } from '@datagen/testkit';
import { END, realismShop, SEEDS, START, tableOf } from './realism-shop.ts';

const DAY_US = DAY_MS * 1000;

/** Rows for which something does not hold. */
function countWhere(length: number, isBroken: (row: number) => boolean): number {
  let count = 0;
  for (let row = 0; row < length; row++) if (isBroken(row)) count++;
  return count;
}

describe.each(SEEDS)('rows of seed %i', (seed) => {
  const customers = tableOf('customers', seed);
  const products = tableOf('products', seed);
  const orders = tableOf('orders', seed);
  const items = tableOf('order_items', seed);
  const orderIds = orders.numbers('order_id');
  const firstOrderId = orderIds[0] as number;
  /** Row in `orders` of each item. */
  const orderOf = items.numbers('order_id').map((id) => id - firstOrderId);

  it('E1: ids run without gaps, and every reference resolves', () => {
    expect(countWhere(orders.rowCount, (row) => orderIds[row] !== firstOrderId + row)).toBe(0);
    const itemIds = items.numbers('order_item_id');
    expect(countWhere(items.rowCount, (row) => itemIds[row] !== (itemIds[0] as number) + row)).toBe(0);
    expect(shareWhere(orderOf, (row) => row >= 0 && row < orders.rowCount)).toBe(1);
    expect(shareWhere(orders.numbers('customer_id'), (id) => id >= 1 && id <= 60_000)).toBe(1);
    expect(shareWhere(items.numbers('product_id'), (id) => id >= 1 && id <= 10_000)).toBe(1);
    for (const [table, id] of [
      [customers, 'customer_id'],
      [products, 'product_id'],
    ] as const) {
      const ids = table.numbers(id);
      expect(countWhere(table.rowCount, (row) => ids[row] !== row + 1)).toBe(0);
    }
  });

  it('E1: amounts add up to the cent', () => {
    const [quantity, unitPrice, discount, amount] = ['quantity', 'unit_price', 'discount', 'amount'].map(
      (c) => items.numbers(c),
    ) as [Float64Array, Float64Array, Float64Array, Float64Array];
    expect(
      countWhere(
        items.rowCount,
        (row) =>
          (quantity[row] as number) * (unitPrice[row] as number) - (discount[row] as number) !== amount[row],
      ),
    ).toBe(0);
    expect(shareWhere(quantity, (units) => units >= 1 && units <= 12)).toBe(1);
    expect(shareWhere(amount, (cents) => cents > 0)).toBe(1);
    expect(shareWhere(discount, (cents) => cents >= 0)).toBe(1);
    const sums = new Float64Array(orders.rowCount);
    const counts = new Float64Array(orders.rowCount);
    orderOf.forEach((order, row) => {
      sums[order] = (sums[order] as number) + (amount[row] as number);
      counts[order] = (counts[order] as number) + 1;
    });
    const fees = orders.numbers('shipping_fee');
    expect(
      countDifferences(
        orders.numbers('amount'),
        sums.map((sum, row) => sum + (fees[row] as number)),
      ),
    ).toBe(0);
    expect(countDifferences(orders.numbers('item_count'), counts)).toBe(0);
  });

  it('E16: nobody orders before the sign-up; order and items share day, currency and country', () => {
    const dates = orders.numbers('order_date');
    const times = orders.numbers('order_ts');
    const buyers = orders.numbers('customer_id');
    const signups = customers.numbers('signup_date');
    expect(
      countWhere(
        orders.rowCount,
        (row) => (dates[row] as number) < (signups[(buyers[row] as number) - 1] as number),
      ),
    ).toBe(0);
    expect(
      countWhere(orders.rowCount, (row) => Math.floor((times[row] as number) / DAY_US) !== dates[row]),
    ).toBe(0);
    expect(
      countWhere(orders.rowCount - 1, (row) => (times[row] as number) > (times[row + 1] as number)),
    ).toBe(0);
    for (const column of ['country', 'currency']) {
      const own = customers.texts(column);
      const ordered = orders.texts(column);
      expect(countWhere(orders.rowCount, (row) => ordered[row] !== own[(buyers[row] as number) - 1])).toBe(0);
    }
    const orderCurrencies = orders.numbers('currency');
    const itemCurrencies = items.numbers('currency');
    const itemDates = items.numbers('order_date');
    expect(
      countWhere(items.rowCount, (row) => itemCurrencies[row] !== orderCurrencies[orderOf[row] as number]),
    ).toBe(0);
    expect(countWhere(items.rowCount, (row) => itemDates[row] !== dates[orderOf[row] as number])).toBe(0);
  });

  it('E7: no product comes twice in an order', () => {
    const bought = items.numbers('product_id');
    const lines = items.numbers('line_number');
    const isRepeated = (row: number) => {
      for (let before = row - 1; orderOf[before] === orderOf[row]; before--)
        if (bought[before] === bought[row]) return true;
      return false;
    };
    expect(countWhere(items.rowCount, isRepeated)).toBe(0);
    expect(
      countWhere(
        items.rowCount,
        (row) =>
          lines[row] !== (row > 0 && orderOf[row] === orderOf[row - 1] ? (lines[row - 1] as number) + 1 : 1),
      ),
    ).toBe(0);
  });

  it('prices are near those with which products come, and end as usual in their currency', () => {
    const listed = products.numbers('price');
    const bought = items.numbers('product_id');
    const prices = items.numbers('unit_price');
    const currencies = items.texts('currency');
    const rates: Readonly<Record<string, number>> = { EUR: 1, CHF: 0.96, PLN: 4.4, SEK: 11.4 };
    const isOdd = (row: number) => {
      const cents = prices[row] as number;
      const rate = rates[currencies[row] as string] as number;
      const usual = rate * (listed[(bought[row] as number) - 1] as number);
      // A spread of .09 and two per cent a year; tags of cheap things are a euro or more apart.
      if (Math.abs(Math.log(cents / usual)) > 0.75 && Math.abs(cents - usual) > 150 * rate) return true;
      if (currencies[row] === 'CHF') return cents % 5 !== 0;
      if (currencies[row] === 'PLN') return cents % 100 !== 99;
      return currencies[row] === 'SEK' && cents % 1_000 !== 900;
    };
    expect(countWhere(items.rowCount, isOdd)).toBe(0);
  });
});

describe.each(SEEDS)('lives of orders of seed %i', (seed) => {
  const orders = readColumns(realismShop(seed, { asOf: END }), 'orders', START, END);
  const statuses = orders.texts('status');
  const methods = orders.texts('payment_method');
  const dates = orders.numbers('order_date');
  const stages = ['order_ts', 'paid_ts', 'shipped_ts', 'delivered_ts', 'returned_ts'].map((name) =>
    orders.numbers(name),
  );
  const asOfUs = (Date.parse(END) + DAY_MS) * 1000;
  const isOpen = (row: number) => ['placed', 'paid', 'shipped'].includes(statuses[row] as string);

  it('E18: stages come in strictly rising order and none after the day of observation', () => {
    const isBroken = (row: number) => {
      let previous = 0;
      let isOver = false;
      const [placed, paid, ...later] = stages;
      // Invoices and direct debits are paid while the parcel is on its way or later.
      const isPaidLater = ['invoice', 'direct_debit'].includes(methods[row] as string);
      for (const stage of isPaidLater ? [placed, ...later] : [placed, paid, ...later]) {
        if (stage === undefined) return true;
        const time = stage[row] as number;
        if (Number.isNaN(time)) {
          isOver = true;
          continue;
        }
        if (isOver || time <= previous || time >= asOfUs) return true;
        previous = time;
      }
      return false;
    };
    expect(countWhere(orders.rowCount, isBroken)).toBe(0);
  });

  it('E18: nothing is open after 30 days, and at least 60 % of the last 2 days’ orders are', () => {
    const lastDay = Date.parse(END) / DAY_MS;
    expect(countWhere(orders.rowCount, (row) => (dates[row] as number) < lastDay - 30 && isOpen(row))).toBe(
      0,
    );
    const recent = countWhere(orders.rowCount, (row) => (dates[row] as number) > lastDay - 2);
    expect(
      countWhere(orders.rowCount, (row) => (dates[row] as number) > lastDay - 2 && isOpen(row)) / recent,
    ).toBeGreaterThanOrEqual(0.6);
  });

  it('E18: the status is the last stage reached', () => {
    const reached = (name: string, row: number) => !Number.isNaN(orders.numbers(name)[row]);
    const isWrong = (row: number) => {
      const status = statuses[row] as string;
      if (reached('cancelled_ts', row)) return status !== 'cancelled' || reached('shipped_ts', row);
      if (reached('returned_ts', row) && status === 'returned') return false;
      if (reached('delivered_ts', row)) return status !== 'delivered';
      if (reached('shipped_ts', row)) return status !== 'shipped';
      return status !== (reached('paid_ts', row) ? 'paid' : 'placed');
    };
    expect(countWhere(orders.rowCount, isWrong)).toBe(0);
  });
});

it('E18: what has happened by a day stays as it is when it is observed later', () => {
  const [early, late] = ['2025-03-31', '2025-06-30'].map((asOf) =>
    readColumns(realismShop(1, { asOf }), 'orders', '2025-03-01', '2025-03-31'),
  );
  const endUs = (Date.parse('2025-03-31') + DAY_MS) * 1000;
  for (const stage of ['paid_ts', 'shipped_ts', 'delivered_ts', 'returned_ts', 'cancelled_ts']) {
    expect(
      countDifferences(
        early?.numbers(stage) ?? [],
        late?.numbers(stage).map((time) => (time < endUs ? time : Number.NaN)) ?? [],
      ),
    ).toBe(0);
  }
});
