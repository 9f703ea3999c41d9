import { describe, expect, it } from '@jest/globals';
import { correlation, mean, median, readColumns, sharesOf, shareWhere, sumBy } from '@datagen/testkit';
import { realismShop, SEEDS, tableOf } from '../realism-shop.ts';

const HOUR_US = 3_600_000_000;

/** Rows of each customer, in the order of time. */
function rowsByCustomer(customers: Float64Array): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  customers.forEach((customer, row) => {
    const own = rows.get(customer);
    if (own === undefined) rows.set(customer, [row]);
    else own.push(row);
  });
  return rows;
}

describe.each(SEEDS)('habits of customers of seed %i', (seed) => {
  const orders = tableOf('orders', seed);
  const items = tableOf('order_items', seed);
  const products = tableOf('products', seed);
  const buyers = orders.numbers('customer_id');
  const byCustomer = rowsByCustomer(buyers);
  /** Pairs of orders of one customer that follow each other. */
  const pairs = [...byCustomer.values()].flatMap((rows) =>
    rows.slice(1).map((row, i) => [rows[i] as number, row] as const),
  );
  /** Share of pairs alike, and of any two orders alike. */
  const sameness = (values: ArrayLike<number>) => {
    const counts = [...sumBy(values).values()];
    return {
      ours: pairs.filter(([a, b]) => values[a] === values[b]).length / pairs.length,
      chance: sharesOf(counts).reduce((sum, share) => sum + share * share, 0),
    };
  };

  it('E25: the weekday is that of the order before for .22 to .34 of orders, where chance is .15', () => {
    const { ours, chance } = sameness(orders.numbers('order_date').map((day) => day % 7));
    expect(chance).toBeLessThan(0.16);
    expect(ours).toBeGreaterThanOrEqual(0.22);
    expect(ours).toBeLessThanOrEqual(0.34);
  });

  it('E25: orders come within an hour of the time of day of the one before twice as often as by chance', () => {
    const hours = orders.numbers('order_ts').map((us) => (us / HOUR_US) % 24);
    const isNear = (a: number, b: number) => Math.abs((hours[a] as number) - (hours[b] as number)) < 1;
    const near = pairs.filter(([a, b]) => isNear(a, b)).length / pairs.length;
    const shuffled = pairs.filter(([a], i) =>
      isNear(a, (pairs[(i + 5_000) % pairs.length] as readonly [number, number])[1]),
    );
    expect(near / (shuffled.length / pairs.length)).toBeGreaterThanOrEqual(2);
  });

  it('E25: the method of payment is that of the order before for at least .7 of orders', () => {
    const { ours, chance } = sameness(orders.numbers('payment_method'));
    expect(chance).toBeLessThan(0.4);
    expect(ours).toBeGreaterThanOrEqual(0.7);
    expect(ours).toBeLessThan(0.97);
  });

  it('E25: first lines come from the category of those before far above chance', () => {
    const categories = products.numbers('category');
    const firstOrderId = orders.numbers('order_id')[0] as number;
    const lines = items.numbers('line_number');
    const bought = items.numbers('product_id');
    const main = new Float64Array(orders.rowCount);
    items.numbers('order_id').forEach((id, row) => {
      if (lines[row] === 1) main[id - firstOrderId] = categories[(bought[row] as number) - 1] as number;
    });
    const { ours, chance } = sameness(main);
    expect(ours).toBeGreaterThan(chance + 0.15);
  });

  it('E25: baskets are as large and as dear as those before, to a degree', () => {
    const sizes = orders.numbers('item_count');
    const [before, after] = [0, 1].map((side) =>
      Float64Array.from(pairs, (pair) => sizes[pair[side] as number] as number),
    ) as [Float64Array, Float64Array];
    expect(correlation(before, after)).toBeGreaterThanOrEqual(0.1);
    expect(correlation(before, after)).toBeLessThanOrEqual(0.5);
  });

  it('E25: some customers look for what is dear of its kind, others for what is cheap', () => {
    const kinds = products.texts('name').map((name) => name.split(/[, ]+/).slice(-2).join(' '));
    const prices = products.numbers('price');
    const medians = new Map<string, number>();
    const byKind = new Map<string, number[]>();
    kinds.forEach((kind, row) =>
      byKind.set(kind, [...(byKind.get(kind) ?? []), Math.log(prices[row] as number)]),
    );
    byKind.forEach((logs, kind) => medians.set(kind, median(logs)));
    const firstOrderId = orders.numbers('order_id')[0] as number;
    const bought = items.numbers('product_id');
    const sums = new Map<number, [number, number, number]>();
    items.numbers('order_id').forEach((id, row) => {
      const product = (bought[row] as number) - 1;
      const dearness =
        Math.log(prices[product] as number) - (medians.get(kinds[product] as string) as number);
      const customer = buyers[id - firstOrderId] as number;
      const sum = sums.get(customer) ?? [0, 0, 0];
      sums.set(customer, [sum[0] + 1, sum[1] + dearness, sum[2] + dearness * dearness]);
    });
    // Analysis of variance: between customers over within, 1 where there is no taste.
    const groups = [...sums.values()].filter(([count]) => count >= 5);
    const total = groups.reduce((sum, [count]) => sum + count, 0);
    const grand = groups.reduce((sum, [, own]) => sum + own, 0) / total;
    const between =
      groups.reduce((sum, [count, own]) => sum + count * (own / count - grand) ** 2, 0) / (groups.length - 1);
    const within =
      groups.reduce((sum, [count, own, squares]) => sum + squares - (own * own) / count, 0) /
      (total - groups.length);
    expect(between / within).toBeGreaterThanOrEqual(1.3);
  });

  it('E26: returns are a habit: customers differ in their returns of apparel by more than chance', () => {
    const categories = products.texts('category');
    const firstOrderId = orders.numbers('order_id')[0] as number;
    const orderIds = items.numbers('order_id');
    const bought = items.numbers('product_id');
    const counts = new Map<number, [number, number]>();
    items.numbers('is_returned').forEach((flag, row) => {
      if (categories[(bought[row] as number) - 1] !== 'apparel') return;
      const customer = buyers[(orderIds[row] as number) - firstOrderId] as number;
      const [sold, returned] = counts.get(customer) ?? [0, 0];
      counts.set(customer, [sold + 1, returned + flag]);
    });
    const groups = [...counts.values()].filter(([sold]) => sold >= 2);
    const sold = groups.reduce((sum, [count]) => sum + count, 0);
    const rate = groups.reduce((sum, [, returned]) => sum + returned, 0) / sold;
    const chi2 = groups.reduce(
      (sum, [count, returned]) => sum + (returned - count * rate) ** 2 / (count * rate * (1 - rate)),
      0,
    );
    expect(chi2 / groups.length).toBeGreaterThanOrEqual(1.5);
    expect(chi2 / groups.length).toBeLessThanOrEqual(4);
  });
});

describe('repeat orders', () => {
  /** Shares of customers who order a second time, and a third time after the second. */
  const repeatsOf = (options: Parameters<typeof realismShop>[1]) => {
    const orders = readColumns(realismShop(1, options), 'orders', '2022-01-01', '2026-12-31');
    const days = orders.numbers('order_date');
    const rows = [...rowsByCustomer(orders.numbers('customer_id')).values()];
    // Who came late has had no time.
    const early = rows.filter(
      ([first]) => (days[first as number] as number) < Date.parse('2025-01-01') / 86_400_000,
    );
    const share = (count: number) => early.filter((own) => own.length >= count).length;
    return [share(2) / share(1), share(3) / share(2)] as [number, number];
  };

  it('E27: are between those of consumer shops (.27, .54) and of a wholesaler (.78, .77)', () => {
    const [second, third] = repeatsOf({ ordersPerDay: 200 });
    expect(second).toBeGreaterThan(0.5);
    expect(second).toBeLessThan(0.78);
    // Some five orders a customer; with more the third is surer.
    expect(third).toBeGreaterThan(0.54);
    expect(third).toBeLessThan(0.85);
  });

  it('E27: follow the option', () => {
    const [few, fewThird] = repeatsOf({ ordersPerDay: 100, repeatRate: 0.3 });
    expect(Math.abs(few - 0.3)).toBeLessThan(0.1);
    expect(Math.abs(fewThird - 0.54)).toBeLessThan(0.12);
    const [many] = repeatsOf({ repeatRate: 0.78 });
    expect(Math.abs(many - 0.78)).toBeLessThan(0.06);
  });
});

describe.each(SEEDS)('days of seed %i', (seed) => {
  it('E28: what is above or below expectation stays so for a while', () => {
    const byDay = sumBy(
      readColumns(realismShop(seed), 'orders', '2023-01-01', '2025-12-31').numbers('order_date'),
    );
    const first = Math.min(...byDay.keys());
    const logs = Array.from({ length: byDay.size }, (_, i) => Math.log(byDay.get(first + i) as number));
    // What is left of weekday, season and growth: the mean of the same weekday in the weeks around.
    const residuals = logs.flatMap((log, i) => {
      const month = new Date((first + i) * 86_400_000).getUTCMonth();
      const around = [-28, -21, -14, -7, 7, 14, 21, 28].flatMap((distance) => logs[i + distance] ?? []);
      return month < 1 || month > 9 || around.length < 8 ? [] : [log - mean(around)];
    });
    const memory = correlation(residuals, residuals, 1);
    expect(memory).toBeGreaterThanOrEqual(0.1);
    expect(memory).toBeLessThanOrEqual(0.4);
    expect(shareWhere(residuals, (residual) => Math.abs(residual) < 0.5)).toBe(1);
  });
});
