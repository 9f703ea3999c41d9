import type {
  PartitionSpec,
  Schema,
  SortOrder,
  TableMetadata,
  TableRequirement,
  TableUpdate,
} from '../metadata/index.ts';

/** The key in a snapshot's summary under which `TableChange.commitId` stands. */
export const COMMIT_ID_KEY = 'datagen.commit-id';

/** Where a table is in a catalog. */
export interface TableIdentifier {
  /** Its levels, outermost first; at least one. */
  readonly namespace: readonly string[];
  readonly name: string;
}

/** What a table is called in messages: `shop.eu.orders`. */
export function nameOfTable({ namespace, name }: TableIdentifier): string {
  return [...namespace, name].join('.');
}

/** A table as a catalog knows it now. */
export interface LoadedTable {
  readonly identifier: TableIdentifier;
  /** Undefined for a table that is staged: not there yet. */
  readonly metadataLocation: string | undefined;
  readonly metadata: TableMetadata;
  /** What the catalog says of how to reach the table's files; empty where it says nothing. */
  readonly config: Readonly<Record<string, string>>;
}

/** What a table shall be. Field ids are given anew when it is staged, so they matter only within this. */
export interface TableCreation {
  readonly identifier: TableIdentifier;
  readonly schema: Schema;
  readonly spec: PartitionSpec;
  readonly sortOrder: SortOrder;
  readonly properties: Readonly<Record<string, string>>;
  /** Left out, the catalog chooses it. */
  readonly location?: string;
}

/** One change of one table (REST specification, "CommitTableRequest"). */
export interface TableChange {
  readonly identifier: TableIdentifier;
  /**
   * What the change was worked out from. A staged table is made by the change: the catalog adds the updates that make
   * `base.metadata` and the requirement that there is no such table.
   */
  readonly base: LoadedTable;
  readonly requirements: readonly TableRequirement[];
  readonly updates: readonly TableUpdate[];
  /** In the summary of the snapshot that the change adds, under `COMMIT_ID_KEY`: known again after a lost answer. */
  readonly commitId: string;
}

/** What became of a change; `conflict` says what was in its way, as the end of a sentence. */
export type ChangeOutcome = { readonly table: LoadedTable } | { readonly conflict: string };

/**
 * Where tables are found, and where a change of a table is made. Failures are `DatagenError`s: `STORAGE_FAILED` where
 * the catalog cannot be reached or refuses, `INVALID_OPTION` and `UNKNOWN_NAME` where what was asked for cannot be.
 */
export interface Catalog {
  /** What it is called in messages; without secrets. */
  readonly description: string;
  /** The names of the tables in a namespace; none where there is no such namespace. */
  listTables(namespace: readonly string[]): Promise<readonly string[]>;
  /** Undefined where there is no such table. */
  loadTable(identifier: TableIdentifier): Promise<LoadedTable | undefined>;
  /** Works out the metadata of a table without making it, so that its first commit makes table and snapshot at once. */
  stageTable(creation: TableCreation): Promise<LoadedTable>;
  /**
   * Makes changes of different tables, in one transaction where the catalog can; an outcome for each, in their order. After
   * a failure nobody knows whether they were made, so files that they name have to stay.
   */
  commit(
    changes: readonly TableChange[],
    options?: { readonly signal?: AbortSignal },
  ): Promise<readonly ChangeOutcome[]>;
  /** Makes a namespace and those above it; one that is there is left alone. */
  createNamespace(namespace: readonly string[]): Promise<void>;
  /** Ends connections. */
  close(): Promise<void>;
}
