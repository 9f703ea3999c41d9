import {
  type DatasetGenerator,
  definePlugin,
  once,
  parseOptions,
  StreamingGenerator,
} from '@datagen/core/generator';
import type { z } from 'zod';
import { checkConfig, EcommerceConfig } from './config.ts';
import { customersSource } from './customers/customers-table.ts';
import { orderItemsSource } from './orders/order-items-table.ts';
import { ordersSource } from './orders/orders-table.ts';
import { productsSource } from './products/products-table.ts';
import { Shop } from './shop.ts';

/**
 * A shop in ten European countries: customers sign up, buy, come back or stay away; orders follow the week, the year
 * and Black Friday. Rows depend on the options alone: days count from `launchDate`, never from the window.
 */
export class EcommerceGenerator extends StreamingGenerator<EcommerceConfig> {
  readonly name = 'ecommerce';
  readonly version = 2;
  protected readonly sources;

  constructor(config: EcommerceConfig, chunkSize?: number) {
    super(config, chunkSize);
    checkConfig(config);
    const shop = once(() => new Shop(config));
    this.sources = [
      customersSource(config.nCustomers, shop),
      productsSource(config.nProducts, shop),
      ordersSource(shop),
      orderItemsSource(shop),
    ];
  }
}

/** A generator of customers, products, orders and order items; refuses options that make no sense. */
export function ecommerce(options: z.input<typeof EcommerceConfig> = {}): DatasetGenerator {
  return ecommercePlugin.create(parseOptions(EcommerceConfig, options, 'generator "ecommerce"'));
}

export const ecommercePlugin = definePlugin({
  kind: 'generator',
  name: 'ecommerce',
  description: 'A shop: customers, products, orders and order items',
  options: EcommerceConfig,
  module: import.meta.url,
  export: 'ecommercePlugin',
  create: (options, chunkSize) => new EcommerceGenerator(options, chunkSize),
});
