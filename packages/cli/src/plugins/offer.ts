import type { GeneratorPlugin, Plugin, WriterPlugin } from '@datagen/core';
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

/** A plug-in of a kind that this package does nothing with but name it: core finds storages by itself. */
export type OtherPlugin = Omit<Plugin, 'kind' | 'create'> & { readonly kind: string };

/** What there is for some words: the built-in plug-ins, those of `--plugin` and of `plugins` in the file. */
export interface Offer extends Builtins {
  /** Plug-ins that are neither generators nor formats. */
  readonly others: readonly OtherPlugin[];
  /** The modules that were loaded, as `--plugin` takes them. */
  readonly modules: readonly string[];
  /** The file that `--config` names. */
  readonly config?: ConfigFile;
}
