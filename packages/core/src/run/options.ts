import {
  type DatasetGenerator,
  type DatasetIdentity,
  identifyDataset,
  selectTables,
} from '../dataset/generator.ts';
import { type Compression, COMPRESSIONS } from '../dataset/options.ts';
import type { TableDefinition } from '../dataset/table.ts';
import { checkPartitionBy, PartitionSpec, type PartitionSpecOptions } from '../plan/partition-spec.ts';
import { refuseOtherCopy } from '../support/copies.ts';
import { DatagenError } from '../support/errors.ts';
import { unknownName } from '../support/names.ts';
import { option, sentence } from '../support/sentence.ts';
import { DAY_MS, formatDay, parseDay } from '../support/time.ts';
import { type TableWriter, WRITE_MODES, type WriteMode } from '../writer/table-writer.ts';

/** What a run is to write, and how it is laid out. All of it may be left out. */
export interface DatasetPlanOptions {
  /** Window and partitioning in one; a plain object does. */
  readonly partitionSpec?: PartitionSpecOptions;
  /** First UTC day, `YYYY-MM-DD`; the default is 29 days before `endDate`. */
  readonly startDate?: string;
  /** Last UTC day, inclusive; the default is yesterday. */
  readonly endDate?: string;
  /** Time units and columns that cut tables into partitions, coarse to fine; see `PartitionSpec`. */
  readonly partitionBy?: string | readonly string[];
  /**
   * Rows per data file to aim at.
   * @default 250,000
   */
  readonly fileRowsTarget?: number;
  /**
   * Codec of the data files.
   * @default 'snappy'
   */
  readonly compression?: Compression;
  /** Names of the tables to write; the default is all of them. */
  readonly tables?: string | readonly string[];
  /** @default 'error' */
  readonly mode?: WriteMode;
  /** Stops planning and the run, between two blocks or batches; tables keep what they had. */
  readonly signal?: AbortSignal;
}

/** The same with everything checked and every default in its place. */
export interface ResolvedRun {
  readonly dataset: DatasetIdentity;
  readonly tables: readonly TableDefinition[];
  readonly spec: PartitionSpec;
  readonly mode: WriteMode;
  readonly fileRowsTarget: number;
  readonly compression: Compression;
}

/** Checks what was asked for, from JavaScript too; touches no output. */
export function resolveRun(
  generator: DatasetGenerator,
  writer: TableWriter,
  options: DatasetPlanOptions,
): ResolvedRun {
  checkParts(generator, writer);
  refuseOtherCopy(generator, `the generator "${generator.name}"`);
  refuseOtherCopy(writer, 'the writer');
  const mode = oneOf('mode', options.mode ?? 'error', WRITE_MODES);
  const compression = oneOf('compression', options.compression ?? generator.config.compression, COMPRESSIONS);
  const fileRowsTarget = options.fileRowsTarget ?? generator.config.fileRowsTarget;
  if (!Number.isSafeInteger(fileRowsTarget) || fileRowsTarget < 1) {
    throw new DatagenError(
      'INVALID_OPTION',
      sentence`Expected ${option('fileRowsTarget')} to be a whole number from 1 on, got ${String(fileRowsTarget)}.`,
      { details: { option: 'fileRowsTarget' } },
    );
  }
  const spec = specOf(generator, options);
  const tables = selectTables(generator, listOf(options.tables));
  checkPartitionBy(spec, tables, generator.tables);
  return { dataset: identifyDataset(generator), tables, spec, mode, fileRowsTarget, compression };
}

/** The window a generator's options ask for: 30 days up to `endDate`, or all days since `startDate`, by default up to yesterday. */
export function defaultPartitionSpec(
  { config }: DatasetGenerator,
  partitionBy: readonly string[] = [],
): PartitionSpec {
  return windowFrom(config, partitionBy);
}

/** The window and partitioning that a run with these options has. */
export function specOf({ config }: DatasetGenerator, options: DatasetPlanOptions): PartitionSpec {
  const { partitionSpec } = options;
  if (partitionSpec === undefined)
    return windowFrom({ ...config, ...definedDates(options) }, listOf(options.partitionBy) ?? []);
  for (const name of ['startDate', 'endDate', 'partitionBy'] as const) {
    if (options[name] === undefined) continue;
    throw new DatagenError(
      'INVALID_OPTION',
      `Expected \`${name}\` or \`partitionSpec\`, which says it too, and got both.`,
      { details: { option: name } },
    );
  }
  return partitionSpec instanceof PartitionSpec ? partitionSpec : new PartitionSpec(partitionSpec);
}

function definedDates({ startDate, endDate }: DatasetPlanOptions) {
  return { ...(startDate !== undefined && { startDate }), ...(endDate !== undefined && { endDate }) };
}

function windowFrom(
  dates: { readonly startDate?: string | undefined; readonly endDate?: string | undefined },
  partitionBy: readonly string[],
): PartitionSpec {
  const endDate = dates.endDate ?? formatDay(Date.now() - DAY_MS);
  const startDate = dates.startDate ?? formatDay(parseDay(endDate, 'endDate') - 29 * DAY_MS);
  return new PartitionSpec({ startDate, endDate, partitionBy });
}

function listOf(names: string | readonly string[] | undefined): readonly string[] | undefined {
  return typeof names === 'string' ? [names] : names;
}

function oneOf<T extends string>(option: string, value: T, known: readonly T[]): T {
  if (known.includes(value)) return value;
  throw unknownName(option, value, known);
}

/** A program in JavaScript may leave out or swap the first two arguments. */
function checkParts(generator: unknown, writer: unknown): void {
  const has = (value: unknown, ...methods: string[]) =>
    typeof value === 'object' &&
    value !== null &&
    methods.every((name) => typeof (value as Record<string, unknown>)[name] === 'function');
  if (!has(generator, 'blocks', 'generate')) {
    throw new DatagenError(
      'INVALID_PLUGIN',
      `Expected a generator as the first argument, as ecommerce() makes one, got ${describe(generator)}.`,
    );
  }
  if (!has(writer, 'openTable', 'commit')) {
    throw new DatagenError(
      'INVALID_PLUGIN',
      `Expected a writer as the second argument, as parquet('./out') makes one, got ${describe(writer)}.`,
    );
  }
}

function describe(value: unknown): string {
  if (typeof value === 'object' && value !== null)
    return `an object with ${Object.keys(value).join(', ') || 'nothing in it'}`;
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
