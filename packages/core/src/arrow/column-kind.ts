import { DataType, type Field, TimeUnit } from 'apache-arrow';
import { DatagenError } from '../support/errors.ts';

/** What a column of a data file can hold: the column types of @datagen/core, text being plain or from a dictionary. */
export type ColumnKind = 'int32' | 'int64' | 'float64' | 'boolean' | 'date' | 'instant' | 'decimal' | 'text';

/** The kind of a column; refuses an Arrow type that no format is promised for. */
export function columnKindOf(field: Field): ColumnKind {
  const type = field.type as DataType;
  if (DataType.isInt(type) && type.isSigned && type.bitWidth === 32) return 'int32';
  if (DataType.isInt(type) && type.isSigned && type.bitWidth === 64) return 'int64';
  if (DataType.isFloat(type) && type.ArrayType === Float64Array) return 'float64';
  if (DataType.isBool(type)) return 'boolean';
  if (DataType.isDate(type) && type.ArrayType === Int32Array) return 'date';
  if (DataType.isTimestamp(type) && type.unit === TimeUnit.MICROSECOND && type.timezone === 'UTC')
    return 'instant';
  if (DataType.isDecimal(type) && type.bitWidth === 128) return 'decimal';
  if (DataType.isUtf8(type)) return 'text';
  if (DataType.isDictionary(type) && DataType.isUtf8(type.dictionary)) {
    if (DataType.isInt(type.indices) && type.indices.bitWidth === 32) return 'text';
  }
  throw new DatagenError(
    'INVALID_PLUGIN',
    `Column \`${field.name}\` is ${String(field.type)}, which a data file cannot hold. ` +
      'Use the column types of @datagen/core: int32, int64, float64, boolean, date, instant, decimal, text, category.',
  );
}
