import type { z } from 'zod';
import { DatagenError } from '../support/errors.ts';
import { type DatasetGenerator, keepSecret } from '../dataset/generator.ts';
import { importExport, type ModuleRef } from '../support/module-ref.ts';
import { isSecret } from '../support/secrets.ts';
import type { TableWriter } from '../writer/table-writer.ts';

interface PluginBase<S extends z.ZodObject> {
  /** As typed on the command line. */
  readonly name: string;
  /** One line for listings. */
  readonly description: string;
  /** The one declaration of types, defaults, checks, flags and documentation. */
  readonly options: S;
  /** `import.meta.url` of the module that exports this plug-in, so that a worker thread can import it again. */
  readonly module: string;
  /** The name it is exported under. */
  readonly export: string;
}

/** A generator that can be found by name. */
export interface GeneratorPlugin<S extends z.ZodObject = z.ZodObject> extends PluginBase<S> {
  readonly kind: 'generator';
  /** `chunkSize` is the largest number of rows per batch, where the generator lets one choose; it changes no row. */
  create(options: z.infer<S>, chunkSize?: number): DatasetGenerator;
}

/** A writer that can be found by name. */
export interface WriterPlugin<S extends z.ZodObject = z.ZodObject> extends PluginBase<S> {
  readonly kind: 'writer';
  create(outputUri: string, options: z.infer<S>): TableWriter;
}

export type Plugin = GeneratorPlugin | WriterPlugin;

/** How the generators that plug-ins made are made again, on another thread. */
const refs = new WeakMap<DatasetGenerator, ModuleRef>();

/** Declares a plug-in with its types checked; registers nothing. What it creates can run on worker threads. */
export function definePlugin<S extends z.ZodObject>(plugin: GeneratorPlugin<S>): GeneratorPlugin<S>;
export function definePlugin<S extends z.ZodObject>(plugin: WriterPlugin<S>): WriterPlugin<S>;
export function definePlugin(plugin: Plugin): Plugin {
  if (plugin.kind === 'writer') return plugin;
  const options = Object.entries(plugin.options.shape);
  const secretNames = options.filter(([, schema]) => isSecret(schema as z.ZodType)).map(([name]) => name);
  return {
    ...plugin,
    create(config: z.infer<z.ZodObject>, chunkSize?: number) {
      const generator = plugin.create(config, chunkSize);
      keepSecret(generator, secretNames);
      refs.set(generator, {
        module: plugin.module,
        export: plugin.export,
        options: { config, chunkSize } satisfies CreateOptions,
      });
      return generator;
    },
  };
}

interface CreateOptions {
  readonly config: z.infer<z.ZodObject>;
  readonly chunkSize: number | undefined;
}

/** Names the plug-in that made a generator and what it made it with; undefined if no plug-in did. */
export function refOfGenerator(generator: DatasetGenerator): ModuleRef | undefined {
  return refs.get(generator);
}

/** Makes the generator of `refOfGenerator` again. */
export async function createFromRef(ref: ModuleRef): Promise<DatasetGenerator> {
  const plugin = (await importExport(ref)) as Plugin | undefined;
  if (plugin?.kind !== 'generator') {
    throw new DatagenError(
      'INVALID_PLUGIN',
      `Module ${ref.module} exports no generator plug-in \`${ref.export}\`.`,
    );
  }
  const { config, chunkSize } = ref.options as CreateOptions;
  return plugin.create(config, chunkSize);
}
