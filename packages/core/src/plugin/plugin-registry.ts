import { DatagenError } from '../support/errors.ts';
import type { DatasetGenerator } from '../dataset/generator.ts';
import { unknownName } from '../support/names.ts';
import { parseOptions } from '../dataset/options.ts';
import type { GeneratorPlugin, WriterPlugin } from './plugin.ts';
import type { TableWriter } from '../writer/table-writer.ts';

/** Finds generators and writers by name. There is no global one: a program makes its own and fills it. */
export class PluginRegistry {
  readonly #generators = new Map<string, GeneratorPlugin>();
  readonly #writers = new Map<string, WriterPlugin>();

  registerGenerator(plugin: GeneratorPlugin): void {
    register(this.#generators, plugin);
  }

  registerWriter(plugin: WriterPlugin): void {
    register(this.#writers, plugin);
  }

  /** All registered plug-ins, sorted by name. */
  list(): { readonly generators: readonly GeneratorPlugin[]; readonly writers: readonly WriterPlugin[] } {
    return { generators: sortByName(this.#generators), writers: sortByName(this.#writers) };
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

  /** Checks the options against the plug-in's schema, applies defaults and builds the writer; writes nothing. */
  createWriter(name: string, outputUri: string, options?: unknown): TableWriter {
    const plugin = this.writer(name);
    return plugin.create(outputUri, parseOptions(plugin.options, options, `writer "${name}"`));
  }
}

function register<P extends GeneratorPlugin | WriterPlugin>(plugins: Map<string, P>, plugin: P): void {
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
