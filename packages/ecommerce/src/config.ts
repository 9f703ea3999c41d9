import {
  DatagenError,
  GeneratorConfig,
  option,
  parseDay,
  type Sentence,
  sentence,
} from '@datagen/core/generator';
import { z } from '@datagen/core/zod';
import { activeCountOf } from './products/active-products.ts';
import { COUNTRY_CODES } from './geography/countries.ts';

/** Times count from 1970, and no later day can be generated than the last one. */
const FIRST_LAUNCH = '1970-01-01';
const LAST_LAUNCH = '2250-12-31';

/** Tables that are made only when asked for. */
export const EXTRA_TABLES = ['price_history', 'shipments', 'payments', 'returns', 'vat_rates'] as const;
export type ExtraTable = (typeof EXTRA_TABLES)[number];

/** The schema of the options of the ecommerce generator. */
export const EcommerceConfig = GeneratorConfig.extend({
  nCustomers: z.int().min(0).max(20_000_000).default(10_000).describe('Rows of `customers`'),
  nProducts: z
    .int()
    .min(0)
    .max(5_000_000)
    .default(5_000)
    .describe('Rows of `products`; 65 % of them are on sale at any time'),
  ordersPerDay: z
    .number()
    .min(0)
    .max(10_000_000)
    .default(100)
    .describe(
      'Mean orders per day over the sign-up period (a year if that is shorter): fewer at the launch and more later, as `annualGrowth` says; days vary with season and chance',
    ),
  orderItemsMean: z.number().min(1).max(100).default(2.1).describe('Mean number of lines per order'),
  orderItemsStd: z
    .number()
    .min(0)
    .max(10)
    .default(0.8)
    .describe('Standard deviation of the lines per order, in units of their mean'),
  launchDate: z.iso
    .date('expected a day as YYYY-MM-DD')
    .default('2022-01-01')
    .describe('Day of the first sign-up and the first order; nothing can be generated before it'),
  signupDays: z
    .int()
    .min(1)
    .max(36_525)
    .default(1_826)
    .describe('Days from `launchDate` over which all customers sign up'),
  annualGrowth: z
    .number()
    .min(-0.9)
    .max(9)
    .default(0.1)
    .describe('Growth of orders and sign-ups per year; 0.1 is 10 %'),
  customerSkew: z
    .number()
    .min(0)
    .max(5)
    .default(1.35)
    .describe('How unequally often customers buy (coefficient of variation); 0 makes them equal'),
  repeatRate: z
    .number()
    .min(0.05)
    .max(0.95)
    .default(0.7)
    .describe(
      'Share of customers who order a second time, where there are orders enough: some ten a customer',
    ),
  productSkew: z
    .number()
    .min(0)
    .max(3)
    .default(1.3)
    .describe('How much of the sales the most popular products make (Zipf exponent); 0 makes them equal'),
  seasonality: z
    .number()
    .min(0)
    .max(2)
    .default(1)
    .describe('Strength of weekday, summer, Christmas and holiday effects; 0 turns them off'),
  blackFridayFactor: z
    .number()
    .min(1)
    .max(20)
    .default(2.5)
    .describe('Orders on Black Friday over those of a normal day of that season; 1 turns the event off'),
  countries: z
    .array(z.enum(COUNTRY_CODES))
    .min(1)
    .default([...COUNTRY_CODES])
    .describe('Where customers live; shares follow the number of online buyers'),
  extraTables: z
    .array(z.enum(EXTRA_TABLES))
    .default([])
    .describe('Tables to make besides the usual ones; no row of the others changes')
    .meta({ layout: true, choosesTables: true }),
  asOf: z.iso
    .date('expected a day as YYYY-MM-DD')
    .optional()
    .describe(
      'Day at whose end (UTC) the tables are observed: later payments, deliveries and returns are open; without it the orders of the last days have run their course, too',
    ),
});
/** The options of the ecommerce generator with their defaults applied. */
export type EcommerceConfig = z.infer<typeof EcommerceConfig>;

/** Refuses what the schema cannot see: a launch out of range, countries named twice, and options that are impossible together. */
export function checkConfig(config: EcommerceConfig): void {
  const { nCustomers, nProducts, ordersPerDay, orderItemsMean, launchDate, countries, asOf } = config;
  if (launchDate < FIRST_LAUNCH || launchDate > LAST_LAUNCH) {
    throw invalid(
      'launchDate',
      sentence`Expected ${option('launchDate')} to lie between ${FIRST_LAUNCH} and ${LAST_LAUNCH}, got ${launchDate}.`,
    );
  }
  const repeated = countries.find((code, i) => countries.indexOf(code) !== i);
  if (repeated !== undefined) {
    throw invalid(
      'countries',
      sentence`Expected each of ${option('countries')} once, got "${repeated}" twice.`,
    );
  }
  if (ordersPerDay > 0) {
    if (nCustomers === 0)
      throw invalid(
        'nCustomers',
        sentence`Expected ${option('nCustomers')} above 0 for ${option('ordersPerDay')} above 0: orders need a customer.`,
      );
    if (nProducts === 0)
      throw invalid(
        'nProducts',
        sentence`Expected ${option('nProducts')} above 0 for ${option('ordersPerDay')} above 0: orders need a product.`,
      );
    const needed = orderItemsMean === 1 ? 1 : Math.ceil(2 * orderItemsMean);
    if (activeCountOf(nProducts) < needed) {
      throw invalid(
        'nProducts',
        sentence`Expected ${option('nProducts')} to be at least ${String(smallestCatalogue(needed))} for baskets of ${option('orderItemsMean')} ${String(orderItemsMean)} different products, got ${String(nProducts)}.`,
      );
    }
  }
  basketShape(config);
  if (asOf !== undefined && parseDay(asOf, 'asOf') < parseDay(launchDate, 'launchDate')) {
    throw invalid(
      'asOf',
      sentence`Expected ${option('asOf')} on or after ${option('launchDate')} ${launchDate}, got ${asOf}.`,
    );
  }
}

function smallestCatalogue(activeCount: number): number {
  let count = activeCount;
  while (activeCountOf(count) < activeCount) count++;
  return count;
}

/** The part of a basket beyond its first line: negative binomial, variance `mean + mean² / shape`. */
export interface BasketShape {
  readonly mean: number;
  readonly shape: number;
}

/**
 * The basket of `orderItemsMean` and `orderItemsStd`: 1 + NB(mean - 1, shape), with the shape that gives it the
 * standard deviation `orderItemsStd · orderItemsMean`. Such a number varies at least as a Poisson number does.
 */
export function basketShape({ orderItemsMean, orderItemsStd }: EcommerceConfig): BasketShape {
  const mean = orderItemsMean - 1;
  if (mean === 0) return { mean, shape: 1 };
  const sd = orderItemsStd * orderItemsMean;
  const excess = sd * sd - mean;
  // Below a relative 1e-9 the difference is rounding, and the shape would be noise.
  if (excess <= mean * 1e-9) {
    const smallest = Math.ceil((Math.sqrt(mean) / orderItemsMean) * 1000 + 1e-9) / 1000;
    throw invalid(
      'orderItemsStd',
      sentence`Expected ${option('orderItemsStd')} of at least ${String(smallest)} for ${option('orderItemsMean')} ${String(orderItemsMean)}, got ${String(orderItemsStd)}.`,
    );
  }
  return { mean, shape: (mean * mean) / excess };
}

function invalid(name: string, message: Sentence): DatagenError {
  return new DatagenError('INVALID_OPTION', message, { details: { option: name } });
}
