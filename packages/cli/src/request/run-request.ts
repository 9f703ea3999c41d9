import {
  type DatasetGenerator,
  defaultPartitionSpec,
  parseOptions,
  type PartitionSpec,
  PluginRegistry,
  type Sentence,
  type StreamTableOptions,
  type TableWriter,
  withoutSecrets,
} from '@datagen/core';
import { z } from '@datagen/core/zod';
import { checkSettings, optionsOf, type Settings } from '../config/settings.ts';
import { type Flag, type Owner, RunConfig } from '../flags/flags.ts';
import { type LoadedPlugins, resolveOperands } from '../plugins/load-plugins.ts';
import type { Offer } from '../plugins/offer.ts';
import type { Io } from '../terminal/io.ts';
import { type Output, resolveOutput } from './output.ts';
import type { ChosenSize } from './size/target.ts';

/** A run as it was asked for, checked and with all defaults applied. */
export interface RunRequest extends Omit<z.infer<typeof RunConfig>, 'size' | 'rows'> {
  /** The size that was asked for, where one was. */
  readonly size?: ChosenSize;
  readonly generator: DatasetGenerator;
  readonly format: string;
  readonly output: Output | undefined;
  readonly spec: PartitionSpec;
  /** What may surprise in the dataset. */
  readonly notes: readonly Sentence[];
  readonly flags: readonly Flag[];
  readonly settings: Settings;
  /** The options of generator and writer by `Flag.key`, defaults applied, secrets hidden; the window is in `spec`. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What the command needs besides to be the same again: `npx datagen`, modules of plug-ins. */
  readonly program: string;
  readonly modules: readonly string[];
  /** The writer's options that say where tables are; absent where the format cannot be read. */
  readonly placeOptions?: readonly string[];
  /** The writer's own options by name, defaults applied, secrets among them. */
  readonly writerOptions: Readonly<Record<string, unknown>>;
  createWriter(output: Output): TableWriter;
  /** How a table is encoded for the standard output; absent where the format cannot be. */
  readonly stream?: StreamTableOptions['encoder'];
}

/** Checks what was given and builds the generator; touches no output. */
export function resolveRun(
  operands: readonly string[],
  plugins: LoadedPlugins,
  settings: Settings,
  offer: Offer,
  io: Io,
): RunRequest {
  const { flags, writer } = plugins;
  const { generatorName, output, isFromFile } = resolveOperands(operands, plugins, offer);
  const registry = new PluginRegistry();
  if (plugins.generator) registry.registerGenerator(plugins.generator);
  registry.registerWriter(writer);
  if (plugins.storage) registry.registerStorage(plugins.storage);

  const schemas = {
    generator: registry.generator(generatorName).options,
    writer: writer.options,
    storage: plugins.storage?.options ?? z.strictObject({}),
    run: RunConfig,
  };
  checkSettings(schemas, flags, settings);
  const run = parseOptions(RunConfig, optionsOf('run', flags, settings), 'command');
  const writerOptions = parseOptions(
    writer.options,
    optionsOf('writer', flags, settings),
    `writer "${writer.name}"`,
  );
  const storageOptions = parseOptions(schemas.storage, optionsOf('storage', flags, settings), 'storage');
  const generator = registry.createGenerator(generatorName, optionsOf('generator', flags, settings));
  const parsed: Readonly<Record<Owner, Readonly<Record<string, unknown>>>> = {
    generator: { ...generator.config },
    writer: writerOptions,
    storage: storageOptions,
    run,
  };
  return {
    partitionBy: run.partitionBy,
    mode: run.mode,
    tables: run.tables,
    maxWorkers: run.maxWorkers,
    generator,
    format: writer.name,
    output: output === undefined ? undefined : resolveOutput(output, isFromFile, io),
    spec: defaultPartitionSpec(generator, run.partitionBy),
    notes: (plugins.generator?.notes ?? [])
      .filter(({ unless }) => unless === undefined || !settings.has(unless))
      .map(({ text }) => text),
    flags,
    settings,
    options: Object.fromEntries(
      flags
        .filter(({ key, owners }) => !owners.includes('run') && key !== 'startDate' && key !== 'endDate')
        .map(({ key, owners, schema, description: { name } }) => [
          key,
          withoutSecrets(schema, parsed[owners[0] as Owner][name]),
        ]),
    ),
    writerOptions,
    program: io.program,
    modules: offer.modules,
    ...(writer.reader && { placeOptions: Object.keys(writer.reader.options.shape) }),
    createWriter: ({ uri }) => registry.createWriter(writer.name, uri, writerOptions, storageOptions),
    ...(writer.stream && {
      stream: (table, compression) =>
        (writer.stream as NonNullable<typeof writer.stream>)(table, writerOptions, compression),
    }),
  };
}
