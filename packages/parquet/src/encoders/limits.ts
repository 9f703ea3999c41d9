import type { Schema } from 'apache-arrow';
import { columnKindOf, type ColumnKind } from '@datagen/core/writer';

/** What a Parquet file of an encoder can hold. */
export interface EncoderLimits {
  /** Rows of a row group, at most. */
  readonly rowGroupRows: number;
  /** Bytes of a row group's values, where the encoder's memory is limited. */
  readonly rowGroupBytes?: number;
  /** Bytes of a file, where the encoder counts them in 32 bits. */
  readonly fileBytes?: number;
}

/** Row groups are numbered in 16 bits (parquet.thrift, `RowGroup.ordinal`). */
const MOST_ROW_GROUPS = 32_767;

/** Pages and dictionaries of a row group that is not larger have sizes that fit the 32 bits of their headers. */
export const MOST_ROW_GROUP_ROWS = 2 ** 24;

/** Bytes of a value before compression; of text, which may have any length, what is usual. */
const VALUE_BYTES: Readonly<Record<ColumnKind, number>> = {
  boolean: 1,
  int32: 4,
  date: 4,
  int64: 8,
  float64: 8,
  instant: 8,
  decimal: 16,
  text: 32,
};

/** Rows that the row groups of a file get: what is asked for, or fewer where the encoder cannot hold as many. */
export function rowGroupRowsFor(schema: Schema, asked: number, limits: EncoderLimits): number {
  const { rowGroupRows, rowGroupBytes = Infinity } = limits;
  return Math.max(1, Math.min(asked, rowGroupRows, Math.floor(rowGroupBytes / rowBytesOf(schema))));
}

/** The most rows of a file whose row groups have so many. Longer text than is usual may leave less room. */
export function fileRowsFor(schema: Schema, rowGroupRows: number, limits: EncoderLimits): number {
  const { fileBytes = Infinity } = limits;
  return Math.min(MOST_ROW_GROUPS * rowGroupRows, Math.floor(fileBytes / rowBytesOf(schema)));
}

/** Incompressible values become longer, and pages have headers: a quarter is more than either takes. */
function rowBytesOf(schema: Schema): number {
  const bytes = schema.fields.reduce((sum, field) => sum + VALUE_BYTES[columnKindOf(field)], 0);
  return Math.max(1, bytes) * 1.25;
}
