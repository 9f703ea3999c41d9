import type { Block, BlockFilter } from '../dataset/block.ts';
import type { DatasetGenerator } from '../dataset/generator.ts';
import type { TableDefinition } from '../dataset/table.ts';
import { DatagenError } from '../support/errors.ts';
import { DAY_MS, dayOf, type TimeRange } from '../support/time.ts';
import type { BlockRange } from './file-coverage.ts';
import { hivePath, isTimeUnit, type PartitionComponent } from './partition-spec.ts';

/**
 * A data file that is to be made: the blocks of one partition from one key to another. Plain data, and small: whoever
 * makes the file lists its blocks again (`blocksOf`).
 */
export interface PlannedFile {
  readonly table: string;
  readonly partition: readonly PartitionComponent[];
  /** Keys of its first and last block; every block of the partition between them belongs to the file. */
  readonly firstBlock: string;
  readonly lastBlock: string;
  /** From the start of its first block to the end of its last one; absent for a table without time. */
  readonly time?: TimeRange;
  readonly blockCount: number;
  readonly rowCount: number;
  /** False where `rowCount` has estimates in it. */
  readonly exact: boolean;
}

/** The range of blocks a file holds: its identity, together with its table. `pathOf` names the folders of a partition. */
export function blockRangeOf(file: PlannedFile, digest: string, pathOf = hivePath): BlockRange {
  const { firstBlock, lastBlock } = file;
  return { digest, partitionPath: pathOf(file.partition), firstBlock, lastBlock };
}

/**
 * Lists the blocks of a planned file. Throws `INVALID_PLUGIN` at the end if the generator lists other blocks now than
 * when the file was planned.
 */
export function* blocksOf(
  generator: DatasetGenerator,
  table: TableDefinition,
  file: PlannedFile,
): Generator<Block> {
  const values = Object.fromEntries(file.partition.filter(([name]) => !isTimeUnit(name)));
  const wanted: BlockFilter = { from: file.firstBlock, ...(Object.keys(values).length > 0 && { values }) };
  let blockCount = 0;
  for (const block of generator.blocks(table, wholeDays(file.time), wanted)) {
    if (block.key < file.firstBlock) continue;
    if (block.key > file.lastBlock) break;
    if (!Object.entries(values).every(([name, value]) => block.values?.[name] === value)) continue;
    blockCount++;
    yield block;
  }
  if (blockCount !== file.blockCount) {
    throw new DatagenError(
      'INVALID_PLUGIN',
      `Expected ${generator.name} to list the same blocks of \`${table.name}\` each time: from ${file.firstBlock} to ` +
        `${file.lastBlock} there were ${String(file.blockCount)}, and now there are ${String(blockCount)}.`,
    );
  }
}

/** Windows are whole days; blocks may be hours. */
function wholeDays(time: TimeRange | undefined): TimeRange {
  if (time === undefined) return { startMs: 0, endMs: DAY_MS };
  return { startMs: dayOf(time.startMs) * DAY_MS, endMs: (dayOf(time.endMs - 1) + 1) * DAY_MS };
}
