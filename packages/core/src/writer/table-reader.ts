/**
 * A value as a table is looked at: instants are microseconds and days are days since 1970, decimals are numbers, and whole
 * numbers that a number does not hold exactly are bigints.
 */
export type ReadValue = number | bigint | string | boolean;

/** Rows of which it is known that a column's values lie between two bounds. */
export interface ValueSpan {
  readonly min: number;
  readonly max: number;
  /** Rows with a value. */
  readonly count: number;
}

/** What is known of a column without having read all of it. */
export interface ReadColumn {
  readonly name: string;
  /** As `typeNameOf` names it, or in words of the format. */
  readonly type: string;
  readonly doc?: string;
  /** Over all rows of the table; absent where files do not say it. */
  readonly nullCount?: number;
  /** Over all rows of the table; absent where files do not say it. Bounds of long text may be shortened. */
  readonly min?: ReadValue;
  readonly max?: ReadValue;
  /** Where the rows of the whole table lie, for numbers, days and instants; absent where the sample is all there is. */
  readonly spans?: readonly ValueSpan[];
  /** The values of the sample, in the order of its rows. */
  readonly sample: readonly (ReadValue | null)[];
}

/** A table as one version of it is. */
export interface ReadTable {
  readonly name: string;
  /** The version that was read, as `ReadTableOptions.version` takes it; absent where the format keeps none. */
  readonly version?: string;
  /** When it was committed, in ms since 1970. */
  readonly committedMs?: number;
  readonly rowCount: number;
  /** Absent means exact: what a part of the files tells is an estimate. */
  readonly isEstimate?: boolean;
  readonly fileCount: number;
  readonly byteSize: number;
  readonly columns: readonly ReadColumn[];
  /** Rows in the sample: all rows of a small table, else stretches that are spread evenly over the table. */
  readonly sampleRowCount: number;
  /** Sentences on what the numbers leave out. */
  readonly warnings: readonly string[];
}

export interface ReadTableOptions {
  /**
   * A version of the table, or a snapshot of its catalog.
   * @default the newest
   */
  readonly version?: string;
  /** How many rows to read at most. */
  readonly sampleRows: number;
  readonly signal?: AbortSignal;
}

/** Looks at tables of one format at one place; reads a bounded number of bytes, however large they are. */
export interface TableReader {
  /** What the format calls a version: `version`, `snapshot`. */
  readonly versionNoun: string;
  /** The tables that there are, by name. */
  tableNames(): Promise<readonly string[]>;
  /** Throws `UNKNOWN_NAME` for a version that is not there, `TABLE_CONFLICT` for a table that cannot be read rightly. */
  readTable(name: string, options: ReadTableOptions): Promise<ReadTable>;
  /** Ends connections. */
  close?(): Promise<void>;
}

/**
 * What paths tell of a place: that the metadata of a format lies there, or files alone that could be tables of it, or
 * neither.
 */
export type Recognition = 'metadata' | 'files' | undefined;
