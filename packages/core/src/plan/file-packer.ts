import type { Block } from '../dataset/block.ts';
import type { PartitionComponent } from './partition-spec.ts';
import type { PlannedFile } from './planned-file.ts';

/**
 * Packs the blocks of one partition, as they come, into greedy runs of at most `target` rows; a last run below half
 * the target joins the one before it. Beside each run it keeps the runs of those of its blocks that are missing.
 */
export class FilePacker {
  readonly #table: string;
  readonly #partition: readonly PartitionComponent[];
  readonly #target: number;
  readonly #files: PackedFile[] = [];

  constructor(table: string, partition: readonly PartitionComponent[], target: number) {
    this.#table = table;
    this.#partition = partition;
    this.#target = target;
  }

  add(block: Block, isPresent: boolean): void {
    const open = this.#files.at(-1);
    if (open === undefined || open.whole.rowCount + block.rowCount > this.#target)
      this.#files.push(new PackedFile(block, isPresent));
    else open.add(block, isPresent);
  }

  /** Appends the planned files to `files`, and to `missing` those or the parts of them that are not there. */
  finish(files: PlannedFile[], missing: PlannedFile[]): void {
    const last = this.#files.at(-1);
    const before = this.#files.at(-2);
    const rows = last?.whole.rowCount ?? 0;
    if (last && before && rows < this.#target / 2 && before.whole.rowCount + rows <= this.#target * 1.5) {
      before.join(last);
      this.#files.pop();
    }
    for (const { whole, missingRuns } of this.#files) {
      const file = this.#fileOf(whole);
      files.push(file);
      for (const run of missingRuns)
        missing.push(run.blockCount === whole.blockCount ? file : this.#fileOf(run));
    }
  }

  #fileOf({ firstBlock, lastBlock, startMs, endMs, blockCount, rowCount, exact }: BlockRun): PlannedFile {
    return {
      table: this.#table,
      partition: this.#partition,
      firstBlock,
      lastBlock,
      ...(startMs !== undefined && endMs !== undefined && { time: { startMs, endMs } }),
      blockCount,
      rowCount,
      exact,
    };
  }
}

class PackedFile {
  readonly whole: BlockRun;
  /** Absent while no block is there: the whole file is missing then, which is one run less to keep. */
  #runs: BlockRun[] | undefined;
  #isRunOpen = false;

  constructor(block: Block, isPresent: boolean) {
    this.whole = new BlockRun(block);
    if (isPresent) this.#runs = [];
  }

  /** The runs of blocks that are not there. */
  get missingRuns(): readonly BlockRun[] {
    return this.#runs ?? [this.whole];
  }

  add(block: Block, isPresent: boolean): void {
    if (isPresent) {
      this.#runs ??= [this.whole.copy()];
      this.#isRunOpen = false;
    } else if (this.#runs !== undefined) {
      if (this.#isRunOpen) this.#runs.at(-1)?.add(block);
      else this.#runs.push(new BlockRun(block));
      this.#isRunOpen = true;
    }
    this.whole.add(block);
  }

  join(next: PackedFile): void {
    if (this.#runs !== undefined || next.#runs !== undefined) {
      const runs = this.#runs ?? [this.whole.copy()];
      const isOpen = this.#runs === undefined || this.#isRunOpen;
      const [first, ...rest] = next.missingRuns;
      const open = isOpen && first?.firstBlock === next.whole.firstBlock ? runs.at(-1) : undefined;
      if (open !== undefined && first !== undefined) open.join(first);
      else if (first !== undefined) runs.push(first);
      runs.push(...rest);
      this.#runs = runs;
    }
    this.whole.join(next.whole);
  }
}

/** Consecutive blocks of a partition, as far as a plan needs to know them. */
class BlockRun {
  readonly firstBlock: string;
  lastBlock: string;
  readonly startMs: number | undefined;
  endMs: number | undefined;
  blockCount = 1;
  rowCount: number;
  exact: boolean;

  constructor({ key, time, rowCount, exact }: Block) {
    this.firstBlock = key;
    this.lastBlock = key;
    this.startMs = time?.startMs;
    this.endMs = time?.endMs;
    this.rowCount = rowCount;
    this.exact = exact;
  }

  copy(): BlockRun {
    return Object.assign(Object.create(BlockRun.prototype) as BlockRun, this);
  }

  add({ key, time, rowCount, exact }: Block): void {
    this.lastBlock = key;
    if (time !== undefined) this.endMs = Math.max(this.endMs ?? time.endMs, time.endMs);
    this.blockCount++;
    this.rowCount += rowCount;
    this.exact &&= exact;
  }

  join(next: BlockRun): void {
    this.lastBlock = next.lastBlock;
    if (next.endMs !== undefined) this.endMs = Math.max(this.endMs ?? next.endMs, next.endMs);
    this.blockCount += next.blockCount;
    this.rowCount += next.rowCount;
    this.exact &&= next.exact;
  }
}
