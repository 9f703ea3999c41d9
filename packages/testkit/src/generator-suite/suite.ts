import assert from 'node:assert/strict';
import {
  type DatasetGenerator,
  type GeneratorPlugin,
  parseOptions,
  PartitionSpec,
  type TableDefinition,
} from '@datagen/core';
import type { Block, TimeRange } from '@datagen/core/generator';
import type { RecordBatch } from 'apache-arrow';
import type { Check } from '../runner.ts';
import type { TableDigest } from '../rows/table-digest.ts';

export interface GeneratorSuite {
  readonly plugin: GeneratorPlugin;
  /** Options that make a small dataset; every table has rows in it. */
  readonly options: Readonly<Record<string, unknown>>;
  /** At least three days, which the generator's time tables have rows in. */
  readonly startDate: string;
  readonly endDate: string;
  /** `new URL('./digests.json', import.meta.url)` of the test. */
  readonly digestsUrl: URL;
}

/** One thing that every generator must keep; throws where one does not. */
export type GeneratorCheck = Check<GeneratorSuite>;

/** The generator of a suite, and ways to ask it the same things again. */
export class Subject {
  readonly suite: GeneratorSuite;
  readonly spec: PartitionSpec;
  readonly generator: DatasetGenerator;

  constructor(suite: GeneratorSuite) {
    this.suite = suite;
    this.spec = new PartitionSpec({ startDate: suite.startDate, endDate: suite.endDate });
    this.generator = this.make();
  }

  get window(): TimeRange {
    return this.spec.window;
  }

  get tables(): readonly TableDefinition[] {
    return this.generator.tables;
  }

  /** A fresh generator, with other options on top and batches of at most `chunkSize` rows. */
  make(options: Readonly<Record<string, unknown>> = {}, chunkSize?: number): DatasetGenerator {
    const { plugin } = this.suite;
    const config = parseOptions(
      plugin.options,
      { ...this.suite.options, ...options },
      `generator "${plugin.name}"`,
    );
    return plugin.create(config, chunkSize);
  }

  blocks(table: TableDefinition, generator = this.generator): Block[] {
    return [...generator.blocks(table, this.window)];
  }

  /** The batches of all blocks of a table in the window. */
  *batches(table: TableDefinition): Generator<{ readonly block: Block; readonly batch: RecordBatch }> {
    for (const block of this.generator.blocks(table, this.window))
      for (const batch of this.generator.generate(table, block)) yield { block, batch };
  }
}

/** Digests of columns by table. */
type Digests = Readonly<Record<string, TableDigest>>;

/** Fails at the first column that differs, and names it. */
export function expectSameDigests(actual: Digests, expected: Digests, when: string): void {
  for (const table of new Set([...Object.keys(expected), ...Object.keys(actual)])) {
    const [left = {}, right = {}] = [actual[table], expected[table]];
    for (const column of new Set([...Object.keys(right), ...Object.keys(left)]))
      assert.equal(left[column], right[column], `\`${table}\`.\`${column}\` has other values ${when}`);
  }
}

/** Fails at the first block that differs, and names it. */
export function expectSameBlocks(
  table: TableDefinition,
  actual: readonly Block[],
  expected: readonly Block[],
  when: string,
): void {
  const [left, right] = [actual, expected].map((blocks) => blocks.map(blockText)) as [string[], string[]];
  const at = right.findIndex((text, i) => text !== left[i]);
  assert.equal(left[at], right[at], `\`${table.name}\` lists other blocks ${when}`);
  assert.equal(left.length, right.length, `\`${table.name}\` lists another number of blocks ${when}`);
}

/** All of a block, whatever the order its fields were written in. */
function blockText({ key, rowCount, exact, time, values = {} }: Block): string {
  const constants = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([key, rowCount, exact, time?.startMs, time?.endMs, constants]);
}
