import type { DatasetGenerator, TableDefinition } from '@datagen/core';
import type { TimeRange } from '@datagen/core/generator';
import type { Vector } from 'apache-arrow';
import { cellReader } from '../rows/cell-reader.ts';

/**
 * The values of some columns in every row of a window, each row as one text that no other values have; undefined for
 * a row in which one of them is null, so that it refers to nothing.
 */
export function* rowKeys(
  generator: DatasetGenerator,
  table: TableDefinition,
  window: TimeRange,
  columns: readonly string[],
): Generator<string | undefined> {
  for (const block of generator.blocks(table, window)) {
    for (const batch of generator.generate(table, block)) {
      const readers = columns.map((name) => cellReader(batch.getChild(name) as Vector));
      for (let row = 0; row < batch.numRows; row++) {
        const cells = readers.map((read) => read(row));
        yield cells.includes(null) ? undefined : JSON.stringify(cells.map(String));
      }
    }
  }
}
