import { describe, expect, it } from '@jest/globals';
import { mean, median, readColumns } from '@datagen/testkit';
import { ecommerce } from '../../src/index.ts';
import { readCatalogue } from '../../src/word-lists.ts';

const DAY = '2025-01-01';
const catalogue = readCatalogue();

/** What a name of this kind says, whatever the size. */
const patternOf = (noun: string) => new RegExp(noun.replace(/[.+]/g, '\\$&').replace(/\{.*\}/, '[\\w., -]+'));

describe('products', () => {
  const products = readColumns(ecommerce({ nProducts: 20_000 }), 'products', DAY, DAY);
  const [names, brands, categories, subcategories, skus] = [
    'name',
    'brand',
    'category',
    'subcategory',
    'sku',
  ].map((column) => products.texts(column)) as [string[], string[], string[], string[], string[]];
  const prices = products.numbers('price');

  it('are called what they are, by a brand of their category', () => {
    const strangers = names.filter((name, row) => {
      const category = catalogue.find((candidate) => candidate.name === categories[row]);
      const subcategory = category?.subcategories.find((candidate) => candidate.name === subcategories[row]);
      const isKnown = subcategory?.types.some(([noun]) => patternOf(noun).test(name)) === true;
      const isBook = subcategory?.titles !== undefined;
      return !(
        isKnown &&
        category?.brands.includes(brands[row] as string) === true &&
        (isBook || name.startsWith(brands[row] as string))
      );
    });
    expect(strangers).toEqual([]);
  });

  it('cost what such a thing costs', () => {
    const strangers = names.filter((name, row) => {
      const category = catalogue.find((candidate) => candidate.name === categories[row]);
      const types =
        category?.subcategories.find((candidate) => candidate.name === subcategories[row])?.types ?? [];
      return !types.some(
        ([noun, euros]) =>
          patternOf(noun).test(name) && Math.abs(Math.log((prices[row] as number) / 100 / euros)) < 2.5,
      );
    });
    expect(strangers).toEqual([]);
  });

  it('come in sizes: no kind of laptop, television or shampoo has one alone', () => {
    for (const [noun, size, count] of [
      ['Laptop,', /(\d\d)-inch/, 4],
      ['TV,', /(\d\d)-inch/, 4],
      ['Shampoo', /(\d+) ml/, 3],
      ['Ground Coffee', /(\d+) g/, 2],
    ] as const) {
      const own = names.filter((name) => name.includes(noun));
      expect(new Set(own.map((name) => size.exec(name)?.[1])).size).toBeGreaterThanOrEqual(count);
    }
    const pricesOf = (text: string) =>
      median(names.flatMap((name, row) => (name.includes(text) ? [prices[row] as number] : [])));
    expect(pricesOf('65-inch TV')).toBeGreaterThan(1.5 * pricesOf('43-inch TV'));
  });

  it('are basic where they are cheap and premium where they are dear', () => {
    const ratiosOf = (words: (category: (typeof catalogue)[number]) => readonly string[]) =>
      names.flatMap((name, row) => {
        const category = catalogue.find((candidate) => candidate.name === categories[row]);
        if (
          category === undefined ||
          !words(category).some((word) => name.startsWith(`${brands[row] as string} ${word} `))
        )
          return [];
        const types = category.subcategories.flatMap((subcategory) => subcategory.types);
        const [, euros] = types.find(([noun]) => patternOf(noun).test(name)) ?? ['', 1];
        return [Math.log((prices[row] as number) / 100 / euros)];
      });
    expect(mean(ratiosOf(({ basic }) => basic))).toBeLessThan(-0.2);
    expect(mean(ratiosOf(({ premium }) => premium))).toBeGreaterThan(0.2);
  });

  it('have one SKU each, cost less than they sell for, and are nearly all on sale', () => {
    expect(new Set(skus).size).toBe(products.rowCount);
    expect(skus.filter((sku) => !/^[A-Z]{3}-\d{7}$/.test(sku))).toEqual([]);
    const costs = products.numbers('cost');
    expect(costs.every((cost, row) => cost > 0 && cost < (prices[row] as number))).toBe(true);
    // As many are on sale as at the launch: 65 %.
    expect(products.numbers('active').reduce((a, b) => a + b, 0)).toBe(13_000);
  });
});

it('a small catalogue serves large baskets without repeating a product', () => {
  const items = readColumns(
    ecommerce({ nProducts: 8, orderItemsMean: 3.5 }),
    'order_items',
    DAY,
    '2025-01-31',
  );
  const lines = items.numbers('line_number');
  expect(Math.max(...lines)).toBe(8);
  const orderIds = items.numbers('order_id');
  const bought = items.numbers('product_id');
  expect(new Set(bought.map((id, row) => (orderIds[row] as number) * 8 + id - 1)).size).toBe(items.rowCount);
});
