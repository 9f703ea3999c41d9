import type { GeneratorOptions } from '@datagen/core/generator';
import type { ExtraTable } from './config.ts';
import type { CountryCode } from './geography/countries.ts';

/** The options of the ecommerce generator as a caller writes them: all may be left out. */
export interface EcommerceOptions extends GeneratorOptions {
  /**
   * Rows of `customers`, from 0 to 20,000,000.
   * @default 10_000
   */
  nCustomers?: number | undefined;
  /**
   * Rows of `products`, from 0 to 5,000,000; 65 % of them are on sale at any time.
   * @default 5_000
   */
  nProducts?: number | undefined;
  /**
   * Mean orders per day over the sign-up period (a year if that is shorter), from 0 to 10,000,000; days vary with
   * growth, season and chance.
   * @default 100
   */
  ordersPerDay?: number | undefined;
  /**
   * Mean number of lines per order, from 1 to 100.
   * @default 2.1
   */
  orderItemsMean?: number | undefined;
  /**
   * Standard deviation of the lines per order, in units of their mean, from 0 to 10.
   * @default 0.8
   */
  orderItemsStd?: number | undefined;
  /**
   * Day of the first sign-up and the first order (`YYYY-MM-DD`, 1970-01-01 to 2250-12-31); nothing can be generated
   * before it.
   * @default '2022-01-01'
   */
  launchDate?: string | undefined;
  /**
   * Days from `launchDate` over which all customers sign up, from 1 to 36,525.
   * @default 1_826
   */
  signupDays?: number | undefined;
  /**
   * Growth of orders and sign-ups per year, from -0.9 to 9; 0.1 is 10 %.
   * @default 0.1
   */
  annualGrowth?: number | undefined;
  /**
   * How unequally often customers buy (coefficient of variation), from 0 (equally) to 5.
   * @default 1.35
   */
  customerSkew?: number | undefined;
  /**
   * Share of customers who order a second time, from 0.05 to 0.95, where there are orders enough: some ten a customer.
   * @default 0.7
   */
  repeatRate?: number | undefined;
  /**
   * How much of the sales the most popular products make (Zipf exponent), from 0 (no more than others) to 3.
   * @default 1.3
   */
  productSkew?: number | undefined;
  /**
   * Strength of weekday, summer, Christmas and holiday effects, from 0 (none) to 2.
   * @default 1
   */
  seasonality?: number | undefined;
  /**
   * Orders on Black Friday over those of a normal day of that season, from 1 (none more) to 20.
   * @default 2.5
   */
  blackFridayFactor?: number | undefined;
  /** Where customers live, each country once; all ten by default. Shares follow the number of online buyers. */
  countries?: CountryCode[] | undefined;
  /**
   * Tables to make besides the usual ones, of `price_history`, `shipments`, `payments`, `returns` and `vat_rates`; no row of
   * the others changes.
   * @default []
   */
  extraTables?: ExtraTable[] | undefined;
  /**
   * Day at whose end (UTC) the tables are observed: later payments, deliveries and returns are open. By default all
   * orders are finished.
   */
  asOf?: string | undefined;
}
