import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '@datagen/core/generator';
import { median, shareWhere, sumBy } from '@datagen/testkit';
import { SEEDS, START, tableOf } from '../realism-shop.ts';

const FIRST_DAY = Date.parse(START) / DAY_MS;

describe.each(SEEDS)('promotions and assortment of seed %i', (seed) => {
  const orders = tableOf('orders', seed);
  const items = tableOf('order_items', seed);
  const products = tableOf('products', seed);
  const promotions = tableOf('promotions', seed);
  const types = promotions.texts('type');
  const codes = promotions.texts('code');
  const [rates, starts, ends] = ['discount_rate', 'starts_on', 'ends_on'].map((name) =>
    promotions.numbers(name),
  ) as [Float64Array, Float64Array, Float64Array];
  const firstOrderId = orders.numbers('order_id')[0] as number;
  const orderOf = items.numbers('order_id').map((id) => id - firstOrderId);
  const [bought, given, days, quantities, unitPrices, discounts] = [
    'product_id',
    'promotion_id',
    'order_date',
    'quantity',
    'unit_price',
    'discount',
  ].map((name) => items.numbers(name)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const isSale = (row: number) => types[(given[row] as number) - 1] === 'sale';
  const rows = Array.from({ length: items.rowCount }, (_, row) => row);

  it('E29: a product has one rate on a day, and a promotion one at all times', () => {
    const known = new Map<string, number>();
    const other = rows.filter((row) => {
      if (types[(given[row] as number) - 1] === 'coupon') return false;
      const key = `${String(bought[row])} ${String(days[row])}`;
      // 0 for the full price.
      const id = Number.isNaN(given[row]) ? 0 : (given[row] as number);
      const before = known.get(key) ?? id;
      known.set(key, before);
      return before !== id;
    });
    expect(other).toEqual([]);
    const categories = products.texts('category');
    const ofPromotions = promotions.texts('category');
    expect(
      rows.filter(
        (row) =>
          isSale(row) && ofPromotions[(given[row] as number) - 1] !== categories[(bought[row] as number) - 1],
      ),
    ).toEqual([]);
  });

  it('E29: discounts are those of the promotion, on its days', () => {
    const wrong = rows.filter((row) => {
      const id = given[row] as number;
      if (Number.isNaN(id)) return discounts[row] !== 0;
      const total = (quantities[row] as number) * (unitPrices[row] as number);
      const off = ((rates[id - 1] as number) / 100) * total - (discounts[row] as number);
      // Rounded down to a step of the currency: at most a krona.
      if (off < -0.01 || off >= 100) return true;
      return (
        (days[row] as number) < (starts[id - 1] as number) || (days[row] as number) > (ends[id - 1] as number)
      );
    });
    expect(wrong).toEqual([]);
  });

  it('E29: coupons are of orders, which say so; they take nothing off what is on sale', () => {
    const given2 = orders.texts('coupon_code');
    const isGiven = orders.numbers('coupon_code');
    const ofOrder = new Map<number, Set<string>>();
    for (const row of rows) {
      const id = given[row] as number;
      const order = orderOf[row] as number;
      if (types[id - 1] === 'coupon')
        ofOrder.set(order, (ofOrder.get(order) ?? new Set()).add(codes[id - 1] as string));
    }
    expect(
      [...ofOrder].filter(([order, own]) => own.size !== 1 || !own.has(given2[order] as string)),
    ).toEqual([]);
    expect(isGiven.filter((code) => !Number.isNaN(code)).length).toBe(ofOrder.size);
    // Each line of such an order is on sale or has the coupon.
    expect(rows.filter((row) => ofOrder.has(orderOf[row] as number) && Number.isNaN(given[row]))).toEqual([]);
    expect(ofOrder.size / orders.rowCount).toBeGreaterThan(0.02);
    expect(ofOrder.size / orders.rowCount).toBeLessThan(0.12);
  });

  it('E29: .08 to .3 of the lines of a year are on sale, more in Black Week', () => {
    const onSale = rows.filter(isSale);
    expect(onSale.length / items.rowCount).toBeGreaterThanOrEqual(0.08);
    expect(onSale.length / items.rowCount).toBeLessThanOrEqual(0.3);
    const blackFriday = Date.parse('2025-11-28') / DAY_MS;
    const then = rows.filter((row) => days[row] === blackFriday);
    expect(then.filter(isSale).length / then.length).toBeGreaterThan(0.4);
  });

  it('E30: products sell more while they are on sale', () => {
    // Units a day of each product that is often sold, on sale over at full price, outside November and December.
    const end = Date.parse('2025-10-31') / DAY_MS;
    const introduced = products.numbers('introduced_on');
    const gone = products.numbers('discontinued_on');
    const sold = new Map<number, { onSale: number; full: number; saleDays: Set<number> }>();
    for (const row of rows) {
      if ((days[row] as number) > end) continue;
      const id = bought[row] as number;
      const own = sold.get(id) ?? { onSale: 0, full: 0, saleDays: new Set() };
      sold.set(id, own);
      if (isSale(row)) own.saleDays.add(days[row] as number);
      own[isSale(row) ? 'onSale' : 'full'] += quantities[row] as number;
    }
    let [onSale, expected] = [0, 0];
    for (const [id, { saleDays, ...units }] of sold) {
      if (units.onSale + units.full < 250 || saleDays.size < 5) continue;
      const from = Math.max(FIRST_DAY, introduced[id - 1] as number);
      const to = Number.isNaN(gone[id - 1]) ? end : Math.min(end, (gone[id - 1] as number) - 1);
      onSale += units.onSale;
      expected += (units.full / (to - from + 1 - saleDays.size)) * saleDays.size;
    }
    expect(onSale / expected).toBeGreaterThanOrEqual(1.15);
    expect(onSale / expected).toBeLessThanOrEqual(2.5);
  });

  it('E31: no product is sold before it comes or once it has gone, and many come and go', () => {
    const introduced = products.numbers('introduced_on');
    const gone = products.numbers('discontinued_on');
    expect(
      rows.filter((row) => {
        const product = (bought[row] as number) - 1;
        return (
          (days[row] as number) < (introduced[product] as number) ||
          (days[row] as number) >= (gone[product] as number)
        );
      }),
    ).toEqual([]);
    const inYear = (day: number) => day >= FIRST_DAY && day < FIRST_DAY + 365;
    expect(introduced.filter(inYear).length).toBeGreaterThan(400);
    expect(gone.filter(inYear).length).toBe(introduced.filter(inYear).length);
  });

  it('E31: .4 to .75 of the 100 best sellers of a half-year are among those of the next (54 in Online Retail)', () => {
    const bestOf = (isIn: (day: number) => boolean) => {
      const counts = sumBy(bought.filter((_, row) => isIn(days[row] as number)));
      return [...counts]
        .sort(([, a], [, b]) => b - a)
        .slice(0, 100)
        .map(([id]) => id);
    };
    const first = new Set(bestOf((day) => day < FIRST_DAY + 182));
    const kept = bestOf((day) => day >= FIRST_DAY + 182).filter((id) => first.has(id)).length;
    expect(kept).toBeGreaterThanOrEqual(40);
    expect(kept).toBeLessThanOrEqual(75);
  });

  it('E31: products have 2 to 5 prices in a year at the median (3 in Online Retail)', () => {
    const currencies = items.texts('currency');
    const prices = new Map<number, Set<number>>();
    for (const row of rows) {
      if (currencies[row] !== 'EUR') continue;
      const own = prices.get(bought[row] as number) ?? new Set();
      prices.set(bought[row] as number, own.add(unitPrices[row] as number));
    }
    const counts = [...prices.values()].map(({ size }) => size);
    expect(median(counts)).toBeGreaterThanOrEqual(2);
    expect(median(counts)).toBeLessThanOrEqual(5);
    // A price holds from Monday to Sunday: one a week at most.
    const weekly = new Map<string, number | undefined>();
    const other = rows.filter((row) => {
      const key = `${String(bought[row])} ${String(currencies[row])} ${String(Math.floor(((days[row] as number) + 3) / 7))}`;
      const before = weekly.get(key) ?? unitPrices[row];
      weekly.set(key, before);
      return before !== unitPrices[row];
    });
    expect(other.length).toBe(0);
  });

  it('E32: some products of other categories go together, beyond what their popularity gives', () => {
    const categories = products.numbers('category');
    const counts = sumBy(bought);
    const best = [...counts]
      .sort(([, a], [, b]) => b - a)
      .slice(0, 150)
      .map(([id]) => id);
    const isBest = new Set(best);
    const together = new Map<string, number>();
    const ofCategories = new Map<string, number>();
    const add = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
    const keyOf = (a: number, b: number) => `${String(Math.min(a, b))} ${String(Math.max(a, b))}`;
    for (const row of rows) {
      if (!isBest.has(bought[row] as number)) continue;
      for (let other = row - 1; orderOf[other] === orderOf[row]; other--) {
        if (!isBest.has(bought[other] as number)) continue;
        const [a, b] = [bought[row] as number, bought[other] as number];
        const [c, d] = [categories[a - 1] as number, categories[b - 1] as number];
        if (c === d) continue;
        add(together, keyOf(a, b));
        add(ofCategories, keyOf(c, d));
      }
    }
    // Expected: pairs of two categories are spread over their products by popularity.
    const weights = new Map<string, number>();
    const eachPair = (use: (key: string, categoryKey: string, weight: number) => void) => {
      for (const [i, a] of best.entries())
        for (const b of best.slice(i + 1)) {
          const [c, d] = [categories[a - 1] as number, categories[b - 1] as number];
          if (c !== d) use(keyOf(a, b), keyOf(c, d), (counts.get(a) as number) * (counts.get(b) as number));
        }
    };
    eachPair((_, key, weight) => weights.set(key, (weights.get(key) ?? 0) + weight));
    let chi2 = 0;
    let tested = 0;
    eachPair((key, categoryKey, weight) => {
      const expected = ((ofCategories.get(categoryKey) ?? 0) * weight) / (weights.get(categoryKey) as number);
      if (expected < 1) return;
      chi2 += ((together.get(key) ?? 0) - expected) ** 2 / expected;
      tested++;
    });
    expect(tested).toBeGreaterThan(500);
    expect(chi2 / tested).toBeGreaterThanOrEqual(1.3);
  });

  it('keeps most lines at the full price', () => {
    expect(shareWhere(given, (id) => Number.isNaN(id))).toBeGreaterThan(0.6);
  });
});
