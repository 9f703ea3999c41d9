import type { DatasetIdentity } from '../../dataset/generator.ts';
import type { TableDefinition } from '../../dataset/table.ts';
import type { DayCoverage } from '../../plan/day-coverage.ts';
import type { PartitionSpec } from '../../plan/partition-spec.ts';
import type { FileLimit } from '../../plan/file-limit.ts';
import type { PlannedFile } from '../../plan/planned-file.ts';
import type { ModuleRef } from '../../support/module-ref.ts';
import type { DataFile, RemovedFiles } from '../table-writer.ts';

/** What a catalog or log says of a table at one moment. */
export interface TableState {
  /** False where there is no such table yet; the rest then describes the one to be made. */
  readonly exists: boolean;
  /** What the catalog calls this moment; a commit is pinned to it. */
  readonly version: string;
  /**
   * Tells a table from one of the same name before it, where a catalog may still remove files of that one. The same
   * each time while there is no table, so that a killed run's files are found again.
   */
  readonly incarnation: string;
  /** How often all or some of the table was overwritten. */
  readonly generation: number;
  readonly coverage: DayCoverage;
  /** What is known of the datasets in `coverage`. */
  readonly datasets: readonly DatasetIdentity[];
  /** Name and type of each column, as `columnTextsOf` writes them. */
  readonly columns: readonly string[];
}

/** How the data files of one table are named and written. */
export interface TableFiles {
  /** See `OpenTable.tag`: must hold the identity that `openFiles` was given. */
  readonly tag: string;
  readonly fileWriter: ModuleRef;
  /** Where a planned file is put, relative to the storage. */
  pathOf(file: PlannedFile): string;
  readonly fileLimit?: FileLimit;
  readonly encoder?: string;
  readonly warnings?: readonly string[];
}

/** What a commit does to one table. */
export interface TableChange {
  readonly table: TableDefinition;
  /** The state that the change is made against; another one now means that the table moved. */
  readonly base: TableState;
  /** Live files that go, as they are at the commit: none, all, or those of the days in `spec.window`. */
  readonly replaces: 'nothing' | 'everything' | 'window';
  readonly files: readonly DataFile[];
  /** What the table holds afterwards. */
  readonly generation: number;
  readonly coverage: DayCoverage;
  /** What is known of the datasets in `coverage`; `dataset`, that of the run, is one of them. */
  readonly datasets: readonly DatasetIdentity[];
  readonly dataset: DatasetIdentity;
  readonly spec: PartitionSpec;
  readonly runId: string;
}

export type ChangeOutcome =
  | {
      readonly committed: true;
      readonly removed?: RemovedFiles;
      /** See `CommitReceipt.warnings`. */ readonly warnings?: readonly string[];
    }
  | { readonly committed: false; /** Who was first, if the catalog knows. */ readonly by?: string };
