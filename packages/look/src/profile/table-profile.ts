import type { ReadColumn, ReadTable, ReadValue } from '@datagen/core';
import { type Histogram, histogramOf, MOST_BARS } from './histogram.ts';
import { FEW, type Shares, sharesOf } from './shares.ts';

/** A few numbers are kinds where each comes so often. */
const REPEATS = 4;

/** A number, and whether it is of all rows or what the sample tells. */
export interface Measure<T> {
  readonly value: T;
  readonly isExact: boolean;
}

/** What a column holds. */
export interface ColumnProfile {
  readonly name: string;
  readonly type: string;
  readonly doc?: string;
  /** From 0 to 1. */
  readonly nullShare: Measure<number>;
  /** Different values; of a sample, at least so many. */
  readonly distinct: Measure<number>;
  /** Absent without a value. Bounds of long text may be shortened. */
  readonly min?: Measure<ReadValue>;
  readonly max?: Measure<ReadValue>;
  /** How the values lie; absent where all are one, hardly one comes twice, or none comes. */
  readonly picture?: Histogram | Shares;
}

/** What a table holds: its counts, and each column by itself. */
export interface TableProfile extends Omit<ReadTable, 'columns'> {
  readonly columns: readonly ColumnProfile[];
  /** Whether the sample is the whole table. */
  readonly isWhole: boolean;
  /** The first rows of the sample, values in the order of the columns. */
  readonly rows: readonly (readonly (ReadValue | null)[])[];
}

/** Sums a table up; keeps its first `rows`. */
export function profileTable(table: ReadTable, rowCount: number): TableProfile {
  const isWhole = table.sampleRowCount >= table.rowCount && table.isEstimate !== true;
  const shown = Math.min(rowCount, table.sampleRowCount);
  return {
    ...table,
    isWhole,
    columns: table.columns.map((column) => profileColumn(column, table, isWhole)),
    rows: Array.from({ length: shown }, (_, row) => table.columns.map(({ sample }) => sample[row] ?? null)),
  };
}

function profileColumn(
  column: ReadColumn,
  { rowCount, sampleRowCount }: ReadTable,
  isWhole: boolean,
): ColumnProfile {
  const { name, type, doc, nullCount, sample } = column;
  const counts = new Map<ReadValue, number>();
  const numbers: number[] = [];
  let nulls = 0;
  let least: ReadValue | undefined;
  let greatest: ReadValue | undefined;
  for (const value of sample) {
    if (value === null) {
      nulls++;
      continue;
    }
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (typeof value === 'number' && Number.isFinite(value)) numbers.push(value);
    if (least === undefined || value < least) least = value;
    if (greatest === undefined || value > greatest) greatest = value;
  }
  const min = boundOf(column.min, least, isWhole);
  const max = boundOf(column.max, greatest, isWhole);
  const rowsPerValue = isWhole ? 1 : rowCount / Math.max(1, sampleRowCount);
  const isConstant = min?.isExact === true && max?.isExact === true && min.value === max.value;
  const picture = isConstant
    ? undefined
    : hasShares(column, counts.size, min?.value, max?.value)
      ? sharesOf(type, counts)
      : histogramOf(type, numbers, rowsPerValue, column.spans);
  return {
    name,
    type,
    ...(doc !== undefined && { doc }),
    nullShare: {
      value: nullCount === undefined ? shareOf(nulls, sample.length) : shareOf(nullCount, rowCount),
      isExact: nullCount !== undefined || isWhole,
    },
    distinct: { value: counts.size, isExact: isWhole || isConstant },
    ...(min && { min }),
    ...(max && { max }),
    ...(picture && { picture }),
  };
}

/** Whether the values are kinds, and not places on a line: texts, and a few numbers that are far apart. */
function hasShares(
  { type, sample }: ReadColumn,
  distinct: number,
  min: ReadValue | undefined,
  max: ReadValue | undefined,
): boolean {
  if (!/^(u?int|float|decimal|date|timestamp)/.test(type)) return true;
  const isRepeated = distinct <= FEW && sample.length >= REPEATS * distinct;
  if (/^(date|timestamp)/.test(type) || !isRepeated) return false;
  const isClose = typeof min === 'number' && typeof max === 'number' && max - min <= MOST_BARS;
  return !(type.includes('int') && isClose);
}

/** What is known of all rows, or what the sample tells. */
function boundOf(
  stated: ReadValue | undefined,
  sampled: ReadValue | undefined,
  isWhole: boolean,
): Measure<ReadValue> | undefined {
  // All values were seen: a bound of text in a footer may be shortened.
  if (isWhole && sampled !== undefined) return { value: sampled, isExact: true };
  if (stated !== undefined) return { value: stated, isExact: true };
  return sampled === undefined ? undefined : { value: sampled, isExact: false };
}

function shareOf(count: number, total: number): number {
  return total === 0 ? 0 : Math.min(1, count / total);
}
