import { describe, expect, it } from '@jest/globals';
import { shareWhere, sumBy, topShare, variance } from '@datagen/testkit';
import { SEEDS, tableOf } from '../realism-shop.ts';

/** Share of delivered items that come back: EHI; University of Bamberg. */
const RETURN_RATES = {
  apparel: 0.36,
  sports: 0.12,
  electronics: 0.09,
  home: 0.08,
  auto: 0.07,
  toys: 0.06,
  beauty: 0.04,
  pet: 0.03,
  books: 0.025,
  groceries: 0.01,
};

describe.each(SEEDS)('products and items of seed %i', (seed) => {
  const products = tableOf('products', seed);
  const items = tableOf('order_items', seed);

  it('E6: the top 20 % of products make .65 to .85 of the lines, the top 1 % .08 to .35', () => {
    const lines = sumBy(items.numbers('product_id'));
    const counts = Array.from({ length: products.rowCount }, (_, row) => lines.get(row + 1) ?? 0);
    expect(topShare(counts, 0.2)).toBeGreaterThanOrEqual(0.65);
    expect(topShare(counts, 0.2)).toBeLessThanOrEqual(0.85);
    expect(topShare(counts, 0.01)).toBeGreaterThanOrEqual(0.08);
    expect(topShare(counts, 0.01)).toBeLessThanOrEqual(0.35);
  });

  it('E8: most lines are for one unit, none for a hundred', () => {
    const quantities = items.numbers('quantity');
    expect(shareWhere(quantities, (quantity) => quantity === 1)).toBeGreaterThanOrEqual(0.7);
    expect(shareWhere(quantities, (quantity) => quantity >= 1 && quantity <= 99)).toBe(1);
  });

  it('E8: cheap products are bought in larger numbers than dear ones', () => {
    const prices = products.numbers('price');
    const quantities = items.numbers('quantity');
    const meanQuantity = (isIn: (cents: number) => boolean) => {
      const chosen = items.numbers('product_id').map((id) => Number(isIn(prices[id - 1] as number)));
      return (
        quantities.reduce((sum, quantity, i) => sum + quantity * (chosen[i] as number), 0) /
        chosen.reduce((a, b) => a + b, 0)
      );
    };
    expect(meanQuantity((cents) => cents < 1_000)).toBeGreaterThan(
      1.15 * meanQuantity((cents) => cents > 10_000),
    );
  });

  it('E10: log prices spread by .8 to 1.3, most prices end in 9 and in .99', () => {
    const prices = products.numbers('price');
    const spread = Math.sqrt(variance(prices.map(Math.log)));
    expect(spread).toBeGreaterThanOrEqual(0.8);
    expect(spread).toBeLessThanOrEqual(1.3);
    expect(shareWhere(prices, (cents) => cents % 10 === 9)).toBeGreaterThanOrEqual(0.6);
    expect(shareWhere(prices, (cents) => cents % 100 === 99)).toBeGreaterThanOrEqual(0.5);
  });

  it('E17: .08 to .20 of items come back', () => {
    const share = shareWhere(items.numbers('is_returned'), (flag) => flag === 1);
    expect(share).toBeGreaterThanOrEqual(0.08);
    expect(share).toBeLessThanOrEqual(0.2);
  });

  it('keeps orders to a theme: items of one category meet more often than by chance', () => {
    const categories = products.numbers('category');
    const orderIds = items.numbers('order_id');
    const categoryOf = items.numbers('product_id').map((id) => categories[id - 1] as number);
    let pairs = 0;
    let equal = 0;
    for (let i = 1; i < items.rowCount; i++) {
      if (orderIds[i] !== orderIds[i - 1]) continue;
      pairs++;
      if (categoryOf[i] === categoryOf[i - 1]) equal++;
    }
    const shares = [...sumBy(categoryOf).values()].map((count) => count / items.rowCount);
    const byChance = shares.reduce((sum, share) => sum + share * share, 0);
    expect(equal / pairs).toBeGreaterThan(byChance + 0.25);
  });
});

it('E17: return rates of categories are within 15 % of their source, over all seeds', () => {
  const sold = new Map<string, number>();
  const returned = new Map<string, number>();
  for (const seed of SEEDS) {
    const categories = tableOf('products', seed).texts('category');
    const items = tableOf('order_items', seed);
    const flags = items.numbers('is_returned');
    items.numbers('product_id').forEach((id, i) => {
      const category = categories[id - 1] as string;
      sold.set(category, (sold.get(category) ?? 0) + 1);
      returned.set(category, (returned.get(category) ?? 0) + (flags[i] as number));
    });
  }
  const rateOf = (category: string) => (returned.get(category) as number) / (sold.get(category) as number);
  for (const [category, rate] of Object.entries(RETURN_RATES)) {
    expect([category, Math.abs(rateOf(category) / rate - 1) <= 0.15]).toEqual([category, true]);
  }
  expect(rateOf('apparel')).toBeGreaterThan(rateOf('electronics'));
  expect(rateOf('electronics')).toBeGreaterThan(rateOf('books'));
});
