import type { Block } from '../dataset/block.ts';

/** Which blocks of which datasets a table holds, as far as the table itself can tell. */
export interface Coverage {
  /** The digests of the datasets that have rows in the table. */
  readonly digests: readonly string[];
  /** Whether the table holds a block of a dataset; `partitionPath` is the hive path of the block's partition. */
  covers(digest: string, partitionPath: string, block: Block): boolean;
}
