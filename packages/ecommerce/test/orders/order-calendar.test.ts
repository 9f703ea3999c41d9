import { describe, expect, it } from '@jest/globals';
import { DAY_MS, type DatasetGenerator, type TimeRange } from '@datagen/core/generator';
import { PartitionSpec } from '@datagen/core';
import { mean, readColumns } from '@datagen/testkit';
import { ecommerce } from '../../src/index.ts';

function listBlocks(generator: DatasetGenerator, name: string, startDate: string, endDate: string) {
  const table = generator.tables.find((candidate) => candidate.name === name);
  if (table === undefined) throw new Error(`No table ${name}`);
  return [...generator.blocks(table, new PartitionSpec({ startDate, endDate }).window)];
}

const small = { nCustomers: 500, nProducts: 200, ordersPerDay: 20 };

describe('blocks', () => {
  it.each(['customers', 'products', 'orders', 'order_items'])(
    'of %s hold exactly the rows they promise',
    (name) => {
      const generator = ecommerce(small);
      const table = generator.tables.find((candidate) => candidate.name === name);
      if (table === undefined) throw new Error(`No table ${name}`);
      for (const block of listBlocks(generator, name, '2025-11-01', '2025-12-31')) {
        const made = [...generator.generate(table, block)].reduce((sum, batch) => sum + batch.numRows, 0);
        expect([block.key, block.exact, made]).toEqual([block.key, true, block.rowCount]);
      }
    },
  );

  it('are days with their date, and known ten years ahead', () => {
    const blocks = listBlocks(ecommerce(small), 'orders', '2026-01-01', '2035-12-31');
    expect(blocks).toHaveLength(3652);
    expect(blocks[58]).toMatchObject({
      key: '2026-02-28',
      time: { startMs: Date.parse('2026-02-28'), endMs: Date.parse('2026-03-01') } satisfies TimeRange,
      values: { order_date: '2026-02-28' },
    });
  });

  it('number orders and lines from the launch on, whatever the window', () => {
    const whole = readColumns(ecommerce(small), 'order_items', '2022-01-01', '2024-03-31');
    const late = readColumns(ecommerce(small), 'order_items', '2024-03-01', '2024-03-31');
    for (const id of ['order_id', 'order_item_id']) {
      expect(whole.numbers(id)[0]).toBe(1);
      expect(late.numbers(id)).toEqual(whole.numbers(id).slice(-late.rowCount));
    }
  });
});

describe('the beginning of a shop', () => {
  it('has a customer on the launch day, and orders that grow with the customers', () => {
    const shop = ecommerce({ ...small, nCustomers: 20_000, ordersPerDay: 200 });
    const customers = readColumns(shop, 'customers', '2022-01-01', '2022-01-01');
    expect(customers.numbers('signup_date')[0]).toBe(Date.parse('2022-01-01') / DAY_MS);
    const orders = readColumns(shop, 'orders', '2022-01-01', '2023-12-31');
    const counts = Array.from({ length: 730 }, (_, i) => i).map((i) => [0, i] as const);
    const byDay = new Map<number, number>(
      counts.map(([count, i]) => [Date.parse('2022-01-01') / DAY_MS + i, count]),
    );
    for (const day of orders.numbers('order_date')) byDay.set(day, (byDay.get(day) ?? 0) + 1);
    const daily = [...byDay.values()];
    expect(mean(daily.slice(0, 14))).toBeLessThan(0.2 * mean(daily.slice(-100)));
    const buyers = orders.numbers('customer_id').subarray(
      0,
      daily.slice(0, 30).reduce((a, b) => a + b, 0),
    );
    // Nobody orders again and again because there is nobody else yet.
    expect(buyers.length / new Set(buyers).size).toBeLessThan(2);
  });

  it.each([1, 2, 7])('works with %i customers', (nCustomers) => {
    const orders = readColumns(
      ecommerce({ nCustomers, nProducts: 10, ordersPerDay: 3 }),
      'orders',
      '2022-01-01',
      '2026-12-31',
    );
    expect(orders.rowCount / 1_826).toBeGreaterThan(1.5);
    expect(Math.max(...orders.numbers('customer_id'))).toBeLessThanOrEqual(nCustomers);
  });

  it('has the orders asked for on average over the sign-up period, once it is running', () => {
    const orders = readColumns(
      ecommerce({ nCustomers: 1_000, ordersPerDay: 50, annualGrowth: 0 }),
      'orders',
      '2023-01-01',
      '2026-12-31',
    );
    expect(orders.rowCount / (1_461 * 50)).toBeGreaterThan(0.95);
    expect(orders.rowCount / (1_461 * 50)).toBeLessThan(1.05);
  });

  it('fits a shop of many customers and few orders', () => {
    const shop = ecommerce({ nCustomers: 50_000, ordersPerDay: 30 });
    const buyers = readColumns(shop, 'orders', '2025-01-01', '2025-12-31').numbers('customer_id');
    const counts = new Map<number, number>();
    for (const id of buyers) counts.set(id, (counts.get(id) ?? 0) + 1);
    const onceShare = [...counts.values()].filter((count) => count === 1).length / counts.size;
    expect(onceShare).toBeGreaterThan(0.85);
  });
});
