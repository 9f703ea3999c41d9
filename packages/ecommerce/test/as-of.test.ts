import { describe, expect, it } from '@jest/globals';
import { DAY_MS } from '@datagen/core/generator';
import { countDifferences, readColumns } from '@datagen/testkit';
import { ecommerce } from '../src/index.ts';

const shop = (asOf?: string) => ecommerce({ nCustomers: 5_000, nProducts: 500, ordersPerDay: 40, asOf });
const customersOf = (asOf?: string) => readColumns(shop(asOf), 'customers', '2024-03-01', '2024-03-01');

describe('a shop that is observed on a day', () => {
  const AS_OF = '2024-03-01';
  const known = customersOf(AS_OF);
  const all = customersOf();

  it('knows nobody who signs up later, and the others as they are', () => {
    const signups = all.numbers('signup_date');
    const through = signups.filter((day) => day <= Date.parse(AS_OF) / DAY_MS).length;
    expect(known.rowCount).toBe(through);
    expect(through).toBeGreaterThan(1_000);
    expect(through).toBeLessThan(4_000);
    for (const column of ['customer_id', 'signup_date', 'birth_date', 'is_vip'])
      expect(countDifferences(known.numbers(column), all.numbers(column).subarray(0, through))).toBe(0);
    expect(known.texts('email')).toEqual(all.texts('email').slice(0, through));
  });

  it('has everybody on the day on which the last customer has signed up', () => {
    expect(customersOf('2026-12-31').rowCount).toBe(5_000);
    expect(customersOf('2030-01-01').rowCount).toBe(5_000);
  });
});
