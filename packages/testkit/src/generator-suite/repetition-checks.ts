import assert from 'node:assert/strict';
import {
  blocksOf as blocksOfFile,
  type DatasetGenerator,
  identifyDataset,
  PartitionSpec,
  planTable,
  type TableDefinition,
  TIME_UNITS,
} from '@datagen/core';
import { Arena, type Block, DAY_MS, HOUR_MS } from '@datagen/core/generator';
import { digestBlocks, digestDataset } from '../rows/table-digest.ts';
import { type GoldenDigests, goldenDigests } from './golden.ts';
import { expectSameBlocks, expectSameDigests, type GeneratorCheck, Subject } from './suite.ts';

const SEEDS = [42, 1337, 1211];

/** That rows are a function of (generator, version, options, seed, table, block), and of nothing else. */
export const repetitionChecks: readonly GeneratorCheck[] = [
  {
    name: 'makes the same rows in batches of any size',
    run: (suite) => {
      const subject = new Subject(suite);
      const whole = digestDataset(subject.generator, subject.window);
      for (const chunkSize of [1, 97, 4096]) {
        const digests = digestDataset(subject.make({}, chunkSize), subject.window);
        expectSameDigests(digests, whole, `in batches of ${String(chunkSize)} rows`);
      }
    },
  },
  {
    name: 'makes the same rows in memory that is used again',
    run: (suite) => {
      const subject = new Subject(suite);
      const memory = new Arena();
      const again = subject.make({}, 97);
      const inMemory: DatasetGenerator = {
        name: again.name,
        version: again.version,
        config: again.config,
        tables: again.tables,
        blocks: (table, window) => again.blocks(table, window),
        generate: (table, block) => again.generate(table, block, memory),
      };
      expectSameDigests(
        digestDataset(inMemory, subject.window),
        digestDataset(subject.generator, subject.window),
        'in memory that is used again',
      );
    },
  },
  {
    name: 'makes the same rows in any order of blocks and from a fresh instance',
    run: (suite) => {
      const subject = new Subject(suite);
      for (const table of subject.tables) {
        const backwards = subject.make();
        for (const block of subject.blocks(table, backwards).reverse())
          expectSameDigests(
            { [table.name]: digestBlocks(backwards, table, [block]) },
            { [table.name]: digestBlocks(subject.make(), table, [block]) },
            `in block ${block.key} when blocks are made backwards`,
          );
      }
    },
  },
  {
    name: 'lists and makes the same blocks in any window that has them',
    run: (suite) => {
      const subject = new Subject(suite);
      const { startMs, endMs } = subject.window;
      for (const [window, when] of [
        [{ startMs: startMs + DAY_MS, endMs }, 'in a window that begins a day later'],
        [{ startMs, endMs: endMs + 40 * DAY_MS }, 'in a window that ends 40 days later'],
      ] as const) {
        const other = subject.make();
        for (const table of subject.tables) {
          const inBoth = ({ time }: Block) =>
            time === undefined || (time.startMs >= window.startMs && time.startMs < endMs);
          const expected = subject.blocks(table).filter(inBoth);
          assert.ok(expected.length > 0, `\`${table.name}\` has blocks after the first day`);
          const listed = [...other.blocks(table, window)].filter(inBoth);
          expectSameBlocks(table, listed, expected, when);
          expectSameDigests(
            { [table.name]: digestBlocks(other, table, listed) },
            { [table.name]: digestBlocks(subject.generator, table, expected) },
            when,
          );
        }
      }
    },
  },
  {
    name: 'puts every block into one file, with the same rows, for any partitioning and size of files',
    run: async (suite) => {
      const subject = new Subject(suite);
      const { startDate, endDate } = suite;
      for (const table of subject.tables) {
        const blocks = subject.blocks(table);
        const byKey = new Map(
          blocks.map((block) => [block.key, digestBlocks(subject.generator, table, [block])]),
        );
        for (const partitionBy of usablePartitionings(table, blocks)) {
          const spec = new PartitionSpec({ startDate, endDate, partitionBy });
          for (const fileRowsTarget of [1, 1_000, 1_000_000]) {
            const again = subject.make();
            const { files } = await planTable(again, table, spec, { fileRowsTarget });
            const planned = files.flatMap((file) => [...blocksOfFile(again, table, file)]);
            const when = `in files of ${String(fileRowsTarget)} rows partitioned by [${partitionBy.join(', ')}]`;
            const inOrder = planned.toSorted((a, b) => (a.key < b.key ? -1 : 1));
            expectSameBlocks(table, inOrder, blocks, when);
            // The order in which rows are made is that of partitions, whatever the size of files.
            if (fileRowsTarget !== 1_000) continue;
            for (const block of planned)
              expectSameDigests(
                { [table.name]: digestBlocks(again, table, [block]) },
                { [table.name]: byKey.get(block.key) ?? {} },
                `in block ${block.key} ${when}`,
              );
          }
        }
      }
    },
  },
  {
    name: 'is another dataset for another seed, and the same one for another window and layout of files',
    run: (suite) => {
      const subject = new Subject(suite);
      const { generator, window } = subject;
      const rows = digestDataset(generator, window);
      const { digest } = identifyDataset(generator);
      const seeded = subject.make({ seed: generator.config.seed + 1 });
      assert.notEqual(identifyDataset(seeded).digest, digest, 'another seed has another dataset digest');
      assert.notDeepEqual(digestDataset(seeded, window), rows, 'another seed makes other rows');
      const other = subject.make({
        startDate: suite.startDate,
        endDate: suite.startDate,
        fileRowsTarget: 7,
        compression: 'zstd',
      });
      const when = 'with other dates and another layout of files in its options';
      assert.equal(identifyDataset(other).digest, digest, `the dataset digest is the same ${when}`);
      expectSameDigests(digestDataset(other, window), rows, when);
    },
  },
  {
    name: `matches the golden digests for the seeds ${SEEDS.join(', ')}`,
    run: (suite) => {
      const subject = new Subject(suite);
      const actual: GoldenDigests = {
        version: subject.generator.version,
        seeds: Object.fromEntries(
          SEEDS.map((seed) => [seed, digestDataset(subject.make({ seed }), subject.window)]),
        ),
      };
      const golden = goldenDigests(suite.digestsUrl, actual);
      assert.equal(actual.version, golden.version, 'the version is that of the golden digests');
      for (const seed of SEEDS)
        expectSameDigests(
          actual.seeds[seed] ?? {},
          golden.seeds[seed] ?? {},
          `with seed ${String(seed)} than the golden digests say: where that is meant, raise the \`version\` and write new ones with UPDATE_DIGESTS=1`,
        );
    },
  },
];

/** No partitioning, each time unit that the table's blocks fit into, and each column constant in a block. */
function usablePartitionings(table: TableDefinition, blocks: readonly Block[]): string[][] {
  if (table.timeColumn === undefined) return [[]];
  const hours = Math.max(...blocks.map(({ time }) => (time ? (time.endMs - time.startMs) / HOUR_MS : 24)));
  const units = TIME_UNITS.filter((unit) => unit !== 'hour' || hours <= 1);
  return [
    [],
    ...units.map((unit) => [unit]),
    ['year', 'month', 'day'],
    ...Object.keys(blocks[0]?.values ?? {}).map((column) => [column]),
  ];
}
