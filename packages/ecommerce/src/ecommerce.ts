import {
  type Block,
  type ChunkFiller,
  DatagenError,
  type DatasetGenerator,
  DAY_MS,
  dayBlocks,
  definePlugin,
  firstRowOf,
  formatDay,
  LegacyStreamingGenerator,
  option,
  parseDay,
  parseOptions,
  rowBlocks,
  sentence,
  type TableDefinition,
  type TimeRange,
} from '@datagen/core/generator';
import type { z } from 'zod';
import { checkConfig, EcommerceConfig } from './config.ts';
import type { OrderDay } from './order-day.ts';
import { Shop } from './shop.ts';
import { customersTable, fillCustomers } from './tables/customers.ts';
import { fillOrderItems, openReturns, orderItemsTable } from './tables/order-items.ts';
import { fillOrders, ordersTable } from './tables/orders.ts';
import { fillProducts, productsTable } from './tables/products.ts';

/**
 * A shop in ten European countries: customers sign up, buy, come back or stay away; orders follow the week, the year
 * and Black Friday. Rows depend on the options alone: days count from `launchDate`, never from the window.
 */
export class EcommerceGenerator extends LegacyStreamingGenerator<EcommerceConfig> {
  readonly name = 'ecommerce';
  readonly version = 2;
  readonly tables = [customersTable, productsTable, ordersTable, orderItemsTable];
  readonly #launchMs: number;
  #shop: Shop | undefined;

  constructor(config: EcommerceConfig, chunkSize?: number) {
    super(config, chunkSize);
    checkConfig(config);
    this.#launchMs = parseDay(config.launchDate, 'launchDate');
  }

  blocks(table: TableDefinition, window: TimeRange): Iterable<Block> {
    if (table.name === 'customers') return rowBlocks(this.config.nCustomers);
    if (table.name === 'products') return rowBlocks(this.config.nProducts);
    this.#checkWindow(window);
    const { calendar } = this.#openShop();
    return dayBlocks(window, (startMs) => {
      const { orderCount, lineCount } = calendar.dayAt((startMs - this.#launchMs) / DAY_MS);
      return {
        rowCount: table.name === 'orders' ? orderCount : lineCount,
        exact: true,
        values: { order_date: formatDay(startMs) },
      };
    });
  }

  protected openBlock(table: TableDefinition, block: Block): { rowCount: number; fill: ChunkFiller } {
    const shop = this.#openShop();
    if (block.time === undefined) {
      const firstRow = firstRowOf(block);
      const fillRows = table.name === 'customers' ? fillCustomers : fillProducts;
      return {
        rowCount: block.rowCount,
        fill: (builder, start) => fillRows(shop, builder, firstRow + start),
      };
    }
    const day = shop.orderDay((block.time.startMs - this.#launchMs) / DAY_MS);
    if (table.name === 'orders')
      return readDay(day, day.orderCount, (builder, start) => {
        fillOrders(shop, day, builder, start);
      });
    const returned = openReturns(shop, day);
    return readDay(day, day.lineCount, (builder, start) => {
      fillOrderItems(day, returned, builder, start);
    });
  }

  #openShop(): Shop {
    return (this.#shop ??= new Shop(this.config));
  }

  #checkWindow({ startMs, endMs }: TimeRange): void {
    const { launchDate, asOf } = this.config;
    if (startMs < this.#launchMs) {
      throw new DatagenError(
        'INVALID_OPTION',
        sentence`Expected a start date on or after the ${option('launchDate')} ${launchDate} of the shop, got ${formatDay(startMs)}.`,
        { details: { option: 'startDate' } },
      );
    }
    if (asOf !== undefined && endMs > parseDay(asOf, 'asOf') + DAY_MS) {
      throw new DatagenError(
        'INVALID_OPTION',
        sentence`Expected an end date on or before the day ${option('asOf')} ${asOf} at which the orders are observed, got ${formatDay(endMs - DAY_MS)}.`,
        { details: { option: 'endDate' } },
      );
    }
  }
}

/** A block of rows that `fill` reads from a day, which is kept as it is until the last of them. */
function readDay(
  day: OrderDay,
  rowCount: number,
  fill: ChunkFiller,
): { rowCount: number; fill: ChunkFiller } {
  day.readers++;
  return {
    rowCount,
    fill: (builder, start) => {
      fill(builder, start);
      if (start + builder.length === rowCount) day.readers--;
    },
  };
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
