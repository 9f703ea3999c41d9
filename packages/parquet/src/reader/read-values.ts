import { type ColumnStatistics, parseDay, type ReadValue, DAY_MS } from '@datagen/core/writer';
import type { ParquetParsers } from 'hyparquet';
import { decimalText, scaleOf } from '../data-file/footer/statistics.ts';

const MICROS_PER_MILLI = 1_000;
const NANOS_PER_MICRO = 1_000n;

/** Instants and days as numbers: a `Date` for each would take long and lose microseconds. */
export const PARSERS: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (millis) => Number(millis) * MICROS_PER_MILLI,
  timestampFromMicroseconds: (micros) => Number(micros),
  timestampFromNanoseconds: (nanos) => Number(nanos / NANOS_PER_MICRO),
  dateFromDays: (days) => days,
};

/** What hyparquet gives for a value. */
export function readValueOf(value: unknown): ReadValue | null {
  switch (typeof value) {
    case 'bigint':
      return exactNumber(value);
    case 'number':
    case 'string':
    case 'boolean':
      return value;
    default:
      return value === null || value === undefined ? null : JSON.stringify(value);
  }
}

/** A bound in a footer, which has decimals without their point. */
export function readBoundOf(type: string, bound: ColumnStatistics['min']): ReadValue | undefined {
  if (typeof bound !== 'bigint') return bound;
  return type.startsWith('decimal') ? Number(decimalText(bound, scaleOf(type))) : exactNumber(bound);
}

/** The text of a partition, as a log or a folder has it. */
export function partitionValueOf(type: string, text: string | null): ReadValue | null {
  if (text === null) return null;
  if (type === 'date') return parseDay(text) / DAY_MS;
  if (type === 'boolean') return text === 'true';
  return type.startsWith('int') || type.startsWith('float') || type.startsWith('decimal')
    ? Number(text)
    : text;
}

function exactNumber(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
