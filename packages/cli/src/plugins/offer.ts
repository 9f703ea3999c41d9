import type { GeneratorPlugin, StoragePlugin, WriterPlugin } from '@datagen/core';
import type { ConfigFile } from '../config/config-file.ts';

/** A table format: its writer, and how its tables are looked at. */
export interface Format {
  readonly load: () => Promise<WriterPlugin>;
  /**
   * What DuckDB reads a table from, as in `SELECT * FROM …`; `glob` is the table's folder with what a glob would
   * expand escaped, `partitionBy` names its partition folders, coarse to fine.
   */
  readonly scan?: (glob: string, partitionBy: readonly string[]) => string;
}

/** The plug-ins a command line offers, by name; each is loaded when it is first needed. */
export interface Builtins {
  readonly generators: Readonly<Record<string, () => Promise<GeneratorPlugin>>>;
  readonly formats: Readonly<Record<string, Format>>;
}

/** What there is for some words: the built-in plug-ins, those of `--plugin` and of `plugins` in the file. */
export interface Offer extends Builtins {
  /** What opens URIs that core does not know. */
  readonly storages: readonly StoragePlugin[];
  /** The modules that were loaded, as `--plugin` takes them. */
  readonly modules: readonly string[];
  /** The file that `--config` names. */
  readonly config?: ConfigFile;
}
