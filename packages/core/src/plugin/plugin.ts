import type { z } from 'zod';
import { madeHere } from '../support/copies.ts';
import { DatagenError } from '../support/errors.ts';
import { type DatasetGenerator, declareOptions } from '../dataset/generator.ts';
import { importExport, type ModuleRef } from '../support/module-ref.ts';
import type { ScalingStep } from './scaling.ts';
import type { Sentence } from '../support/sentence.ts';
import type { Storage } from '../storage/storage.ts';
import type { Compression } from '../dataset/options.ts';
import type { TableDefinition } from '../dataset/table.ts';
import type { Recognition, TableReader } from '../writer/table-reader.ts';
import type { EncodeRows, TableWriter } from '../writer/table-writer.ts';

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

/** A sentence on what a user may not expect. Plain data. */
export interface DatasetNote {
  /** Made by `sentence`, so that options are called by the names that readers know. */
  readonly text: Sentence;
  /** The option that, once it is given, makes it untrue. */
  readonly unless?: string;
}

/** A generator that can be found by name. */
export interface GeneratorPlugin<S extends z.ZodObject = z.ZodObject> extends PluginBase<S> {
  readonly kind: 'generator';
  /**
   * How a dataset of another size is made: steps that are gone in turn, each until the size is right or its options
   * can go no further. Options that the user gives stay as they are.
   * @default none: the dataset cannot be made to a size
   */
  readonly scaling?: readonly ScalingStep[];
  /** What may surprise in its defaults: said where it is described, and with each dataset it is true of. */
  readonly notes?: readonly DatasetNote[];
  /** `chunkSize` is the largest number of rows per batch, where the generator lets one choose; it changes no row. */
  create(options: z.infer<S>, chunkSize?: number): DatasetGenerator;
}

/** A writer that can be found by name. */
export interface WriterPlugin<S extends z.ZodObject = z.ZodObject> extends PluginBase<S> {
  readonly kind: 'writer';
  create(output: Storage, options: z.infer<S>): TableWriter;
  /**
   * How the rows of one table are written as one stream, for pipes; absent where a table of the format is more than one
   * file. Refuses a compression that the format lacks.
   */
  stream?(table: TableDefinition, options: z.infer<S>, compression: Compression): EncodeRows;
  /** How its tables are looked at; absent for a format that is written alone. */
  readonly reader?: FormatReader;
}

/** How tables of a format are found and looked at. */
export interface FormatReader<S extends z.ZodObject = z.ZodObject> {
  /** Those of the writer's options that say where tables are. */
  readonly options: S;
  /** Tells by the paths below an output whether it holds tables of the format. */
  recognise(paths: readonly string[]): Recognition;
  open(output: Storage, options: z.infer<S>): TableReader;
}

/** A storage that is found by the scheme of a URI. */
export interface StoragePlugin<S extends z.ZodObject = z.ZodObject> extends PluginBase<S> {
  readonly kind: 'storage';
  /** What stands before the colon: `s3`. */
  readonly schemes: readonly string[];
  /** Opens a URI of one of the schemes; connects to nothing yet. */
  open(uri: string, options: z.infer<S>): Storage;
}

export type Plugin = GeneratorPlugin | WriterPlugin | StoragePlugin;

/** How the generators that plug-ins made are made again, on another thread. */
const refs = new WeakMap<DatasetGenerator, ModuleRef>();

/** Declares a plug-in with its types checked; registers nothing. What it creates can run on worker threads. */
export function definePlugin<S extends z.ZodObject>(plugin: GeneratorPlugin<S>): GeneratorPlugin<S>;
export function definePlugin<S extends z.ZodObject>(plugin: WriterPlugin<S>): WriterPlugin<S>;
export function definePlugin<S extends z.ZodObject>(plugin: StoragePlugin<S>): StoragePlugin<S>;
export function definePlugin(plugin: Plugin): Plugin {
  checkPlugin(plugin);
  return madeHere(plugin.kind === 'storage' ? plugin : remembering(plugin));
}

/** The same plug-in, which remembers what it makes. */
function remembering(plugin: GeneratorPlugin | WriterPlugin): Plugin {
  if (plugin.kind === 'writer') {
    const create: WriterPlugin['create'] = (output, options) => madeHere(plugin.create(output, options));
    return { ...plugin, create };
  }
  return {
    ...plugin,
    create(config: z.infer<z.ZodObject>, chunkSize?: number) {
      const generator = madeHere(plugin.create(config, chunkSize));
      declareOptions(generator, plugin.options);
      refs.set(generator, {
        module: plugin.module,
        export: plugin.export,
        options: { config, chunkSize } satisfies CreateOptions,
      });
      return generator;
    },
  };
}

const FIELDS = { generator: ['create'], writer: ['create'], storage: ['open', 'schemes'] } as const;

/** Refuses what is no plug-in, as a module in JavaScript may export it. */
export function checkPlugin(plugin: Plugin): void {
  const given = plugin as unknown as Partial<Record<string, unknown>>;
  const kind = String(given['kind']);
  if (!Object.hasOwn(FIELDS, kind)) {
    const name = typeof given['name'] === 'string' ? ` "${given['name']}"` : '';
    throw new DatagenError(
      'INVALID_PLUGIN',
      `Expected the \`kind\` of plug-in${name} to be one of ${Object.keys(FIELDS).join(', ')}, got ${kind}.`,
    );
  }
  const needed = ['name', 'description', 'options', 'module', 'export', ...FIELDS[kind as Plugin['kind']]];
  const missing = needed.filter((field) => given[field] === undefined);
  if (missing.length === 0) return;
  throw new DatagenError(
    'INVALID_PLUGIN',
    `The ${kind} plug-in "${String(given['name'])}" lacks ${missing.map((field) => `\`${field}\``).join(', ')}.`,
  );
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
