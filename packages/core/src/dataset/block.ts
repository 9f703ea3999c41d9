import { DAY_MS, formatDay, type TimeRange } from '../support/time.ts';

/** A value a partition directory can be named after. */
export type PartitionValue = string | number | null;

/**
 * The smallest part of a table that can be made on its own, anywhere and in any order.
 * Plain data: it crosses to worker threads and is the only thing besides the dataset that decides its rows.
 */
export interface Block {
  /** Unique in the table; keys sorted as text are in table order: `2026-01-05`, `2026-01-05T13`, `r000000065536`. */
  readonly key: string;
  /** Rows it will hold, known before they are made. */
  readonly rowCount: number;
  /** False where `rowCount` is a fixed estimate. */
  readonly exact: boolean;
  /** The UTC span its rows lie in; absent for master data, which has no time. */
  readonly time?: TimeRange;
  /** Columns that hold one value in all its rows, and so can be partitioned by; a day as `2026-01-05`. */
  readonly values?: Readonly<Record<string, PartitionValue>>;
}

/**
 * Which blocks a caller is going to use. A generator may leave out the others, so that one file's blocks are listed
 * without those of all other files; it need not, since callers check again.
 */
export interface BlockFilter {
  /** The key from which on blocks are wanted. */
  readonly from?: string;
  /** Values that the wanted blocks have in columns that are constant in a block. */
  readonly values?: Readonly<Record<string, PartitionValue>>;
}

/** Rows per block of master data: large enough to make in bulk, small enough to pass around. */
const ROWS_PER_BLOCK = 65_536;

/** The blocks of a table that is counted in rows, not in days: `r000000000000`, `r000000065536`, … */
export function* rowBlocks(rowCount: number, { from }: BlockFilter = {}): Generator<Block> {
  const first = from === undefined ? 0 : Math.floor(Number(from.slice(1)) / ROWS_PER_BLOCK) * ROWS_PER_BLOCK;
  for (let start = first; start < rowCount; start += ROWS_PER_BLOCK) {
    yield {
      key: `r${String(start).padStart(12, '0')}`,
      rowCount: Math.min(ROWS_PER_BLOCK, rowCount - start),
      exact: true,
    };
  }
}

/** The row a block made by `rowBlocks` starts at. */
export function firstRowOf(block: Block): number {
  return Number(block.key.slice(1));
}

/** One block per UTC day of the window, with the rows and constant values that `describe` gives for a day that is wanted. */
export function* dayBlocks(
  window: TimeRange,
  describe: (startMs: number) => Pick<Block, 'rowCount' | 'exact' | 'values'>,
  { from = '' }: BlockFilter = {},
): Generator<Block> {
  for (let startMs = window.startMs; startMs < window.endMs; startMs += DAY_MS) {
    const key = formatDay(startMs);
    if (key >= from) yield { key, time: { startMs, endMs: startMs + DAY_MS }, ...describe(startMs) };
  }
}
