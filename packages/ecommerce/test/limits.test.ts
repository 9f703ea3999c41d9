import { PartitionSpec, planTable, type TableDefinition } from '@datagen/core';
import { describe, expect, it } from '@jest/globals';
import { ecommerce } from '../src/index.ts';

const planOf = async (options: Parameters<typeof ecommerce>[0], startDate: string, endDate = startDate) => {
  const generator = ecommerce({ nCustomers: 100, nProducts: 50, ...options });
  const orders = generator.tables.find(({ name }) => name === 'order_items');
  const spec = new PartitionSpec({ startDate, endDate });
  return planTable(generator, orders as never, spec, { fileRowsTarget: 250_000 });
};

describe('a window that the shop cannot fill', () => {
  it('is refused one day after the last that can be counted', async () => {
    await expect(planOf({ ordersPerDay: 1 }, '2201-06-07')).resolves.toMatchObject({ exact: true });
    await expect(planOf({ ordersPerDay: 1 }, '2201-06-08')).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      message:
        'Expected an end date at most 65535 days after the `launchDate` 2022-01-01 (2201-06-07), got 2201-06-08.',
    });
  });

  it('is refused before a row is made where growth makes days too large, naming what to change', async () => {
    await expect(
      planOf({ ordersPerDay: 1_000_000, annualGrowth: 1 }, '2022-01-01', '2060-01-01'),
    ).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      message: expect.stringMatching(
        /^Expected at most 100,000,000 order lines a day, and with `annualGrowth` 1 there would be 1\d\d,\d{3},\d{3} on 20\d\d-\d\d-\d\d\. End earlier, or lower it\.$/,
      ),
      details: { option: 'annualGrowth' },
    });
    await expect(
      planOf({ ordersPerDay: 10_000_000, orderItemsMean: 20, nProducts: 100, annualGrowth: 0 }, '2024-01-01'),
    ).rejects.toMatchObject({
      code: 'INVALID_OPTION',
      message: expect.stringMatching(
        /^Expected at most 100,000,000 order lines a day, and with `ordersPerDay` 10000000 there would be \d\d\d,\d{3},\d{3} on 2024-01-01\. Lower it\.$/,
      ),
      details: { option: 'ordersPerDay' },
    });
  });

  it.each(['orders', 'order_items'])('of %s lists the days alone that are wanted', (name) => {
    const generator = ecommerce({ nCustomers: 100, nProducts: 50 });
    const table = generator.tables.find((found) => found.name === name) as TableDefinition;
    const { window } = new PartitionSpec({ startDate: '2026-01-01', endDate: '2026-01-10' });
    const wanted = generator.blocks(table, window, { from: '2026-01-09' });
    expect(Array.from(wanted, ({ key }) => key)).toEqual(['2026-01-09', '2026-01-10']);
  });

  it.each(['9999-12-31', '3000-01-01', '2251-01-01', '1699-12-31'])(
    'of the day %s is refused at once',
    (day) => {
      expect(() => new PartitionSpec({ startDate: '2022-01-01', endDate: day })).toThrow(
        /to lie between 1700-01-01 and 2250-12-31|on or after/,
      );
    },
  );
});
