import type { Data } from 'apache-arrow';

/** One column of a chunk, gathered from batches of any size; its buffers are kept from chunk to chunk. */
export interface ChunkColumn {
  /** Adds rows `from` to `from + count - 1` of a batch's column. */
  append(source: Data, from: number, count: number): void;
  /** The rows since the last call, as views of the buffers that the next `append` writes to. */
  take(): Data;
}
