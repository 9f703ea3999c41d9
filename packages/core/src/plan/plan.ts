import { setImmediate } from 'node:timers/promises';
import type { Block } from '../dataset/block.ts';
import type { DatasetGenerator } from '../dataset/generator.ts';
import type { TableDefinition } from '../dataset/table.ts';
import { throwIfAborted } from '../support/errors.ts';
import { checkBlock } from './check-block.ts';
import type { Coverage } from './coverage.ts';
import { FilePacker } from './file-packer.ts';
import { hivePath, type PartitionComponent, type PartitionSpec } from './partition-spec.ts';
import type { PlannedFile } from './planned-file.ts';

/** The files of a table for a window, and which of them the table lacks. */
export interface TablePlan {
  readonly table: TableDefinition;
  /** All files, as if the table were empty: they depend on the window, the partitioning and the target alone. */
  readonly files: readonly PlannedFile[];
  /**
   * What is to be made: planned files of which no block is there, else the runs of missing blocks in them. So a run
   * that was broken off is finished with the files it would have had, and a longer window leaves the old ones alone.
   */
  readonly missing: readonly PlannedFile[];
  /** Rows of `files`. */
  readonly rowCount: number;
  /** Rows of `missing`. */
  readonly missingRowCount: number;
  readonly partitionCount: number;
  /** False where the numbers of rows have estimates in them. */
  readonly exact: boolean;
}

export interface PlanOptions {
  /** Rows per file to aim at; a block is never split. */
  readonly fileRowsTarget: number;
  /** What the table holds, of which dataset: nothing if absent. */
  readonly present?: { readonly coverage: Coverage; readonly digest: string };
  readonly signal?: AbortSignal;
}

/** Timers and signals have a turn this often. */
const PAUSE_EVERY_MS = 20;
const BLOCKS_BETWEEN_LOOKS = 1_024;

/**
 * Packs the blocks of a table into partitions and files. Costs a few hundred nanoseconds a block, makes no rows and
 * keeps no blocks. Throws `INVALID_PLUGIN` for blocks that break the contract of `Block`.
 */
export async function planTable(
  generator: DatasetGenerator,
  table: TableDefinition,
  spec: PartitionSpec,
  { fileRowsTarget, present, signal }: PlanOptions,
): Promise<TablePlan> {
  const packers = new Map<string, FilePacker>();
  const partitions = new PartitionCache(spec, table);
  let previous: Block | undefined;
  let count = 0;
  let pausedMs = performance.now();
  for (const block of generator.blocks(table, spec.window)) {
    checkBlock(table, block, previous?.key, spec.window);
    previous = block;
    const { path, partition } = partitions.of(block);
    let packer = packers.get(path);
    if (packer === undefined)
      packers.set(path, (packer = new FilePacker(table.name, partition, fileRowsTarget)));
    packer.add(block, present?.coverage.covers(present.digest, path, block) === true);
    if (++count % BLOCKS_BETWEEN_LOOKS === 0 && performance.now() - pausedMs > PAUSE_EVERY_MS) {
      await setImmediate();
      throwIfAborted(signal);
      pausedMs = performance.now();
    }
  }
  throwIfAborted(signal);
  const files: PlannedFile[] = [];
  const missing: PlannedFile[] = [];
  for (const packer of packers.values()) packer.finish(files, missing);
  return {
    table,
    files,
    missing,
    rowCount: rowsIn(files),
    missingRowCount: rowsIn(missing),
    partitionCount: packers.size,
    exact: files.every((file) => file.exact),
  };
}

/** Finds a block's partition; neighbours mostly lie in the same one. */
class PartitionCache {
  readonly #spec: PartitionSpec;
  readonly #table: TableDefinition;
  readonly #columns: readonly string[];
  #last:
    | {
        startMs: number | undefined;
        values: Block['values'];
        path: string;
        partition: readonly PartitionComponent[];
      }
    | undefined;

  constructor(spec: PartitionSpec, table: TableDefinition) {
    this.#spec = spec;
    this.#table = table;
    this.#columns = spec.columnsFor(table);
  }

  of(block: Block): { readonly path: string; readonly partition: readonly PartitionComponent[] } {
    const last = this.#last;
    if (
      last?.startMs === block.time?.startMs &&
      last !== undefined &&
      this.#columns.every((name) => last.values?.[name] === block.values?.[name])
    )
      return last;
    const partition = this.#spec.partitionOf(this.#table, block);
    this.#last = {
      startMs: block.time?.startMs,
      values: block.values,
      path: hivePath(partition),
      partition,
    };
    return this.#last;
  }
}

function rowsIn(files: readonly PlannedFile[]): number {
  return files.reduce((sum, { rowCount }) => sum + rowCount, 0);
}
