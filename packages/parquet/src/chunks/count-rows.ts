import type { Data, Schema } from 'apache-arrow';
import { columnKindOf } from '@datagen/core/writer';
import type { Chunk } from './chunk-cutter.ts';

/** What went into a file, as far as it is known before its footer. */
export interface RowCounts {
  rowCount: number;
  /** NaNs of every float64 column by name, once all rows have come and somebody has counted them. */
  readonly nanCounts: Map<string, number>;
}

/** Lets the chunks of a file pass and counts their rows, and their NaNs if asked to. */
export async function* countRows(
  schema: Schema,
  chunks: AsyncIterable<Chunk>,
  counts: RowCounts,
  withNans: boolean,
): AsyncGenerator<Chunk> {
  const doubles = withNans
    ? [...schema.fields.entries()].filter(([, field]) => columnKindOf(field) === 'float64')
    : [];
  for (const [, { name }] of doubles) counts.nanCounts.set(name, 0);
  for await (const chunk of chunks) {
    counts.rowCount += chunk.rowCount;
    for (const [i, { name }] of doubles) {
      const count = nansIn(chunk.columns[i] as Data, chunk.rowCount);
      if (count > 0) counts.nanCounts.set(name, (counts.nanCounts.get(name) ?? 0) + count);
    }
    yield chunk;
  }
}

function nansIn({ values, nullCount, nullBitmap }: Data, rowCount: number): number {
  const numbers = values as Float64Array;
  let count = 0;
  for (let row = 0; row < rowCount; row++) {
    const value = numbers[row] as number;
    // Only a NaN is not itself; what lies in the place of a null is anything.
    if (value !== value && (nullCount === 0 || (((nullBitmap[row >> 3] as number) >> (row & 7)) & 1) === 1))
      count++;
  }
  return count;
}
