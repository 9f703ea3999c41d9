import { describe, expect, it } from '@jest/globals';
import { DatagenError } from '@datagen/core/generator';
import { PartitionSpec } from '@datagen/core';
import { basketShape, EcommerceConfig } from '../src/config.ts';
import { type CountryCode, ecommerce, type EcommerceOptions } from '../src/index.ts';

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof DatagenError && thrown.code === 'INVALID_OPTION') return thrown.message;
    throw thrown;
  }
  throw new Error('Nothing was refused.');
}

function blocksOf(options: EcommerceOptions, startDate: string, endDate: string) {
  const generator = ecommerce(options);
  const orders = generator.tables.find(({ name }) => name === 'orders');
  if (orders === undefined) throw new Error('No orders');
  return [...generator.blocks(orders, new PartitionSpec({ startDate, endDate }).window)];
}

describe('options', () => {
  it.each([
    [{ nCustomers: 0 }, 'Expected `nCustomers` above 0 for `ordersPerDay` above 0: orders need a customer.'],
    [{ nProducts: 0 }, 'Expected `nProducts` above 0 for `ordersPerDay` above 0: orders need a product.'],
    [
      { nProducts: 4 },
      'Expected `nProducts` to be at least 5 for baskets of `orderItemsMean` 2.1 different products, got 4.',
    ],
    [{ orderItemsStd: 0.4 }, 'Expected `orderItemsStd` of at least 0.5 for `orderItemsMean` 2.1, got 0.4.'],
    [{ asOf: '2021-06-01' }, 'Expected `asOf` on or after `launchDate` 2022-01-01, got 2021-06-01.'],
    [
      { launchDate: '2026-02-30' },
      'Option `launchDate` of the generator "ecommerce": expected a day as YYYY-MM-DD, got "2026-02-30": there is no such day.',
    ],
    [
      { countries: ['UK'] as never },
      'Option `countries.0` of the generator "ecommerce": expected one of DE, FR, ES, IT, PL, NL, SE, BE, CH, AT, got "UK".',
    ],
    [
      { countries: ['DE', 'FR', 'DE'] as CountryCode[] },
      'Expected each of `countries` once, got "DE" twice.',
    ],
    [
      { launchDate: '1969-12-31' },
      'Expected `launchDate` to lie between 1970-01-01 and 2250-12-31, got 1969-12-31.',
    ],
    [
      { launchDate: '2251-01-01' },
      'Expected `launchDate` to lie between 1970-01-01 and 2250-12-31, got 2251-01-01.',
    ],
    [{ nCustomers: -1 }, 'Option `nCustomers` of the generator "ecommerce": expected at least 0, got -1.'],
  ])('refuses %j in one sentence', (options, sentence) => {
    expect(refusal(() => ecommerce(options))).toBe(sentence);
  });

  it('accepts the smallest spread it names, and every basket of one line', () => {
    const { shape } = basketShape(EcommerceConfig.parse({ orderItemsStd: 0.5 }));
    expect(shape).toBeGreaterThan(100);
    expect(() => ecommerce({ orderItemsMean: 1, orderItemsStd: 0, nProducts: 1 })).not.toThrow();
  });

  it('turns mean and spread into the negative binomial that has them', () => {
    const { mean, shape } = basketShape(EcommerceConfig.parse({ orderItemsMean: 2.6, orderItemsStd: 0.8 }));
    expect(mean).toBeCloseTo(1.6);
    expect(Math.sqrt(mean + (mean * mean) / shape)).toBeCloseTo(0.8 * 2.6);
  });

  it('makes master data alone when no orders are wanted', () => {
    expect(
      blocksOf({ ordersPerDay: 0, nCustomers: 0, nProducts: 0 }, '2026-01-01', '2026-01-03').map(
        (b) => b.rowCount,
      ),
    ).toEqual([0, 0, 0]);
  });
});

describe('windows', () => {
  it('refuses days before the launch, naming both', () => {
    expect(refusal(() => blocksOf({}, '2021-12-31', '2022-01-02'))).toBe(
      'Expected a start date on or after the `launchDate` 2022-01-01 of the shop, got 2021-12-31.',
    );
  });

  it('refuses days after the day of observation, naming both', () => {
    expect(refusal(() => blocksOf({ asOf: '2026-01-31' }, '2026-01-01', '2026-02-01'))).toBe(
      'Expected an end date on or before the day `asOf` 2026-01-31 at which the orders are observed, got 2026-02-01.',
    );
    expect(blocksOf({ asOf: '2026-01-31' }, '2026-01-31', '2026-01-31')).toHaveLength(1);
  });
});

const optionNames: Record<keyof EcommerceOptions, true> = {
  seed: true,
  fileRowsTarget: true,
  compression: true,
  startDate: true,
  endDate: true,
  nCustomers: true,
  nProducts: true,
  ordersPerDay: true,
  orderItemsMean: true,
  orderItemsStd: true,
  launchDate: true,
  signupDays: true,
  annualGrowth: true,
  customerSkew: true,
  repeatRate: true,
  productSkew: true,
  seasonality: true,
  blackFridayFactor: true,
  countries: true,
  extraTables: true,
  asOf: true,
};

it('types the options that the schema has', () => {
  expect(Object.keys(EcommerceConfig.shape).sort()).toEqual(Object.keys(optionNames).sort());
});
