import {
  type Block,
  type ChunkFiller,
  column,
  dayBlocks,
  defineTable,
  instant,
  int32,
  parseOptions,
  type TableDefinition,
  type TimeRange,
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

/** The shop with a random column more in its orders and a table more, as a later version may have them. */
function enlarge(shop: EcommerceGenerator): void {
  const blocksOf = shop.blocks.bind(shop);
  const opened = shop as unknown as {
    openBlock(table: TableDefinition, block: Block): { rowCount: number; fill: ChunkFiller };
  };
  const openBlock = opened.openBlock.bind(shop);
  const tables = shop.tables.map((table) =>
    table.name === 'orders'
      ? { ...table, schema: new Schema([...table.schema.fields, column('gift', int32(), 'A random number')]) }
      : table,
  );
  Object.assign(shop, {
    tables: [...tables, visits],
    blocks: (table: TableDefinition, of: TimeRange) =>
      table === visits ? dayBlocks(of, () => ({ rowCount: 50, exact: true })) : blocksOf(table, of),
    openBlock: (table: TableDefinition, block: Block) => {
      const random = new RandomStream(config.seed, table.name, 'extension', block.key);
      const fillVisits: ChunkFiller = (builder) => {
        const ts = builder.int64('visit_ts');
        for (let row = 0; row < builder.length; row++) ts.set(row, random.below(1e9));
      };
      if (table === visits) return { rowCount: 50, fill: fillVisits };
      const { rowCount, fill } = openBlock(table, block);
      const fillGifts: ChunkFiller = (builder, start) => {
        fill(builder, start);
        const gift = builder.int32('gift').values;
        for (let row = 0; row < builder.length; row++) gift[row] = random.below(1e9);
      };
      return { rowCount, fill: table.name === 'orders' ? fillGifts : fill };
    },
  });
}

it('keeps the digest of every column when a column and a table are added', () => {
  const before = digestDataset(new EcommerceGenerator(config), window);
  const larger = new EcommerceGenerator(config);
  enlarge(larger);
  const { visits: added, orders, ...others } = digestDataset(larger, window);
  const { gift, ...known } = orders ?? {};
  expect([added, gift]).not.toContain(undefined);
  expect({ ...others, orders: known }).toEqual(before);
});
