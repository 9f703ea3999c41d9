import type { RecordBatch } from 'apache-arrow';
import type { BlockRange, Coverage } from '../plan/coverage.ts';
import type { DatasetIdentity } from '../dataset/generator.ts';
import type { ModuleRef } from '../support/module-ref.ts';
import type { Compression } from '../dataset/options.ts';
import type { PartitionComponent, PartitionSpec } from '../plan/partition-spec.ts';
import type { PlannedFile } from '../plan/plan.ts';
import type { TableDefinition } from '../dataset/table.ts';

export const WRITE_MODES = ['error', 'append', 'overwrite'] as const;
/**
 * What to do with a table that exists: `error` adds missing blocks of the same dataset and refuses another one,
 * `append` adds the dataset beside what is there, `overwrite` replaces all of it.
 */
export type WriteMode = (typeof WRITE_MODES)[number];

export interface OpenTableOptions {
  readonly spec: PartitionSpec;
  readonly mode: WriteMode;
  readonly dataset: DatasetIdentity;
  /** Codec of the data files to come. */
  readonly compression: Compression;
}

/** A table as it was found (or made), ready to take data files. */
export interface OpenTable {
  readonly table: TableDefinition;
  /** Empty under `overwrite`: everything is to be made again. */
  readonly coverage: Coverage;
  /** Names the `WriteDataFile` that puts one planned file into the table, on any thread. */
  readonly fileWriter: ModuleRef;
  /** What encodes its data files, for the report of the run. */
  readonly encoder?: string;
  /** A sentence for the report of the run, where something is not as it should be and the run goes on. */
  readonly warning?: string;
}

/** One column's statistics, as the written file's footer states them. */
export interface ColumnStatistics {
  readonly byteSize: number;
  readonly nullCount?: number;
  readonly min?: unknown;
  readonly max?: unknown;
}

/** A data file that lies whole in storage; nothing names it before the commit. Plain data. */
export interface DataFile {
  readonly table: string;
  /** Relative to the writer's output. */
  readonly path: string;
  readonly byteSize: number;
  readonly rowCount: number;
  readonly partition: readonly PartitionComponent[];
  readonly range: BlockRange;
  readonly footerSize: number;
  /** Byte offset of each row group. */
  readonly splitOffsets: readonly number[];
  readonly columns: Readonly<Record<string, ColumnStatistics>>;
}

/** Encodes the batches of one planned file and puts it into storage, whole or not at all. */
export type WriteDataFile = (
  options: unknown,
  file: PlannedFile,
  batches: AsyncIterable<RecordBatch>,
) => Promise<DataFile>;

export interface TableCommit {
  readonly opened: OpenTable;
  readonly mode: WriteMode;
  readonly dataset: DatasetIdentity;
  /** May be empty; an `overwrite` still removes what was there. */
  readonly files: readonly DataFile[];
}

export interface CommitReceipt {
  readonly table: string;
  readonly fileCount: number;
  readonly rowCount: number;
}

/** Puts datasets into tables of one format at one place. */
export interface TableWriter {
  readonly outputUri: string;
  /** Reads what the table holds and refuses what the mode does not allow; writes no data. */
  openTable(table: TableDefinition, options: OpenTableOptions): Promise<OpenTable>;
  /** Makes the files part of their tables, parents first; called once, after all files are whole. */
  commit(commits: readonly TableCommit[]): Promise<readonly CommitReceipt[]>;
}
