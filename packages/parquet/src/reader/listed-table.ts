/** A Parquet file that is part of a table. */
export interface ListedFile {
  /** Relative to the storage. */
  readonly path: string;
  readonly byteSize: number;
  /** Where a log or catalog says it. */
  readonly rowCount?: number;
  /** Values of columns that the file's folder or the log says, which win over the file's own. */
  readonly partition?: Readonly<Record<string, string | null>>;
}

/** A column as a log or catalog has it. */
export interface ListedColumn {
  readonly name: string;
  /** As `typeNameOf` of @datagen/core names it; absent where the files are to say it. */
  readonly type?: string;
  /** Finds the column in files under its former names. */
  readonly fieldId?: number;
  readonly doc?: string;
}

/** A table as its listing, log or catalog has it in one version. */
export interface ListedTable {
  readonly name: string;
  readonly version?: string;
  readonly committedMs?: number;
  readonly files: readonly ListedFile[];
  /** Absent where the files are to say it. */
  readonly columns?: readonly ListedColumn[];
  /** Rows of its files that are known to be deleted. */
  readonly deletedRowCount?: number;
  readonly warnings?: readonly string[];
}
