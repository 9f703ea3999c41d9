import type { RecordBatch } from 'apache-arrow';
import type { TableDefinition } from '../../dataset/table.ts';
import type { BlockRange } from '../../plan/file-coverage.ts';
import type { PlannedFile } from '../../plan/planned-file.ts';

/** Stands in a file's name where keys of blocks would; no block has it, since they begin with a digit or an `r`. */
const NO_BLOCK = 'none';

/** The file of a table that has no blocks: readers find the schema, and the name the dataset. */
export function emptyFile({ name }: TableDefinition, components: readonly string[]): PlannedFile {
  return {
    table: name,
    partition: components.map((component) => [component, null] as const),
    firstBlock: NO_BLOCK,
    lastBlock: NO_BLOCK,
    blockCount: 0,
    rowCount: 0,
    exact: true,
  };
}

export function isEmptyFile({ firstBlock }: BlockRange): boolean {
  return firstBlock === NO_BLOCK;
}

export async function* noBatches(): AsyncGenerator<RecordBatch> {
  // Nothing to yield: an encoder still writes the schema.
}
