import { describe, expect, it } from '@jest/globals';
import { Arena, type Block, docOf } from '@datagen/core/generator';
import {
  blocksOf as blocksOfFile,
  type DatasetGenerator,
  type GeneratorPlugin,
  identifyDataset,
  parseOptions,
  PartitionSpec,
  planTable,
  type TableDefinition,
  TIME_UNITS,
} from '@datagen/core';
import type { GeneratorConfig } from '@datagen/core/generator';
import { type GoldenDigests, goldenDigests } from './golden.ts';
import { rowKeys } from './row-keys.ts';
import { firstRowOutOfOrder } from './row-order.ts';
import { digestBlocks, digestDataset } from '../rows/table-digest.ts';

const SEEDS = [42, 1337, 1211];

export interface GeneratorSuite<C extends GeneratorConfig = GeneratorConfig> {
  readonly plugin: GeneratorPlugin;
  /** Builds the generator with batches of at most `chunkSize` rows. */
  readonly create: (config: C, chunkSize?: number) => DatasetGenerator;
  /** A small dataset; every table has rows in it. */
  readonly options: Readonly<Record<string, unknown>>;
  /** At least three days, which the generator's time tables have rows in. */
  readonly startDate: string;
  readonly endDate: string;
  /** `new URL('./digests.json', import.meta.url)` of the test. */
  readonly digestsUrl: URL;
}

/**
 * The contract every generator keeps: rows are a function of (name, version, options, seed, table, block), keys
 * hold, blocks have the rows they promise in the order they say, and the golden digests stand.
 */
export function testGenerator<C extends GeneratorConfig>(suite: GeneratorSuite<C>): void {
  const { plugin, startDate, endDate } = suite;
  const { window } = new PartitionSpec({ startDate, endDate });
  const make = (options: object = {}, chunkSize?: number) =>
    suite.create(
      parseOptions(plugin.options, { ...suite.options, ...options }, `generator "${plugin.name}"`) as C,
      chunkSize,
    );
  const generator = make();
  const blocksOf = (table: TableDefinition, from = generator) => [...from.blocks(table, window)];

  describe(`${plugin.name} as a generator`, () => {
    it('names, documents and keys its tables, parents first', () => {
      expect(plugin.create(generator.config)).toMatchObject({
        name: plugin.name,
        version: generator.version,
      });
      generator.tables.forEach((table, i) => {
        expect(table.description).not.toBe('');
        expect(table.primaryKey.length).toBeGreaterThan(0);
        for (const field of table.schema.fields)
          expect(`${field.name}: ${docOf(field)}`).toMatch(/^[a-z0-9_]+: \S/);
        const parents = generator.tables.slice(0, i).map(({ name }) => name);
        for (const key of table.foreignKeys) expect([...parents, table.name]).toContain(key.table);
      });
    });

    it.each(generator.tables.map((table) => [table.name, table] as const))(
      '%s: lists blocks in key order, with the rows they promise and batches of the declared schema',
      (_, table) => {
        const blocks = blocksOf(table);
        expect(blocks.length).toBeGreaterThan(0);
        expect(blocks.map(({ key }) => key)).toEqual([...new Set(blocks.map(({ key }) => key))].sort());
        for (const block of blocks) {
          let rowCount = 0;
          for (const batch of generator.generate(table, block)) {
            expect(batch.schema.fields.map(String)).toEqual(table.schema.fields.map(String));
            rowCount += batch.numRows;
          }
          if (block.exact) expect([block.key, rowCount]).toEqual([block.key, block.rowCount]);
        }
      },
    );

    it.each(generator.tables.map((table) => [table.name, table] as const))(
      '%s: primary keys are unique and foreign keys resolve',
      (_, table) => {
        const keys = [...rowKeys(generator, table, window, table.primaryKey)];
        expect(keys.length).toBeGreaterThan(0);
        expect(new Set(keys).size).toBe(keys.length);
        for (const foreign of table.foreignKeys) {
          const parent = generator.tables.find(({ name }) => name === foreign.table) as TableDefinition;
          const known = new Set(rowKeys(generator, parent, window, foreign.references));
          const orphans = [...rowKeys(generator, table, window, foreign.columns)].filter(
            (key) => !key.includes('null') && !known.has(key),
          );
          expect(orphans).toEqual([]);
        }
      },
    );

    const sorted = generator.tables.filter(({ sortedBy }) => sortedBy !== undefined);
    if (sorted.length > 0) {
      it.each(sorted.map((table) => [table.name, table] as const))(
        '%s: rows are in the order it says',
        (_, table) => {
          expect(firstRowOutOfOrder(generator, table, window)).toBeUndefined();
        },
      );
    }

    it('makes the same rows in any batch size', () => {
      const whole = digestDataset(generator, window);
      for (const chunkSize of [1, 97, 4096])
        expect(digestDataset(make({}, chunkSize), window)).toEqual(whole);
    });

    it('makes the same rows in memory that is used again', () => {
      const memory = new Arena();
      const again = make({}, 97);
      const inMemory: DatasetGenerator = {
        name: again.name,
        version: again.version,
        config: again.config,
        tables: again.tables,
        blocks: (table, span) => again.blocks(table, span),
        generate: (table, block) => again.generate(table, block, memory),
      };
      expect(digestDataset(inMemory, window)).toEqual(digestDataset(generator, window));
    });

    it('makes the same rows in any order of blocks and from a fresh instance', () => {
      for (const table of generator.tables) {
        const alone = new Map(
          blocksOf(table).map((block) => [block.key, digestBlocks(make(), table, [block])]),
        );
        const backwards = make();
        for (const block of blocksOf(table, backwards).reverse()) {
          expect([block.key, digestBlocks(backwards, table, [block])]).toEqual([
            block.key,
            alone.get(block.key),
          ]);
        }
      }
    });

    it('makes the same blocks in any window that contains them', () => {
      const laterStart = { startMs: window.startMs + 86_400_000, endMs: window.endMs };
      const laterEnd = { startMs: window.startMs, endMs: window.endMs + 40 * 86_400_000 };
      for (const moved of [laterStart, laterEnd]) {
        const other = make();
        for (const table of generator.tables) {
          const before = new Map(blocksOf(table).map((block) => [block.key, block]));
          const shared = [...other.blocks(table, moved)].filter(({ key }) => before.has(key));
          expect(shared.length).toBeGreaterThan(0);
          expect(shared).toEqual(shared.map(({ key }) => before.get(key)));
          expect(digestBlocks(other, table, shared)).toEqual(digestBlocks(generator, table, shared));
        }
      }
    });

    it('makes the same rows for any partitioning and file size', async () => {
      for (const table of generator.tables) {
        const whole = digestBlocks(generator, table, blocksOf(table));
        for (const partitionBy of usablePartitionings(table, blocksOf(table))) {
          for (const fileRowsTarget of [1, 1_000, 1_000_000]) {
            const spec = new PartitionSpec({ startDate, endDate, partitionBy });
            const again = make();
            const { files } = await planTable(again, table, spec, { fileRowsTarget });
            const planned = files.flatMap((file) => [...blocksOfFile(again, table, file)]);
            const inOrder = planned.sort((a, b) => (a.key < b.key ? -1 : 1));
            expect(digestBlocks(make(), table, inOrder)).toEqual(whole);
          }
        }
      }
    });

    it('is another dataset for another seed, and the same one for another window or file layout', () => {
      const { digest } = identifyDataset(generator);
      expect(identifyDataset(make({ seed: generator.config.seed + 1 })).digest).not.toBe(digest);
      expect(digestDataset(make({ seed: generator.config.seed + 1 }), window)).not.toEqual(
        digestDataset(generator, window),
      );
      expect(
        identifyDataset(make({ startDate, endDate, fileRowsTarget: 7, compression: 'zstd' })).digest,
      ).toBe(digest);
    });

    it(`matches the golden digests for seeds ${SEEDS.join(', ')}`, () => {
      const actual: GoldenDigests = {
        version: generator.version,
        seeds: Object.fromEntries(SEEDS.map((seed) => [seed, digestDataset(make({ seed }), window)])),
      };
      expect(actual).toEqual(goldenDigests(suite.digestsUrl, () => actual));
    });
  });
}

/** No partitioning, each time unit that the table's blocks fit into, and each column constant in a block. */
function usablePartitionings(table: TableDefinition, blocks: readonly Block[]): string[][] {
  if (table.timeColumn === undefined) return [[]];
  const span = blocks[0]?.time;
  const hours = span === undefined ? 24 : (span.endMs - span.startMs) / 3_600_000;
  const units = TIME_UNITS.filter((unit) => unit !== 'hour' || hours <= 1);
  return [
    [],
    ...units.map((unit) => [unit]),
    ['year', 'month', 'day'],
    ...Object.keys(blocks[0]?.values ?? {}).map((c) => [c]),
  ];
}
