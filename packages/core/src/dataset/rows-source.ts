import type { BatchBuilder } from '../arrow/batch-builder.ts';
import { firstRowOf, rowBlocks } from './block.ts';
import type { TableSource } from './streaming-generator.ts';
import type { TableDefinition } from './table.ts';

/**
 * The source of a table that is counted in rows, not in days, in the blocks of `rowBlocks`. `fill` fills a batch with
 * the rows from `firstRow` on, a position in the table; blocks come in any order. A count that takes a file or a
 * computation is given as a function, called when blocks are listed.
 */
export function rowsSource(
  table: TableDefinition,
  rowCount: number | (() => number),
  fill: (builder: BatchBuilder, firstRow: number) => void,
): TableSource {
  return {
    table,
    blocks: (_, wanted) => rowBlocks(typeof rowCount === 'number' ? rowCount : rowCount(), wanted),
    open: (block) => {
      const firstRow = firstRowOf(block);
      return {
        rowCount: block.rowCount,
        fill: (builder, start) => {
          fill(builder, firstRow + start);
        },
      };
    },
  };
}
