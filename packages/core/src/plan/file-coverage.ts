import type { Block } from '../dataset/block.ts';
import { countBelow } from '../support/binary-search.ts';
import type { Coverage } from './coverage.ts';

/** A run of blocks of one dataset inside one partition, both ends included. */
export interface BlockRange {
  readonly digest: string;
  /** Hive path of the partition; empty for an unpartitioned table. */
  readonly partitionPath: string;
  readonly firstBlock: string;
  readonly lastBlock: string;
}

/**
 * The coverage of a table whose listing is all there is: the ranges of blocks that its files are named after. A range
 * covers every block of its partition whose key lies between its ends, so the writer of a file must not leave out a
 * block in between.
 */
export class FileCoverage implements Coverage {
  readonly ranges: readonly BlockRange[];
  readonly #byPartition = new Map<string, { starts: string[]; ends: string[] }>();

  constructor(ranges: readonly BlockRange[] = []) {
    this.ranges = ranges;
    const sorted = [...ranges].sort((a, b) => (a.firstBlock < b.firstBlock ? -1 : 1));
    for (const { digest, partitionPath, firstBlock, lastBlock } of sorted) {
      const key = `${digest}/${partitionPath}`;
      const lane = this.#byPartition.get(key) ?? { starts: [], ends: [] };
      this.#byPartition.set(key, lane);
      const previousEnd = lane.ends.at(-1);
      lane.starts.push(firstBlock);
      // Ends are kept rising, so that overlapping ranges can be searched like disjoint ones.
      lane.ends.push(previousEnd !== undefined && previousEnd > lastBlock ? previousEnd : lastBlock);
    }
  }

  get digests(): readonly string[] {
    return [...new Set(this.ranges.map((range) => range.digest))];
  }

  covers(digest: string, partitionPath: string, { key }: Block): boolean {
    const lane = this.#byPartition.get(`${digest}/${partitionPath}`);
    if (lane === undefined) return false;
    // The last range that begins at the key or before it.
    const after = countBelow(lane.starts, key);
    const last = lane.starts[after] === key ? after : after - 1;
    return last >= 0 && (lane.ends[last] as string) >= key;
  }
}
