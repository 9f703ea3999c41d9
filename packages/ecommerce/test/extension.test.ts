import {
  column,
  dayBlocks,
  defineTable,
  instant,
  int32,
  parseOptions,
  type TableSource,
} from '@datagen/core/generator';
import { PartitionSpec } from '@datagen/core';
import { RandomStream } from '@datagen/core/random';
import { digestDataset } from '@datagen/testkit';
import { Schema } from 'apache-arrow';
import { expect, it } from '@jest/globals';
import { EcommerceConfig, EcommerceGenerator } from '../src/index.ts';

const config = parseOptions(EcommerceConfig, { nCustomers: 400, nProducts: 150 }, 'generator "ecommerce"');
const { window } = new PartitionSpec({ startDate: '2026-01-01', endDate: '2026-01-05' });

const visits = defineTable({
  name: 'visits',
  description: 'A visit to the shop.',
  primaryKey: ['visit_ts'],
  timeColumn: 'visit_ts',
  columns: [column('visit_ts', instant(), 'When')],
});

/** A source of a table with a random column more. */
function withGift(source: TableSource): TableSource {
  const fields = [...source.table.schema.fields, column('gift', int32(), 'A random number')];
  return {
    table: { ...source.table, schema: new Schema(fields) },
    blocks: (window, wanted) => source.blocks(window, wanted),
    open: (block) => {
      const random = new RandomStream(config.seed, 'orders', 'extension', block.key);
      const { rowCount, fill } = source.open(block);
      return {
        rowCount,
        fill: (builder, start) => {
          fill(builder, start);
          const gift = builder.int32('gift').values;
          for (let row = 0; row < builder.length; row++) gift[row] = random.below(1e9);
        },
      };
    },
  };
}

const visitsSource: TableSource = {
  table: visits,
  blocks: (window) => dayBlocks(window, () => ({ rowCount: 50, exact: true })),
  open: ({ key }) => {
    const random = new RandomStream(config.seed, 'visits', 'extension', key);
    return {
      rowCount: 50,
      fill: (builder) => {
        const ts = builder.int64('visit_ts');
        for (let row = 0; row < builder.length; row++) ts.set(row, random.below(1e9));
      },
    };
  },
};

/** The shop with a random column more in its orders and a table more, as a later version may have them. */
class LargerShop extends EcommerceGenerator {
  protected override readonly sources: TableSource[];

  constructor() {
    super(config);
    const { sources } = new EcommerceGenerator(config) as unknown as { sources: readonly TableSource[] };
    const larger = sources.map((source) => (source.table.name === 'orders' ? withGift(source) : source));
    this.sources = [...larger, visitsSource];
  }
}

it('keeps the digest of every column when a column and a table are added', () => {
  const before = digestDataset(new EcommerceGenerator(config), window);
  const { visits: added, orders, ...others } = digestDataset(new LargerShop(), window);
  const { gift, ...known } = orders ?? {};
  expect([added, gift]).not.toContain(undefined);
  expect({ ...others, orders: known }).toEqual(before);
});
