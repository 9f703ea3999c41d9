import { type Data, Type, type Vector } from 'apache-arrow';

/** A value as it lies in Arrow: days, microseconds and units of the last digit as whole numbers. */
export type Cell = string | number | bigint | boolean | null;

/** Reads the rows of a column of one batch. */
export function cellReader(column: Vector): (row: number) => Cell {
  const data = column.data[0] as Data;
  const typeId = data.typeId;
  const values = data.values as unknown;
  const read = (row: number): Cell => {
    // Arrow's JavaScript turns dates and instants into milliseconds and decimals into words.
    if (typeId === Type.Timestamp || typeId === Type.Date)
      return (values as BigInt64Array | Int32Array)[row] as Cell;
    if (typeId === Type.Decimal) return decimalUnits(values as Uint32Array, row);
    return column.get(row) as Cell;
  };
  return (row) => (column.isValid(row) ? read(row) : null);
}

function decimalUnits(words: Uint32Array, row: number): bigint {
  const [low, high] = [words[row * 4] as number, words[row * 4 + 1] as number];
  return BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low));
}
