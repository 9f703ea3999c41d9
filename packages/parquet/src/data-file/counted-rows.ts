import { type Data, DataType, type RecordBatch, type Schema } from 'apache-arrow';
import type { ColumnStatistics } from '@datagen/core/writer';

/** The names of the columns of doubles. */
export function doublesIn(schema: Schema): readonly string[] {
  return schema.fields.filter((field) => DataType.isFloat(field.type)).map(({ name }) => name);
}

/** Lets batches pass and counts their rows, and the NaNs of some columns, which Parquet's statistics leave out. */
export class CountedRows {
  rowCount = 0;
  readonly #batches: AsyncIterable<RecordBatch>;
  readonly #nanCounts: Map<string, number>;

  constructor(batches: AsyncIterable<RecordBatch>, columns: readonly string[]) {
    this.#batches = batches;
    this.#nanCounts = new Map(columns.map((name) => [name, 0]));
  }

  async *batches(): AsyncGenerator<RecordBatch> {
    for await (const batch of this.#batches) {
      this.rowCount += batch.numRows;
      for (const [name, count] of this.#nanCounts) {
        const data = batch.getChild(name)?.data[0] as Data | undefined;
        if (data !== undefined) this.#nanCounts.set(name, count + countNans(data));
      }
      yield batch;
    }
  }

  withNanCounts(
    columns: Readonly<Record<string, ColumnStatistics>>,
  ): Readonly<Record<string, ColumnStatistics>> {
    if (this.#nanCounts.size === 0) return columns;
    const counted = Object.entries(columns).map(([name, statistics]) => {
      const nanCount = this.#nanCounts.get(name);
      return [name, nanCount === undefined ? statistics : { ...statistics, nanCount }] as const;
    });
    return Object.fromEntries(counted);
  }
}

/** What lies in the place of a null counts for nothing. */
function countNans({ values, length, nullCount, nullBitmap, offset }: Data): number {
  const numbers = values as Float64Array;
  let count = 0;
  for (let row = 0; row < length; row++) if (numbers[row] !== numbers[row]) count++;
  if (count === 0 || nullCount === 0) return count;
  for (let row = 0; row < length; row++) {
    const bit = offset + row;
    const isNull = (((nullBitmap[bit >> 3] as number) >> (bit & 7)) & 1) === 0;
    if (isNull && numbers[row] !== numbers[row]) count--;
  }
  return count;
}
