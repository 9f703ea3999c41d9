import type { DatasetIdentity } from '../dataset/generator.ts';
import type { PartitionSpec } from '../plan/partition-spec.ts';
import type { RemovedFiles } from '../writer/table-writer.ts';

/** How far a run has come, over all tables; the totals are known before the first row is made. */
export interface Progress {
  readonly table: string;
  readonly rowCount: number;
  /** Grows where files have to be made again because somebody else changed a table meanwhile. */
  readonly totalRowCount: number;
  /** False where `totalRowCount` is an estimate. */
  readonly exact: boolean;
}

export interface TableReport {
  readonly table: string;
  /** What this run added. */
  readonly rowCount: number;
  readonly fileCount: number;
  readonly byteSize: number;
  /** How many of the added rows an earlier run had made that did not come to its commit. */
  readonly adoptedRowCount: number;
  /** Rows of the window that the table held already. */
  readonly presentRowCount: number;
  /** False where `presentRowCount` is an estimate. */
  readonly exact: boolean;
  /** What an overwrite removed. */
  readonly removed?: RemovedFiles;
}

export interface DatasetReport {
  readonly dataset: DatasetIdentity;
  readonly outputUri: string;
  /** What encoded the data files, if the writer says. */
  readonly encoder?: string;
  /** Sentences on what is not as it should be though the run went well: an encoder slower than need be. */
  readonly warnings: readonly string[];
  readonly partitionSpec: PartitionSpec;
  readonly tables: readonly TableReport[];
  readonly elapsedMs: number;
}
