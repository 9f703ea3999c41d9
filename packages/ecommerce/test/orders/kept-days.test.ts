import { DAY_MS, parseDay, parseOptions } from '@datagen/core/generator';
import { expect, it } from '@jest/globals';
import { EcommerceConfig } from '../../src/config.ts';
import { KeptDays } from '../../src/orders/kept-days.ts';
import { drawOrderDay } from '../../src/orders/order-day.ts';
import { Shop } from '../../src/shop.ts';

it('makes days of any size in the memory of those given up', () => {
  const config = parseOptions(
    EcommerceConfig,
    { nCustomers: 1_000, nProducts: 100, ordersPerDay: 6_000, seed: 5 },
    'generator "ecommerce"',
  );
  const shop = new Shop(config);
  const kept = new KeptDays(46_000);
  const first = (parseDay('2025-01-01', 'startDate') - shop.demand.launchDay * DAY_MS) / DAY_MS;
  const days = Array.from({ length: 365 }, (_, i) =>
    kept.get(first + i, shop.calendar.dayAt(first + i).lineCount, (memory) =>
      drawOrderDay(shop, first + i, memory),
    ),
  );
  const sizes = days.map(({ lineCount }) => lineCount);
  // Among them a day of three times the lines of its neighbours.
  expect(Math.max(...sizes)).toBeGreaterThan(2.5 * Math.min(...sizes));
  const made = new Set(days.map(({ keys }) => keys.buffer));
  expect(made.size).toBeLessThan(20);
});
