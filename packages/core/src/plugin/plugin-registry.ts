import { refuseOtherCopy } from '../support/copies.ts';
import { DatagenError } from '../support/errors.ts';
import type { DatasetGenerator } from '../dataset/generator.ts';
import { unknownName } from '../support/names.ts';
import { parseOptions } from '../dataset/options.ts';
import { openStorage } from '../storage/open-storage.ts';
import { schemeOf } from '../storage/scheme.ts';
import type { Storage } from '../storage/storage.ts';
import {
  checkPlugin,
  type GeneratorPlugin,
  type Plugin,
  type StoragePlugin,
  type WriterPlugin,
} from './plugin.ts';
import type { TableReader } from '../writer/table-reader.ts';
import type { TableWriter } from '../writer/table-writer.ts';

/** Finds generators and writers by name, and storages by the scheme of a URI. There is no global one: a program makes its own and fills it. */
export class PluginRegistry {
  readonly #generators = new Map<string, GeneratorPlugin>();
  readonly #writers = new Map<string, WriterPlugin>();
  readonly #storages = new Map<string, StoragePlugin>();

  registerGenerator(plugin: GeneratorPlugin): void {
    register(this.#generators, plugin);
  }

  registerWriter(plugin: WriterPlugin): void {
    register(this.#writers, plugin);
  }

  registerStorage(plugin: StoragePlugin): void {
    register(this.#storages, plugin);
  }

  /** Registers a plug-in as what its `kind` says. */
  register(plugin: Plugin): void {
    checkPlugin(plugin);
    if (plugin.kind === 'generator') this.registerGenerator(plugin);
    else if (plugin.kind === 'writer') this.registerWriter(plugin);
    else this.registerStorage(plugin);
  }

  /** All registered plug-ins, sorted by name. */
  list(): {
    readonly generators: readonly GeneratorPlugin[];
    readonly writers: readonly WriterPlugin[];
    readonly storages: readonly StoragePlugin[];
  } {
    return {
      generators: sortByName(this.#generators),
      writers: sortByName(this.#writers),
      storages: sortByName(this.#storages),
    };
  }

  generator(name: string): GeneratorPlugin {
    return find('generator', this.#generators, name);
  }

  writer(name: string): WriterPlugin {
    return find('writer', this.#writers, name);
  }

  /** Checks the options against the plug-in's schema, applies defaults and builds the generator. */
  createGenerator(name: string, options?: unknown): DatasetGenerator {
    const plugin = this.generator(name);
    return plugin.create(parseOptions(plugin.options, options, `generator "${name}"`));
  }

  /** The storage at a path or URI, opened by the plug-in that is registered for its scheme, if one is. */
  openStorage(uri: string, options?: unknown): Storage {
    const scheme = schemeOf(uri);
    const plugin = [...this.#storages.values()].find(
      ({ schemes }) => scheme !== undefined && schemes.includes(scheme),
    );
    if (plugin === undefined) return openStorage(uri);
    return plugin.open(uri, parseOptions(plugin.options, options, `storage "${plugin.name}"`));
  }

  /**
   * Checks the options against the plug-ins' schemas, applies defaults, opens the storage and builds the writer;
   * writes nothing.
   */
  createWriter(name: string, outputUri: string, options?: unknown, storageOptions?: unknown): TableWriter {
    const plugin = this.writer(name);
    const parsed = parseOptions(plugin.options, options, `writer "${name}"`);
    return plugin.create(this.openStorage(outputUri, storageOptions), parsed);
  }

  /** The same for looking at tables. Throws `INVALID_OPTION` for a format that cannot be read. */
  createReader(name: string, outputUri: string, options?: unknown, storageOptions?: unknown): TableReader {
    const { reader } = this.writer(name);
    if (reader === undefined) {
      throw new DatagenError(
        'INVALID_OPTION',
        `Tables of the format "${name}" can be written and not be looked at: its plug-in has no reader.`,
        { details: { format: name } },
      );
    }
    const parsed = parseOptions(reader.options, options, `format "${name}"`);
    return reader.open(this.openStorage(outputUri, storageOptions), parsed);
  }
}

function register<P extends Plugin>(plugins: Map<string, P>, plugin: P): void {
  refuseOtherCopy(plugin, `the ${plugin.kind} plug-in "${plugin.name}"`);
  if (plugins.has(plugin.name)) {
    throw new DatagenError(
      'INVALID_PLUGIN',
      `A ${plugin.kind} named "${plugin.name}" is registered already.`,
    );
  }
  plugins.set(plugin.name, plugin);
}

function find<P>(kind: string, plugins: ReadonlyMap<string, P>, name: string): P {
  const plugin = plugins.get(name);
  if (plugin === undefined) throw unknownName(kind, name, [...plugins.keys()].sort());
  return plugin;
}

function sortByName<P extends { name: string }>(plugins: ReadonlyMap<string, P>): P[] {
  return [...plugins.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
