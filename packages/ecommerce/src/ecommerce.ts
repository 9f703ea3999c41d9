import {
  type DatasetGenerator,
  definePlugin,
  once,
  option,
  parseOptions,
  sentence,
  StreamingGenerator,
  type TableSource,
} from '@datagen/core/generator';
import type { z } from '@datagen/core/zod';
import { checkConfig, EcommerceConfig, EXTRA_TABLES, type ExtraTable } from './config.ts';
import { customersSource } from './customers/customers-table.ts';
import type { EcommerceOptions } from './ecommerce-options.ts';
import { vatRatesSource } from './geography/vat-rates-table.ts';
import { paymentsSource } from './orders/details/payments-table.ts';
import { returnsSource } from './orders/details/returns-table.ts';
import { shipmentsSource } from './orders/details/shipments-table.ts';
import { orderItemsSource } from './orders/order-items-table.ts';
import { ordersSource } from './orders/orders-table.ts';
import { priceHistorySource } from './products/prices/price-history-table.ts';
import { productsSource } from './products/products-table.ts';
import { promotionsSource } from './products/promotions/promotions-table.ts';
import { Shop } from './shop.ts';

/**
 * A shop in ten European countries: customers sign up, buy, come back or stay away; orders follow the week, the year
 * and Black Friday. Rows depend on the options alone: days count from `launchDate`, never from the window.
 */
export class EcommerceGenerator extends StreamingGenerator<EcommerceConfig> {
  readonly name = 'ecommerce';
  readonly version = 3;
  protected readonly sources: readonly TableSource[];

  constructor(config: EcommerceConfig, chunkSize?: number) {
    super(config, chunkSize);
    checkConfig(config);
    const shop = once(() => new Shop(config));
    const extra: Readonly<Record<ExtraTable, TableSource>> = {
      price_history: priceHistorySource(shop),
      vat_rates: vatRatesSource(),
      shipments: shipmentsSource(shop),
      payments: paymentsSource(shop),
      returns: returnsSource(shop),
    };
    this.sources = [
      customersSource(shop),
      productsSource(shop),
      promotionsSource(shop),
      ordersSource(shop),
      orderItemsSource(shop),
      ...EXTRA_TABLES.filter((name) => config.extraTables.includes(name)).map((name) => extra[name]),
    ];
  }
}

/**
 * A generator of the tables `customers`, `products`, `promotions`, `orders`, `order_items` and those of `extraTables`. Throws a `DatagenError` with the code
 * `INVALID_OPTION` that names the option, where one is unknown, of another type or out of its range.
 */
export function ecommerce(options: EcommerceOptions = {}): DatasetGenerator {
  const given: z.input<typeof EcommerceConfig> = options;
  return ecommercePlugin.create(parseOptions(EcommerceConfig, given, 'generator "ecommerce"'));
}

export const ecommercePlugin = definePlugin({
  kind: 'generator',
  name: 'ecommerce',
  description: 'A shop: customers, products, orders and order items',
  options: EcommerceConfig,
  // A customer orders as often in a large shop as in a small one, and a catalogue grows more slowly than its sales.
  scaling: [
    { earliest: option('launchDate') },
    { options: { nCustomers: {}, ordersPerDay: {}, nProducts: { power: 0.5, least: 100 } } },
    { options: { ordersPerDay: {} } },
  ],
  notes: [
    {
      unless: 'asOf',
      text: sentence`Orders of the last days have run their course, too; ${option('asOf')} shows the tables as of a day.`,
    },
    {
      text: sentence`${option('ordersPerDay')} is the mean over the sign-up period: days near the launch have fewer orders and later ones more, as ${option('annualGrowth')} and the season say.`,
    },
  ],
  module: import.meta.url,
  export: 'ecommercePlugin',
  create: (options, chunkSize) => new EcommerceGenerator(options, chunkSize),
});
