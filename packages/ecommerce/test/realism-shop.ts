import type { DatasetGenerator } from '@datagen/core/generator';
import { type Columns, readColumns } from '@datagen/testkit';
import { ecommerce } from '../src/index.ts';

/** Bands are the measured ranges of real shops, within 4 standard deviations of the model; they hold for any seed. */
export const SEEDS = [1, 2, 3, 4] as const;
export const START = '2025-01-01';
export const END = '2025-12-31';

/** The shop the bands are stated for: 60,000 customers, 10,000 products, a year of about 370 orders a day. */
export function realismShop(
  seed: number,
  options: NonNullable<Parameters<typeof ecommerce>[0]> = {},
): DatasetGenerator {
  return ecommerce({
    seed,
    nCustomers: 60_000,
    nProducts: 10_000,
    ordersPerDay: 370,
    orderItemsMean: 2.6,
    ...options,
  });
}

const kept = new Map<string, Columns>();

/** A table of the shop in its year, made once for all tests of a file. */
export function tableOf(name: string, seed: number): Columns {
  const key = `${name} ${String(seed)}`;
  const columns = kept.get(key) ?? readColumns(realismShop(seed), name, START, END);
  kept.set(key, columns);
  return columns;
}
