import type { GeneratorPlugin, Plugin, WriterPlugin } from '@datagen/core';
import type { ConfigFile } from '../config/config-file.ts';
import type { Io } from '../terminal/io.ts';
import { flagValue, flagValues } from './words.ts';

/** A table format: its writer, and how its tables are looked at. */
export interface Format {
  readonly load: () => Promise<WriterPlugin>;
  /**
   * What DuckDB reads a table from, as in `SELECT * FROM …`; `glob` is the table's folder with what a glob would
   * expand escaped, `isPartitioned` tells of partition folders.
   */
  readonly scan?: (glob: string, isPartitioned: boolean) => string;
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

/** Reads the file and loads the modules that the words of a command name; costs nothing where they name none. */
export async function offerOf(words: readonly string[], builtins: Builtins, io: Io): Promise<Offer> {
  const named = flagValues(words, '--plugin');
  const configPath = flagValue(words, '--config');
  const offer: Offer = { ...builtins, others: [], modules: [] };
  if (named.length === 0 && configPath === undefined) return offer;
  const { readConfigFile } = await import('../config/config-file.ts');
  const config = configPath === undefined ? undefined : await readConfigFile(configPath, io);
  const withFile = config === undefined ? offer : { ...offer, config };
  const { loadModules, modulesIn, modulesNamed } = await import('./load-modules.ts');
  const inFile = config === undefined ? [] : modulesIn(config, io);
  return loadModules([...modulesNamed(named, io), ...inFile], withFile, io);
}
