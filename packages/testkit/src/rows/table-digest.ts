import type { Block, TimeRange } from '@datagen/core/generator';
import type { DatasetGenerator, TableDefinition } from '@datagen/core';
import { ColumnDigest } from './column-digest.ts';

/** Digest of each column, by name. */
export type TableDigest = Readonly<Record<string, string>>;

/** Digests of the rows of some blocks, in the order given. */
export function digestBlocks(
  generator: DatasetGenerator,
  table: TableDefinition,
  blocks: Iterable<Block>,
): TableDigest {
  const columns = table.schema.fields.map((field) => ({ name: field.name, digest: new ColumnDigest() }));
  for (const block of blocks) {
    for (const batch of generator.generate(table, block)) {
      columns.forEach(({ digest }, i) => {
        const column = batch.getChildAt(i);
        if (column !== null) digest.update(column);
      });
    }
  }
  return Object.fromEntries(columns.map(({ name, digest }) => [name, digest.finish()]));
}

/** Digests of all tables of a generator over a window. */
export function digestDataset(generator: DatasetGenerator, window: TimeRange): Record<string, TableDigest> {
  return Object.fromEntries(
    generator.tables.map((table) => [
      table.name,
      digestBlocks(generator, table, generator.blocks(table, window)),
    ]),
  );
}
