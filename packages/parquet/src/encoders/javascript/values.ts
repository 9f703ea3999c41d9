import { type Data, DataType, type Field } from 'apache-arrow';
import { columnKindOf } from '@datagen/core/writer';

/** Reads values of one column as parquetjs takes them; undefined is null. */
export function valueReader(field: Field, column: Data): (row: number) => unknown {
  const read = plainReader(field, column.values as ArrayBufferView, column.valueOffsets as Int32Array);
  if (column.nullCount === 0) return read;
  const valid = column.nullBitmap;
  return (row) => (((valid[row >> 3] as number) >> (row & 7)) & 1 ? read(row) : undefined);
}

function plainReader(field: Field, values: ArrayBufferView, offsets: Int32Array): (row: number) => unknown {
  const { buffer, byteOffset, byteLength } = values;
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  switch (columnKindOf(field)) {
    case 'boolean':
      return (row) => (((bytes[row >> 3] as number) >> (row & 7)) & 1) === 1;
    case 'text':
      // parquetjs copies bytes, so a view is enough.
      return (row) => bytes.subarray(offsets[row], offsets[row + 1]);
    case 'decimal': {
      // Little-endian in Arrow, big-endian in Parquet.
      if (isWide(field)) return (row) => bytes.slice(row * 16, row * 16 + 16).reverse();
      const words = new BigInt64Array(buffer, byteOffset, byteLength / 8);
      return (row) => words[row * 2];
    }
    case 'int32':
    case 'int64':
    case 'float64':
    case 'date':
    case 'instant': {
      const numbers = values as Int32Array;
      return (row) => numbers[row];
    }
  }
}

/** Decimals of more than 18 digits do not fit 64 bits. */
export function isWide(field: Field): boolean {
  const type = field.type as DataType;
  return DataType.isDecimal(type) && type.precision > 18;
}
