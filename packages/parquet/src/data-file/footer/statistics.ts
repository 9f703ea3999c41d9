import type { ColumnStatistics } from '@datagen/core/writer';

/** SchemaElement of parquet.thrift: physical type, name, converted type, scale, precision, field id. */
export interface SchemaElement {
  readonly field_1?: number;
  readonly field_4: Uint8Array;
  readonly field_6?: number;
  readonly field_7?: number;
  readonly field_8?: number;
  readonly field_9?: number;
}

/** ColumnMetaData of parquet.thrift: value count, compressed size, data and dictionary page offsets, statistics. */
export interface ColumnChunk {
  readonly field_5: bigint;
  readonly field_7: bigint;
  readonly field_9: bigint;
  readonly field_11?: bigint;
  readonly field_12?: {
    readonly field_3?: bigint;
    /** max_value and min_value; fields 1 and 2 are their deprecated forerunners. */
    readonly field_5?: Uint8Array;
    readonly field_6?: Uint8Array;
  };
}

/** Physical types of parquet.thrift. */
const BOOLEAN = 0;
const INT32 = 1;
const INT64 = 2;
const DOUBLE = 5;
const BYTE_ARRAY = 6;
const FIXED_LEN_BYTE_ARRAY = 7;

/** Converted types of parquet.thrift. */
const UTF8 = 0;
const DECIMAL = 5;
const DATE = 6;
const TIMESTAMP_MICROS = 10;

const TYPE_TEXTS: Readonly<Record<string, string>> = {
  [`${BOOLEAN}/`]: 'boolean',
  [`${INT32}/`]: 'int32',
  [`${INT32}/${DATE}`]: 'date',
  [`${INT64}/`]: 'int64',
  [`${INT64}/${TIMESTAMP_MICROS}`]: 'timestamp',
  [`${DOUBLE}/`]: 'float64',
  [`${BYTE_ARRAY}/${UTF8}`]: 'text',
};

/** A column's type as `typeNameOf` of @datagen/core names it, or its numbers in parquet.thrift if it is none of ours. */
export function typeTextOf({
  field_1: type,
  field_6: converted,
  field_7: scale = 0,
  field_8: precision = 0,
}: SchemaElement): string {
  if (converted === DECIMAL) return `decimal(${precision},${scale})`;
  const numbers = `${type ?? ''}/${converted ?? ''}`;
  return TYPE_TEXTS[numbers] ?? `type ${numbers}`;
}

/**
 * Merges what the chunks of one column say. A bound is there only where every chunk with values has one. Bounds of
 * floating-point numbers leave out NaN and take zeros of both signs for one; a bound of text may be a shorter text that
 * still bounds the values.
 */
export function columnStatistics(
  element: SchemaElement,
  chunks: readonly ColumnChunk[],
  isOrdered: boolean,
): ColumnStatistics {
  const byteSize = chunks.reduce((sum, chunk) => sum + Number(chunk.field_7), 0);
  const nullCounts = chunks.map(({ field_12: statistics }) => statistics?.field_3);
  const nullCount = nullCounts.every((count) => count !== undefined)
    ? Number(nullCounts.reduce((a, b) => a + b, 0n))
    : undefined;
  const withValues = chunks.filter(
    ({ field_5: count, field_12: statistics }) => count !== statistics?.field_3,
  );
  return {
    byteSize,
    ...(nullCount !== undefined && { nullCount }),
    ...(isOrdered && boundsOf(element, withValues)),
  };
}

type Value = number | bigint | boolean | string;
type Bounds = Pick<ColumnStatistics, 'min' | 'max'>;

function boundsOf(element: SchemaElement, chunks: readonly ColumnChunk[]): Bounds {
  const stated = chunks.map(({ field_12: statistics }) => statistics ?? {});
  const minima = stated.map(({ field_6: bytes }) => bytes && valueOf(element, bytes, 'min'));
  const maxima = stated.map(({ field_5: bytes }) => bytes && valueOf(element, bytes, 'max'));
  // Where one bound of a chunk is NaN, the other one bounds nothing either (parquet.thrift, ColumnOrder).
  if ([...minima, ...maxima].some(Number.isNaN)) return {};
  const min = furthest(minima, isLess);
  const max = furthest(maxima, (a, b) => isLess(b, a));
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
}

/** The bound beyond all others; undefined if there is none, or one that is not known. */
export function furthest(
  values: readonly (Value | undefined)[],
  isBeyond: (a: Value, b: Value) => boolean,
): Value | undefined {
  const known = values.filter((value) => value !== undefined);
  if (known.length < values.length) return undefined;
  return known.reduce<Value | undefined>(
    (best, value) => (best === undefined || isBeyond(value, best) ? value : best),
    undefined,
  );
}

function valueOf(
  { field_1: type, field_6: converted }: SchemaElement,
  bytes: Uint8Array,
  bound: 'min' | 'max',
): Value | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (type) {
    case BOOLEAN:
      return view.getUint8(0) === 1;
    case INT32:
      return converted === DECIMAL ? BigInt(view.getInt32(0, true)) : view.getInt32(0, true);
    case INT64:
      return view.getBigInt64(0, true);
    case DOUBLE: {
      const value = view.getFloat64(0, true);
      // Either zero may stand for both (parquet.thrift, ColumnOrder).
      return value !== 0 ? value : bound === 'min' ? -0 : 0;
    }
    case FIXED_LEN_BYTE_ARRAY: {
      const unsigned = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
      return BigInt.asIntN(bytes.byteLength * 8, unsigned);
    }
    default:
      return textBound(bytes, bound);
  }
}

/** Without `ignoreBOM` a byte order mark, which is a character like others, would be left out. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Text that was cut in the middle of a character is no text: its beginning is below it, so it will do as a minimum, and
 * as a maximum there is none.
 */
function textBound(bytes: Uint8Array, bound: 'min' | 'max'): string | undefined {
  for (let length = bytes.byteLength; length >= 0 && length > bytes.byteLength - 4; length--) {
    try {
      return utf8.decode(bytes.subarray(0, length));
    } catch {
      if (bound === 'max') return undefined;
    }
  }
  return undefined;
}

/** Text is ordered by its UTF-8 bytes, as in Parquet, not by JavaScript's UTF-16. */
export function isLess(a: Value, b: Value): boolean {
  return typeof a === 'string' ? Buffer.compare(Buffer.from(a), Buffer.from(b as string)) < 0 : a < b;
}

/** Digits after the point of a type as `typeNameOf` of @datagen/core names it: 2 of `decimal(12,2)`, 0 of others. */
export function scaleOf(type: string): number {
  return Number(/,(\d+)\)/.exec(type)?.[1] ?? 0);
}

/** A decimal bound in all its digits: `-1234` of scale 2 is `-12.34`. */
export function decimalText(unscaled: bigint, scale: number): string {
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = scale === 0 ? '' : `.${digits.slice(-scale)}`;
  return `${unscaled < 0n ? '-' : ''}${whole}${fraction}`;
}
