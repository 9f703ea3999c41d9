import type { z } from 'zod';
import type { DatasetGenerator } from './generator.ts';
import type { TableWriter } from './writer.ts';

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
  create(options: z.infer<S>): DatasetGenerator;
}

/** A writer that can be found by name. */
export interface WriterPlugin<S extends z.ZodObject = z.ZodObject> extends PluginBase<S> {
  readonly kind: 'writer';
  create(outputUri: string, options: z.infer<S>): TableWriter;
}

export type Plugin = GeneratorPlugin | WriterPlugin;

/** Declares a plug-in with its types checked; registers nothing. */
export function definePlugin<S extends z.ZodObject>(plugin: GeneratorPlugin<S>): GeneratorPlugin<S>;
export function definePlugin<S extends z.ZodObject>(plugin: WriterPlugin<S>): WriterPlugin<S>;
export function definePlugin(plugin: Plugin): Plugin {
  return plugin;
}
