import type { Block } from '../dataset/block.ts';
import type { TableDefinition } from '../dataset/table.ts';
import { DatagenError } from '../support/errors.ts';

/** Refuses a block that breaks the contract of `Block`; `previousKey` is that of the block listed before it. */
export function checkBlock(table: TableDefinition, block: Block, previousKey: string | undefined): void {
  if (previousKey !== undefined && block.key <= previousKey) {
    throw new DatagenError(
      'INVALID_PLUGIN',
      `Blocks of \`${table.name}\` must come in rising key order, but block ${block.key} comes after ${previousKey}.`,
    );
  }
}
