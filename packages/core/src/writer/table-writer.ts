import type { RecordBatch } from 'apache-arrow';
import type { DatasetIdentity } from '../dataset/generator.ts';
import type { Compression } from '../dataset/options.ts';
import type { TableDefinition } from '../dataset/table.ts';
import type { Coverage } from '../plan/coverage.ts';
import type { PartitionComponent, PartitionSpec } from '../plan/partition-spec.ts';
import type { FileLimit } from '../plan/file-limit.ts';
import type { PlannedFile } from '../plan/planned-file.ts';
import type { ModuleRef } from '../support/module-ref.ts';

export const WRITE_MODES = ['error', 'append', 'overwrite', 'overwrite-window'] as const;
/**
 * What to do with a table that exists: `error` adds missing blocks of the same dataset and refuses another one,
 * `append` adds the dataset beside what is there, `overwrite` replaces all of it, `overwrite-window` replaces the days
 * of the window and treats tables without time as `error` does.
 */
export type WriteMode = (typeof WRITE_MODES)[number];

export interface OpenTableOptions {
  readonly spec: PartitionSpec;
  readonly mode: WriteMode;
  readonly dataset: DatasetIdentity;
  /** Codec of the data files to come. */
  readonly compression: Compression;
  /** The run that is going to write; absent where somebody only looks, as for a plan. */
  readonly runId?: string;
}

/** What lies in storage under the exact path of a planned file, named by no commit. */
export interface LyingFile {
  readonly byteSize: number;
  /** So old that a table's own cleaning may remove it at any time: it is made again, not adopted. */
  readonly isOld: boolean;
}

/** A table as it was found, ready to take data files. */
export interface OpenTable {
  readonly table: TableDefinition;
  /** What the table holds; empty under `overwrite`, since everything is to be made again. */
  readonly coverage: Coverage;
  /** Names the `WriteDataFile` that puts one planned file into the table, on any thread. */
  readonly fileWriter: ModuleRef;
  /**
   * What decides a data file's path and bytes beside its blocks. Files that were made for another tag cannot be
   * committed. Absent where the listing is the table.
   */
  readonly tag?: string;
  /** What lies under the path of a planned file; absent where whatever lies is part of the table. */
  lies?(file: PlannedFile): LyingFile | undefined;
  /** What one of its data files can hold; absent where there is no limit. Plans are cut to it. */
  readonly fileLimit?: FileLimit;
  /** What encodes its data files, for the report of the run. */
  readonly encoder?: string;
  /** Sentences for the report of the run, where something is not as it should be and the run goes on. */
  readonly warnings?: readonly string[];
  /** Called once when the run ends, however it ends: gives back what only a run under way may hold. */
  release?(): Promise<void>;
}

/** One column's statistics over a data file. Values are those of the column's type: see `writeDataFile`'s package. */
export interface ColumnStatistics {
  readonly byteSize: number;
  readonly nullCount?: number;
  /** NaNs of a floating-point column, which lie outside its bounds. */
  readonly nanCount?: number;
  readonly min?: number | bigint | boolean | string;
  readonly max?: number | bigint | boolean | string;
}

/** A data file that lies whole in storage; nothing names it before the commit. Plain data. */
export interface DataFile {
  readonly table: string;
  /** Relative to the writer's output. */
  readonly path: string;
  readonly byteSize: number;
  readonly rowCount: number;
  readonly partition: readonly PartitionComponent[];
  /** Keys of its first and last block. */
  readonly firstBlock: string;
  readonly lastBlock: string;
  /**
   * The first and the last instant of the time column, in microseconds since 1970; absent without rows or time, and where
   * the file does not say them.
   */
  readonly time?: { readonly minMicros: bigint; readonly maxMicros: bigint };
  /** Whether it was lying there and not made by this run. */
  readonly adopted?: boolean;
  /** Of Parquet: bytes of the footer, and byte offset of each row group. */
  readonly footerSize?: number;
  readonly splitOffsets?: readonly number[];
  /** Absent where no table format needs them. */
  readonly columns?: Readonly<Record<string, ColumnStatistics>>;
  /** Sentences for the report of the run, as those of the storage that the file was put into; said once for all files. */
  readonly warnings?: readonly string[];
}

/**
 * Puts one planned file into storage, whole or not at all: encodes the batches, or, told that a file lies under
 * its path that is not old, checks that one and returns it with `adopted`, without asking for a batch. A file that turns out not to be
 * what it should be is made in its place.
 */
export type WriteDataFile = (
  options: unknown,
  file: PlannedFile,
  batches: AsyncIterable<RecordBatch>,
  lying?: LyingFile,
) => Promise<DataFile>;

/** Encodes the rows of one table as one stream; the memory of a piece may be used again once the next one is asked for. */
export type EncodeRows = (batches: AsyncIterable<RecordBatch>) => AsyncIterable<Uint8Array>;

export interface TableCommit {
  readonly opened: OpenTable;
  readonly mode: WriteMode;
  readonly dataset: DatasetIdentity;
  /** Window and partitioning of the run: what the commit completes. */
  readonly spec: PartitionSpec;
  /** Unique to a run; a writer looks for it before it repeats a commit whose answer was lost. */
  readonly runId: string;
  /** May be empty; an `overwrite` still removes what was there. Sorted by path. */
  readonly files: readonly DataFile[];
}

export interface CommitReceipt {
  readonly table: string;
  readonly fileCount: number;
  readonly rowCount: number;
  readonly byteSize: number;
  readonly removed?: RemovedFiles;
  /** Sentences for the report of the run, where the commit stands and something after it went wrong. */
  readonly warnings?: readonly string[];
}

/** What an overwrite removed; sizes where they are known without reading the files. */
export interface RemovedFiles {
  readonly fileCount: number;
  readonly byteSize?: number;
  readonly rowCount?: number;
}

/** `moved`: somebody else committed since the table was opened; here is the table as it is now. */
export type CommitOutcome =
  | { readonly receipt: CommitReceipt }
  | {
      readonly moved: OpenTable;
      /** Who committed, for a message: `a run of 2026-01-05 12:00`. */ readonly by?: string;
    };

/** Puts datasets into tables of one format at one place. */
export interface TableWriter {
  readonly outputUri: string;
  /** Sentences for the report on what was written so far, as those of its storage. */
  readonly warnings?: readonly string[];
  /** Reads what the table holds and refuses what the mode does not allow; writes no data. */
  openTable(table: TableDefinition, options: OpenTableOptions): Promise<OpenTable>;
  /** The datasets that a table's rows belong to, whatever its state; none if there is no such table. */
  datasetsOf?(table: TableDefinition): Promise<readonly DatasetIdentity[]>;
  /**
   * Makes the files part of their tables, parents first, against the tables as they were opened: one outcome for each
   * commit, in order. A catalog that can commits all tables at once, and then all outcomes are of one kind. Called
   * again, with what is left, for tables that moved.
   */
  commit(
    commits: readonly TableCommit[],
    options: { readonly signal?: AbortSignal },
  ): Promise<readonly CommitOutcome[]>;
  /** Ends connections; the writer may be used again, which opens new ones. */
  close?(): Promise<void>;
}
