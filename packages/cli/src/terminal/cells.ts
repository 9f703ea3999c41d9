import type { DataType, RecordBatch, Vector } from 'apache-arrow';

/** A value as JSON can hold it: decimals, days and instants as text, whole numbers beyond 2^53 too. */
export type Cell = string | number | boolean | null;

// Arrow's type ids; the library itself takes long to load and is not needed to tell them apart.
const INT = 2;
const FLOAT = 3;
const DECIMAL = 7;
const DATE = 8;
const TIMESTAMP = 10;

/** The cells of the first rows of a batch. */
export function cellRows(batch: RecordBatch, limit: number): Cell[][] {
  const readers = batch.schema.names.map((_, i) => cellReader(batch.getChildAt(i)));
  return Array.from({ length: Math.min(limit, batch.numRows) }, (_, row) => readers.map((read) => read(row)));
}

/** Whether a column's values stand to the right in a table. */
export function isNumeric({ type }: { readonly type: DataType }): boolean {
  return [INT, FLOAT, DECIMAL].includes(type.typeId);
}

/** A cell on one line of a text table. */
export function cellText(cell: Cell): string {
  if (cell === null) return 'null';
  // eslint-disable-next-line no-control-regex -- control characters would break the line or the terminal
  return String(cell).replace(/[\u0000-\u001F\u007F]/g, (c) => JSON.stringify(c).slice(1, -1));
}

function cellReader(column: Vector | null): (row: number) => Cell {
  const data = column?.data[0];
  if (column === null || data === undefined) return () => null;
  const { type } = data as { type: DataType };
  const values: unknown = data.values;
  const read = (row: number): Cell => {
    switch (type.typeId as number) {
      case DECIMAL:
        return decimalText(values as Uint32Array, row, type as unknown as DecimalShape);
      case DATE:
        return dateText(values as Int32Array | BigInt64Array, row);
      case TIMESTAMP:
        return instantText((values as BigInt64Array)[row] ?? 0n, (type as unknown as { unit: number }).unit);
      default:
        return plainCell(column.get(row));
    }
  };
  return (row) => (column.isValid(row) ? read(row) : null);
}

function plainCell(value: unknown): Cell {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  return JSON.stringify(value);
}

interface DecimalShape {
  readonly scale: number;
  readonly bitWidth: number;
}

function decimalText(words: Uint32Array, row: number, { scale, bitWidth }: DecimalShape): string {
  const wordCount = bitWidth / 32;
  let units = 0n;
  for (let i = wordCount - 1; i >= 0; i--) units = (units << 32n) | BigInt(words[row * wordCount + i] ?? 0);
  units = BigInt.asIntN(bitWidth, units);
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const sign = units < 0n ? '-' : '';
  return scale === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-scale)}`;
}

/** Days since 1970 as 32 bits, or milliseconds as 64. */
function dateText(values: Int32Array | BigInt64Array, row: number): string {
  const ms = values instanceof BigInt64Array ? Number(values[row]) : (values[row] ?? 0) * 86_400_000;
  return new Date(ms).toISOString().slice(0, 10);
}

/** `2026-01-05T13:00:00.123456Z`, with as many digits as the unit has: seconds 0, milliseconds 3, … */
function instantText(value: bigint, unit: number): string {
  const perSecond = 10n ** BigInt(unit * 3);
  const fraction = ((value % perSecond) + perSecond) % perSecond;
  const seconds = Number((value - fraction) / perSecond);
  const digits = unit === 0 ? '' : `.${fraction.toString().padStart(unit * 3, '0')}`;
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}${digits}Z`;
}
