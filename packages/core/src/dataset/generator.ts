import { createHash } from 'node:crypto';
import type { RecordBatch } from 'apache-arrow';
import type { Arena } from '../arrow/arena.ts';
import type { Block, BlockFilter } from './block.ts';
import { GeneratorConfig, layoutOptionsOf, secretOptionsOf } from './options.ts';
import type { z } from 'zod';
import { DatagenError } from '../support/errors.ts';
import { unknownName } from '../support/names.ts';
import type { TableDefinition } from './table.ts';
import type { TimeRange } from '../support/time.ts';

/**
 * Makes the rows of one dataset, block by block: `rows = f(name, version, config, table, block)` and nothing else.
 * `testGenerator` of @datagen/testkit checks that an implementation keeps this.
 */
export interface DatasetGenerator {
  readonly name: string;
  /** Moves only when rows change. */
  readonly version: number;
  /** All options with their defaults applied, as plain data. */
  readonly config: GeneratorConfig;
  /**
   * The schema of `config`, where it has options of its own that are marked as layout by `meta({ layout: true })`.
   * @default GeneratorConfig
   */
  readonly options?: z.ZodObject;
  /** Parents before children. */
  readonly tables: readonly TableDefinition[];
  /** The blocks of a table that start in the window (all of them for master data), in key order; makes no rows. */
  blocks(table: TableDefinition, window: TimeRange, wanted?: BlockFilter): Iterable<Block>;
  /**
   * The rows of one block, in batches of any size. A caller that gives a `memory` is done with a batch before it asks
   * for the next one, which may then lie in the same place; a generator is free to make new memory for each.
   */
  generate(table: TableDefinition, block: Block, memory?: Arena): Iterable<RecordBatch>;
}

/** Which dataset rows belong to: written into every data file, and the reason two runs may share a table. */
export interface DatasetIdentity {
  readonly generator: string;
  readonly version: number;
  /** The options that decide rows, the seed among them. */
  readonly options: Readonly<Record<string, unknown>>;
  /** 12 hex digits of the SHA-256 of all of the above. */
  readonly digest: string;
}

/** The schemas of generators that plug-ins made. */
const schemas = new WeakMap<DatasetGenerator, z.ZodObject>();

/** Says which options a generator was made with, where it does not say so itself. */
export function declareOptions(generator: DatasetGenerator, schema: z.ZodObject): void {
  schemas.set(generator, schema);
}

/** The identity of a generator's dataset; the window, the layout of files and secrets do not enter it. */
export function identifyDataset(generator: DatasetGenerator): DatasetIdentity {
  const { name, version, config } = generator;
  const schema = generator.options ?? schemas.get(generator) ?? GeneratorConfig;
  const left = new Set([...layoutOptionsOf(schema), ...secretOptionsOf(schema)]);
  const kept = Object.entries(config).filter(([option]) => !left.has(option));
  const options = Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)));
  const text = JSON.stringify([name, version, options]);
  return {
    generator: name,
    version,
    options,
    digest: createHash('sha256').update(text).digest('hex').slice(0, 12),
  };
}

/**
 * The named tables in the generator's order, or all of them. Throws `UNKNOWN_NAME` for a name that it does not have,
 * and `INVALID_PLUGIN` where tables share a name, or have one that can be no folder.
 */
export function selectTables(
  generator: DatasetGenerator,
  names?: readonly string[],
): readonly TableDefinition[] {
  const known = generator.tables.map((table) => table.name);
  checkTableNames(generator.name, known);
  if (names === undefined) return generator.tables;
  for (const name of names)
    if (!known.includes(name)) throw unknownName(`table of ${generator.name}`, name, known);
  return generator.tables.filter((table) => names.includes(table.name));
}

function checkTableNames(generator: string, names: readonly string[]): void {
  const repeated = names.find((name, i) => names.indexOf(name) < i);
  if (repeated !== undefined) {
    throw new DatagenError(
      'INVALID_PLUGIN',
      `Expected every table of generator ${generator} to have a name of its own, got \`${repeated}\` twice.`,
    );
  }
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  const unusable = names.find((name) => !/^[^./\\\u0000-\u001F][^/\\\u0000-\u001F]*$/.test(name));
  if (unusable !== undefined) {
    throw new DatagenError(
      'INVALID_PLUGIN',
      `Expected the name of every table of generator ${generator} to be one that a folder can have, got ${JSON.stringify(unusable)}.`,
    );
  }
}
