import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '@datagen/core/generator';
import { type Columns, countDifferences, readColumns } from '@datagen/testkit';
import { ecommerce, type EcommerceOptions } from '../../src/index.ts';

const [START, END] = ['2025-03-01', '2025-03-31'];
const EXTRA = ['price_history', 'shipments', 'payments', 'returns', 'vat_rates'] as const;
const shop = (options: EcommerceOptions = {}) =>
  ecommerce({ nCustomers: 3_000, nProducts: 400, ordersPerDay: 80, extraTables: [...EXTRA], ...options });
const read = (name: string, options?: EcommerceOptions) => readColumns(shop(options), name, START, END);
const rowsOf = (count: number) => Array.from({ length: count }, (_, row) => row);

const priceColumns = (prices: Columns) =>
  ['product_id', 'valid_from', 'valid_to', 'price'].map((name) => prices.numbers(name)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];

/** First row of each product in `price_history`. */
function firstRowsOf(products: Float64Array): ReadonlyMap<number, number> {
  const firsts = new Map<number, number>();
  products.forEach((id, row) => firsts.set(id, Math.min(row, firsts.get(id) ?? row)));
  return firsts;
}

/** Rows of items in EUR that are sold at another price than that of the day. */
function itemsAtOtherPrices(items: Columns, prices: Columns): number[] {
  const [products, from, to, cents] = priceColumns(prices);
  const firsts = firstRowsOf(products);
  const currencies = items.texts('currency');
  const days = items.numbers('order_date');
  const unitPrices = items.numbers('unit_price');
  const ids = items.numbers('product_id');
  return rowsOf(items.rowCount).filter((row) => {
    if (currencies[row] !== 'EUR') return false;
    const id = ids[row] as number;
    let price = firsts.get(id) as number;
    while (products[price + 1] === id && (from[price + 1] as number) <= (days[row] as number)) price++;
    return cents[price] !== unitPrices[row] || (to[price] as number) < (days[row] as number);
  });
}

describe.each([undefined, '2025-04-10'])('tables about the lives of orders, observed on %s', (asOf) => {
  const orders = read('orders', { asOf });
  const items = read('order_items', { asOf });
  const firstOrderId = orders.numbers('order_id')[0] as number;
  const asOfUs = asOf === undefined ? Infinity : (Date.parse(asOf) + DAY_MS) * 1000;

  it('have the parcel of every order, with its times', () => {
    const shipments = read('shipments', { asOf });
    for (const column of ['order_id', 'order_date', 'shipped_ts', 'delivered_ts'])
      expect(countDifferences(shipments.numbers(column), orders.numbers(column))).toBe(0);
    const statuses = shipments.texts('status');
    const ofOrders = orders.texts('status');
    const fits: Readonly<Record<string, readonly string[]>> = {
      placed: ['pending'],
      paid: ['pending'],
      shipped: ['in_transit'],
      delivered: ['delivered'],
      returned: ['delivered'],
      cancelled: ['cancelled'],
    };
    expect(
      rowsOf(orders.rowCount).filter(
        (row) => fits[ofOrders[row] as string]?.includes(statuses[row] as string) !== true,
      ),
    ).toEqual([]);
    const numbers = shipments.texts('tracking_number').filter((text) => (text as string | null) !== null);
    expect(new Set(numbers).size).toBe(numbers.length);
    const weights = [8, 6, 4, 2, 3, 5, 9, 7];
    const isWrong = (text: string) => {
      const digits = /^C[A-Z](\d{8})(\d)DE$/.exec(text);
      if (digits === null) return true;
      const sum = weights.reduce((total, weight, i) => total + weight * Number(digits[1]?.[i]), 0);
      const check = 11 - (sum % 11);
      return Number(digits[2]) !== (check === 10 ? 0 : check === 11 ? 5 : check);
    };
    expect(numbers.filter(isWrong)).toEqual([]);
    expect(numbers.length).toBeGreaterThan(1_000);
  });

  it('have every attempt to pay, the last of which tells what became of the payment', () => {
    const payments = read('payments', { asOf });
    const [orderIds, attempts, amounts, created, captured] = [
      'order_id',
      'attempt',
      'amount',
      'created_at',
      'captured_at',
    ].map((name) => payments.numbers(name)) as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const statuses = payments.texts('status');
    const ofOrders = orders.texts('payment_status');
    const paid = orders.numbers('paid_ts');
    const placed = orders.numbers('order_ts');
    const totals = orders.numbers('amount');
    const fits: Readonly<Record<string, readonly string[]>> = {
      pending: ['pending'],
      overdue: ['pending'],
      paid: ['captured'],
      partially_refunded: ['captured'],
      refunded: ['captured'],
      voided: ['voided'],
      written_off: ['written_off'],
    };
    const wrong = rowsOf(payments.rowCount).filter((row) => {
      const order = (orderIds[row] as number) - firstOrderId;
      const isLast = orderIds[row] !== orderIds[row + 1];
      const isFirst = orderIds[row] !== orderIds[row - 1];
      if (attempts[row] !== (isFirst ? 1 : (attempts[row - 1] as number) + 1)) return true;
      if (amounts[row] !== totals[order] || (created[row] as number) < (placed[order] as number)) return true;
      if ((created[row] as number) >= asOfUs || (captured[row] as number) < (created[row] as number))
        return true;
      if (!isLast) return statuses[row] !== 'declined' || !Number.isNaN(captured[row]);
      if (!Object.is(captured[row], paid[order])) return true;
      return fits[ofOrders[order] as string]?.includes(statuses[row] as string) !== true;
    });
    expect(wrong).toEqual([]);
    expect(new Set(orderIds).size).toBe(orders.rowCount);
    expect(payments.rowCount / orders.rowCount).toBeGreaterThan(1.02);
    expect(payments.rowCount / orders.rowCount).toBeLessThan(1.12);
  });

  it('have every item that came back, with a reason that fits', () => {
    const returns = read('returns', { asOf });
    const flags = items.numbers('is_returned');
    const rows = rowsOf(items.rowCount).filter((row) => flags[row] === 1);
    for (const column of ['order_item_id', 'order_id', 'product_id', 'quantity'])
      expect(
        countDifferences(
          returns.numbers(column),
          rows.map((row) => items.numbers(column)[row] as number),
        ),
      ).toBe(0);
    expect(
      countDifferences(
        returns.numbers('refund_amount'),
        rows.map((row) => items.numbers('amount')[row] as number),
      ),
    ).toBe(0);
    const returned = orders.numbers('returned_ts');
    expect(
      countDifferences(
        returns.numbers('returned_ts'),
        Float64Array.from(returns.numbers('order_id'), (id) => returned[id - firstOrderId] as number),
      ),
    ).toBe(0);
    const categories = read('products').texts('category');
    const reasons = returns.texts('reason');
    const sizes = returns
      .numbers('product_id')
      .filter((_, row) => (reasons[row] as string).startsWith('too_'));
    expect(sizes.length).toBeGreaterThan(20);
    expect(sizes.every((id) => categories[id - 1] === 'apparel')).toBe(true);
  });

  it('have the prices at which products were sold, one for every day', () => {
    const prices = read('price_history', { asOf });
    expect(itemsAtOtherPrices(items, prices)).toEqual([]);
    const [products, from, to, cents] = priceColumns(prices);
    const firsts = firstRowsOf(products);
    const gaps = rowsOf(prices.rowCount - 1).filter(
      (row) => products[row] === products[row + 1] && from[row + 1] !== (to[row] as number) + 1,
    );
    expect(gaps).toEqual([]);
    const master = read('products', { asOf });
    expect(
      countDifferences(
        master.numbers('price'),
        Float64Array.from(firsts.values(), (row) => cents[row] as number),
      ),
    ).toBe(0);
    expect(firsts.size).toBe(master.rowCount);
  });
});

// The sign-ups end on a Tuesday within the window, and long before it.
it.each([1_172, 400])(
  'sells at the prices of the history after the %i days of sign-ups, too',
  (signupDays) => {
    const [items, prices] = [read('order_items', { signupDays }), read('price_history', { signupDays })];
    expect(items.rowCount).toBeGreaterThan(1_000);
    expect(itemsAtOtherPrices(items, prices)).toEqual([]);
  },
);

it('extra tables change no row of the others and are no other dataset', () => {
  for (const name of ['customers', 'products', 'promotions', 'orders', 'order_items']) {
    const [plain, extra] = [read(name, { extraTables: [] }), read(name)];
    expect(plain.rowCount).toBe(extra.rowCount);
  }
  expect(shop({ extraTables: [] }).tables.map(({ name }) => name)).toEqual([
    'customers',
    'products',
    'promotions',
    'orders',
    'order_items',
  ]);
});

it('knows the value added tax of every country and category', () => {
  const rates = read('vat_rates');
  const keys = rates
    .texts('country')
    .map((country, row) => `${country} ${rates.texts('category')[row] as string}`);
  expect(keys).toHaveLength(100);
  const rateOf = (key: string) => rates.numbers('vat_rate')[keys.indexOf(key)];
  expect([rateOf('DE apparel'), rateOf('DE books'), rateOf('FR books'), rateOf('CH toys')]).toEqual([
    1_900, 700, 550, 810,
  ]);
});
