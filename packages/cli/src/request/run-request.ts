import {
  type DatasetGenerator,
  defaultPartitionSpec,
  parseOptions,
  type PartitionSpec,
  PluginRegistry,
  type TableWriter,
  withoutSecrets,
} from '@datagen/core';
import { z } from 'zod';
import { checkSettings, optionsOf, type Settings } from '../config/settings.ts';
import { type Flag, type Owner, RunConfig } from '../flags/flags.ts';
import { type LoadedPlugins, resolveOperands } from '../plugins/load-plugins.ts';
import type { Offer } from '../plugins/offer.ts';
import type { Io } from '../terminal/io.ts';
import { type Output, resolveOutput } from './output.ts';

/** A run as it was asked for, checked and with all defaults applied. */
export interface RunRequest extends z.infer<typeof RunConfig> {
  readonly generator: DatasetGenerator;
  readonly format: string;
  readonly output: Output | undefined;
  readonly spec: PartitionSpec;
  readonly flags: readonly Flag[];
  readonly settings: Settings;
  /** The options of generator and writer by `Flag.key`, defaults applied, secrets hidden; the window is in `spec`. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What the command needs besides to be the same again: `npx datagen`, modules of plug-ins. */
  readonly program: string;
  readonly modules: readonly string[];
  createWriter(output: Output): TableWriter;
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
    ...run,
    generator,
    format: writer.name,
    output: output === undefined ? undefined : resolveOutput(output, isFromFile, io),
    spec: defaultPartitionSpec(generator, run.partitionBy),
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
    program: io.program,
    modules: offer.modules,
    createWriter: ({ uri }) => registry.createWriter(writer.name, uri, writerOptions, storageOptions),
  };
}
