import { type Data, type RecordBatch, Table, Type, type Vector } from 'apache-arrow';
import { type DatasetGenerator, selectTables } from '../dataset/generator.ts';
import type { TableDefinition } from '../dataset/table.ts';
import { DatagenError } from '../support/errors.ts';
import { DAY_MS, formatDay } from '../support/time.ts';
import { specOf } from './options.ts';

/**
 * A value of a row: whole numbers (ids among them), doubles and decimals are numbers, text and categories texts, an
 * instant is a `Date`, a day the text `2026-01-05`.
 */
export type RowValue = string | number | boolean | Date | null;

/** A row, by the names of its columns. */
export type Row = Readonly<Record<string, RowValue>>;

export interface RowsOptions {
  /**
   * The most rows; no more blocks are made than they lie in.
   * @default all rows of the window
   */
  readonly limit?: number;
  /** First UTC day, `YYYY-MM-DD`; the default is that of `defaultPartitionSpec`. */
  readonly startDate?: string;
  /** Last UTC day, inclusive; the default is that of `defaultPartitionSpec`. */
  readonly endDate?: string;
}

/**
 * The first rows of a table in the order of its blocks, in memory and as objects, for tests and small programs: the
 * same rows that `writeDataset` writes. Instants are cut to milliseconds and decimals are the nearest double; `tableOf`
 * keeps every digit. Throws `UNKNOWN_NAME` for a table that is not there, `INVALID_OPTION` for a window or limit that
 * cannot be, and `ENCODE_FAILED` for a whole number beyond 2^53, which no number of JavaScript holds.
 */
export function rowsOf(generator: DatasetGenerator, table: string, options: RowsOptions = {}): Row[] {
  const definition = tableNamed(generator, table);
  return batchesOf(generator, definition, options).flatMap((batch) => rowsIn(definition, batch));
}

/** The same rows as `rowsOf`, as an Arrow table that holds them exactly. */
export function tableOf(generator: DatasetGenerator, table: string, options: RowsOptions = {}): Table {
  const definition = tableNamed(generator, table);
  return new Table(definition.schema, batchesOf(generator, definition, options));
}

function tableNamed(generator: DatasetGenerator, name: string): TableDefinition {
  return selectTables(generator, [name])[0] as TableDefinition;
}

function batchesOf(
  generator: DatasetGenerator,
  table: TableDefinition,
  { limit = Number.POSITIVE_INFINITY, ...dates }: RowsOptions,
): RecordBatch[] {
  if (!(limit === Number.POSITIVE_INFINITY || (Number.isSafeInteger(limit) && limit >= 0))) {
    throw new DatagenError(
      'INVALID_OPTION',
      `Expected \`limit\` to be a whole number from 0 on, got ${String(limit)}.`,
      { details: { option: 'limit' } },
    );
  }
  const { window } = specOf(generator, dates);
  const batches: RecordBatch[] = [];
  let left = limit;
  for (const block of generator.blocks(table, window)) {
    if (left === 0) break;
    for (const batch of generator.generate(table, block)) {
      batches.push(batch.numRows > left ? batch.slice(0, left) : batch);
      left -= Math.min(left, batch.numRows);
      if (left === 0) break;
    }
  }
  return batches;
}

function rowsIn(table: TableDefinition, batch: RecordBatch): Row[] {
  const columns = table.schema.fields.map(
    ({ name }) => [name, valueReader(table, name, batch.getChild(name) as Vector)] as const,
  );
  return Array.from({ length: batch.numRows }, (_, row) =>
    Object.fromEntries(columns.map(([name, read]) => [name, read(row)])),
  );
}

function valueReader(table: TableDefinition, name: string, column: Vector): (row: number) => RowValue {
  const data = column.data[0] as Data;
  const read = presentReader(table, name, column, data);
  return (row) => (data.getValid(row) ? read(row) : null);
}

/** Reads what lies in Arrow's buffers, since its own getters round instants and give decimals as words. */
function presentReader(
  table: TableDefinition,
  name: string,
  column: Vector,
  { type, values }: Data,
): (row: number) => RowValue {
  switch (type.typeId) {
    case Type.Int:
      return (row) => exactNumber(table, name, column.get(row) as number | bigint);
    case Type.Decimal: {
      const { scale } = type as unknown as { readonly scale: number };
      return (row) => Number(decimalUnits(values as Uint32Array, row)) / Number(`1e${String(scale)}`);
    }
    case Type.Date:
      return (row) => formatDay(((values as Int32Array)[row] as number) * DAY_MS);
    case Type.Timestamp:
      return (row) => new Date(Math.floor(Number((values as BigInt64Array)[row]) / 1_000));
    default:
      return (row) => column.get(row) as RowValue;
  }
}

function exactNumber(table: TableDefinition, name: string, value: number | bigint): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  throw new DatagenError(
    'ENCODE_FAILED',
    `Expected whole numbers within 2^53 in column \`${name}\` of \`${table.name}\`, got ${String(value)}: read it with \`tableOf\`.`,
    { details: { table: table.name, column: name } },
  );
}

/** The whole number that a decimal of 128 bits is in units of its last digit. */
function decimalUnits(words: Uint32Array, row: number): bigint {
  let units = 0n;
  for (let i = 3; i >= 0; i--) units = (units << 32n) | BigInt(words[row * 4 + i] as number);
  return BigInt.asIntN(128, units);
}
