// Generation alone on one thread: blocks to record batches, nothing encoded or stored.
import { PartitionSpec } from '@datagen/core';

/** Nanoseconds per row of some tables over a window, after one block of each to warm up. */
export function measureGeneration(generator, tableNames, startDate, endDate) {
  const { window } = new PartitionSpec({ startDate, endDate });
  const tables = generator.tables.filter(({ name }) => tableNames.includes(name));
  const blocks = tables.map((table) => [...generator.blocks(table, window)]);
  const consume = (table, block) => {
    let rows = 0;
    for (const batch of generator.generate(table, block)) rows += batch.numRows;
    return rows;
  };
  tables.forEach((table, i) => consume(table, blocks[i][0]));
  const started = performance.now();
  let rows = 0;
  tables.forEach((table, i) => {
    for (const block of blocks[i]) rows += consume(table, block);
  });
  const elapsedMs = performance.now() - started;
  return { rows, nsPerRow: (elapsedMs * 1e6) / rows };
}
