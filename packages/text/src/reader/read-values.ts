import { DAY_MS, type ReadValue } from '@datagen/core/writer';
import type { Cell } from './row-syntax.ts';

const MICROS_PER_MILLI = 1_000;
const DAY = /^\d{4}-\d\d-\d\d$/;
const INSTANT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?Z?$/;

/** A value as a column of the type has it; undefined for one that is not of the type. */
export function readValueOf(type: string, cell: Cell): ReadValue | null | undefined {
  if (cell === null) return null;
  if (type === 'text') return String(cell);
  if (type === 'boolean') return booleanOf(cell);
  if (type === 'date') return typeof cell === 'string' ? dayOf(cell) : undefined;
  if (type === 'timestamp') return typeof cell === 'string' ? microsOf(cell) : undefined;
  return numberOf(type, cell);
}

/** The type that all values of a column have; texts of JSON stay what they are. */
export function typeOf(cells: readonly Cell[], format: 'csv' | 'jsonl'): string {
  const values = cells.filter((cell) => cell !== null);
  if (values.length === 0) return 'text';
  const isNumeric = format === 'csv' || values.every((value) => typeof value === 'number');
  // A leading zero belongs to a code, as of a place.
  if (isNumeric && values.every((value) => /^(0|-?[1-9]\d{0,17})$/.test(String(value)))) return 'int64';
  if (isNumeric && values.every((value) => /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(String(value))))
    return 'float64';
  return (
    ['boolean', 'date', 'timestamp'].find((type) =>
      values.every((value) => readValueOf(type, value) !== undefined),
    ) ?? 'text'
  );
}

function booleanOf(cell: Exclude<Cell, null>): boolean | undefined {
  const text = String(cell);
  if (text === 'true') return true;
  return text === 'false' ? false : undefined;
}

function dayOf(text: string): number | undefined {
  const ms = DAY.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms / DAY_MS;
}

function microsOf(text: string): number | undefined {
  const [, day, time, fraction = ''] = INSTANT.exec(text) ?? [];
  if (day === undefined || time === undefined) return undefined;
  const ms = Date.parse(`${day}T${time}Z`);
  return Number.isNaN(ms) ? undefined : ms * MICROS_PER_MILLI + Number(fraction.slice(0, 6).padEnd(6, '0'));
}

function numberOf(type: string, cell: Exclude<Cell, null>): number | bigint | undefined {
  const number = typeof cell === 'boolean' || cell === '' ? Number.NaN : Number(cell);
  if (Number.isNaN(number)) return cell === 'NaN' && type.startsWith('float') ? number : undefined;
  if (!type.startsWith('int')) return number;
  if (Number.isSafeInteger(number)) return number;
  return /^-?\d+$/.test(String(cell)) ? BigInt(cell) : undefined;
}
