import type { DatasetGenerator, TableDefinition } from '@datagen/core';
import type { TimeRange } from '@datagen/core/generator';

/** The values of some columns in every row of a window, each row as one text. */
export function* rowKeys(
  generator: DatasetGenerator,
  table: TableDefinition,
  window: TimeRange,
  columns: readonly string[],
): Generator<string> {
  for (const block of generator.blocks(table, window)) {
    for (const batch of generator.generate(table, block)) {
      const vectors = columns.map((name) => batch.getChild(name));
      for (let row = 0; row < batch.numRows; row++) {
        yield vectors.map((vector) => String(vector?.get(row))).join('|');
      }
    }
  }
}
