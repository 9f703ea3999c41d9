import type { DatasetGenerator, TableDefinition } from '@datagen/core';
import type { TimeRange } from '@datagen/core/generator';
import type { Vector } from 'apache-arrow';
import { type Cell, cellReader } from '../rows/cell-reader.ts';

/**
 * The first row of a window that comes before the row ahead of it in the order that the table says it is `sortedBy`,
 * with blocks in key order; undefined where all rows are in order, or no order is said.
 */
export function firstRowOutOfOrder(
  generator: DatasetGenerator,
  table: TableDefinition,
  window: TimeRange,
): string | undefined {
  const { sortedBy = [] } = table;
  let previous: readonly Cell[] | undefined;
  for (const block of generator.blocks(table, window)) {
    let blockRow = 0;
    for (const batch of generator.generate(table, block)) {
      const columns = sortedBy.map((name) => cellReader(batch.getChild(name) as Vector));
      for (let row = 0; row < batch.numRows; row++, blockRow++) {
        const current = columns.map((read) => read(row));
        if (previous !== undefined && compareRows(previous, current) > 0)
          return `row ${String(blockRow)} of block ${block.key}: (${current.join(', ')}) after (${previous.join(', ')})`;
        previous = current;
      }
    }
  }
  return undefined;
}

function compareRows(left: readonly Cell[], right: readonly Cell[]): number {
  for (const [i, cell] of left.entries()) {
    const order = compareCells(cell, right[i] as Cell);
    if (order !== 0) return order;
  }
  return 0;
}

function compareCells(left: Cell, right: Cell): number {
  // Parquet orders text by its bytes, which differs from JavaScript's order beyond the basic plane.
  if (typeof left === 'string' && typeof right === 'string')
    return left === right ? 0 : Buffer.compare(Buffer.from(left), Buffer.from(right));
  if (left === right) return 0;
  return (left as number) < (right as number) ? -1 : 1;
}
