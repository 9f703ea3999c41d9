import type { ColumnStatistics } from '@datagen/core/writer';
import { decimalText, scaleOf } from '@datagen/parquet/data-files';

/** What the catalog says of a column over some rows, as text; without bounds there are no values. */
export interface ColumnSummary {
  readonly byteSize: number;
  readonly valueCount: number;
  readonly nullCount: number;
  readonly bounds?: Bounds;
  /** Absent for all but floating-point columns. */
  readonly hasNan?: boolean;
}

export interface Bounds {
  readonly min: string;
  readonly max: string;
}

/** A bound to compare by: a number, days, microseconds or units of the last digit as a bigint, UTF-8 as bytes. */
type Comparable = number | bigint | Uint8Array;

/** Dates of four digits: what all readers write and parse alike. */
const FIRST_DAY = -719_162;
const LAST_DAY = 2_932_896;
const DAY_MS = 86_400_000;
const SECOND_MICROS = 1_000_000n;

/**
 * What a data file's footer says of a column; undefined where it does not say how many nulls there are, or has values
 * whose bounds it does not know, which a catalog can only say by silence.
 */
export function summaryOf(
  type: string,
  rowCount: number,
  { byteSize, nullCount, nanCount, min, max }: ColumnStatistics,
): ColumnSummary | undefined {
  if (nullCount === undefined) return undefined;
  const valueCount = rowCount - nullCount;
  // A file that was adopted does not say whether it has NaNs, and a reader may skip one that has none.
  const hasNan = type === 'float64' ? nanCount !== 0 && valueCount > 0 : undefined;
  const summary = { byteSize, valueCount, nullCount, ...(hasNan !== undefined && { hasNan }) };
  if (valueCount === 0) return summary;
  const bounds = { min: boundText(type, min), max: boundText(type, max) };
  if (bounds.min === undefined || bounds.max === undefined) return undefined;
  return { ...summary, bounds: { min: bounds.min, max: bounds.max } };
}

/** Bounds that hold the values of both; undefined where one of them cannot be read. */
export function widened(type: string, a: Bounds, b: Bounds): Bounds | undefined {
  const [aMin, aMax, bMin, bMax] = [a.min, a.max, b.min, b.max].map((text) => comparable(type, text));
  if (aMin === undefined || aMax === undefined || bMin === undefined || bMax === undefined) return undefined;
  return { min: isLess(bMin, aMin) ? b.min : a.min, max: isLess(aMax, bMax) ? b.max : a.max };
}

function boundText(type: string, value: ColumnStatistics['min']): string | undefined {
  if (value === undefined) return undefined;
  if (type.startsWith('decimal')) return decimalText(value as bigint, scaleOf(type));
  switch (type) {
    case 'date':
      return dayText(Number(value));
    case 'timestamptz':
      return instantText(value as bigint);
    case 'boolean':
      return value === true ? '1' : '0';
    case 'float64':
      return doubleText(value as number);
    case 'varchar':
      // PostgreSQL has no place for this character.
      return (value as string).includes('\0') ? undefined : (value as string);
    default:
      return String(value);
  }
}

/** As DuckDB writes doubles: `0.5`, `1000.0`, `inf`. */
function doubleText(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function dayText(day: number): string | undefined {
  if (day < FIRST_DAY || day > LAST_DAY) return undefined;
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** As DuckDB writes instants: `2026-03-01 00:00:00.123+00`. */
function instantText(micros: bigint): string | undefined {
  const fraction = ((micros % SECOND_MICROS) + SECOND_MICROS) % SECOND_MICROS;
  const ms = Number((micros - fraction) / 1000n);
  if (dayText(Math.floor(ms / DAY_MS)) === undefined) return undefined;
  const digits = fraction === 0n ? '' : `.${String(fraction).padStart(6, '0').replace(/0+$/, '')}`;
  return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')}${digits}+00`;
}

function comparable(type: string, text: string): Comparable | undefined {
  if (type === 'varchar') return Buffer.from(text);
  if (type === 'float64') return doubleOf(text);
  if (type === 'date') return /^\d{4}-\d\d-\d\d$/.test(text) ? Buffer.from(text) : undefined;
  if (type === 'timestamptz') return microsOf(text);
  if (type === 'boolean') return text === '0' || text === '1' ? Number(text) : undefined;
  const scale = scaleOf(type);
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === '' || fraction.length > scale) return undefined;
  return BigInt(`${sign}${whole}${fraction.padEnd(scale, '0')}`);
}

function doubleOf(text: string): number | undefined {
  const infinity = /^(-?)inf(inity)?$/i.exec(text);
  const value = infinity ? Number(`${infinity[1] ?? ''}Infinity`) : text === '' ? Number.NaN : Number(text);
  return Number.isNaN(value) ? undefined : value;
}

function microsOf(text: string): bigint | undefined {
  const [, day, time, fraction = ''] =
    /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/.exec(text) ?? [];
  if (day === undefined || time === undefined) return undefined;
  return BigInt(Date.parse(`${day}T${time}Z`)) * 1000n + BigInt(fraction.padEnd(6, '0'));
}

/** Text is ordered by its UTF-8 bytes, as in DuckDB, not by JavaScript's UTF-16. */
function isLess(a: Comparable, b: Comparable): boolean {
  return a instanceof Uint8Array && b instanceof Uint8Array ? Buffer.compare(a, b) < 0 : a < b;
}
