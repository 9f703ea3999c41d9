import type { GeneratorPlugin, StoragePlugin, WriterPlugin } from '@datagen/core';
import type { ConfigFile } from '../config/config-file.ts';

/** A table format: its writer, and how its tables are looked at. */
export interface Format {
  readonly load: () => Promise<WriterPlugin>;
  /** Whether there are no files of it, but a stream to the standard output alone. */
  readonly isStream?: boolean;
  /**
   * What DuckDB reads a table from, as in `SELECT * FROM …`; `glob` is the table's folder with what a glob would
   * expand escaped, `partitionBy` names its partition folders, coarse to fine, `options` are those of the writer.
   */
  readonly scan?: (
    glob: string,
    partitionBy: readonly string[],
    options: Readonly<Record<string, unknown>>,
  ) => string;
  /** What DuckDB runs before, where tables lie in a catalog; `glob` is the folder of them all. */
  readonly attach?: (glob: string, options: Readonly<Record<string, unknown>>) => string;
}

/** Where tables go besides the local file system, and how they are looked at there. */
export interface OfferedStorage {
  /** What outputs begin with that it opens: `s3`. */
  readonly schemes: readonly string[];
  readonly load: () => Promise<StoragePlugin>;
  /**
   * What DuckDB is told before it reads an output of the storage, as statements of SQL; `options` are its options by
   * the keys of their flags, secrets hidden. Where it is absent, DuckDB cannot reach the storage.
   */
  readonly duckdb?: (options: Readonly<Record<string, unknown>>) => string;
}

/** The plug-ins a command line offers, by name; each is loaded when it is first needed. */
export interface Builtins {
  readonly generators: Readonly<Record<string, () => Promise<GeneratorPlugin>>>;
  readonly formats: Readonly<Record<string, Format>>;
  /** @default none but the local file system, which is no plug-in */
  readonly storages?: Readonly<Record<string, OfferedStorage>>;
}

/** What there is for some words: the built-in plug-ins, those of `--plugin` and of `plugins` in the file. */
export interface Offer extends Builtins {
  readonly storages: Readonly<Record<string, OfferedStorage>>;
  /** The modules that were loaded, as `--plugin` takes them. */
  readonly modules: readonly string[];
  /** The file that `--config` names. */
  readonly config?: ConfigFile;
}
