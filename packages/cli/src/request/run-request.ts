import {
  type DatasetGenerator,
  defaultPartitionSpec,
  parseOptions,
  type PartitionSpec,
  PluginRegistry,
  type TableWriter,
} from '@datagen/core';
import type { z } from 'zod';
import type { Builtins } from '../builtins.ts';
import { type Flag, RunConfig } from '../flags/flags.ts';
import { type LoadedPlugins, resolveOperands } from '../plugins/load-plugins.ts';
import { checkSettings, optionsOf, type Settings } from '../config/settings.ts';

/** A run as it was asked for, checked and with all defaults applied. */
export interface RunRequest extends z.infer<typeof RunConfig> {
  readonly generator: DatasetGenerator;
  readonly format: string;
  readonly output: string | undefined;
  readonly spec: PartitionSpec;
  readonly flags: readonly Flag[];
  readonly settings: Settings;
  /** The options of generator and writer by `Flag.key`, defaults applied; the window is in `spec`. */
  readonly options: Readonly<Record<string, unknown>>;
  createWriter(outputUri: string): TableWriter;
}

/** Checks what was given and builds the generator; touches no output. */
export function resolveRun(
  operands: readonly string[],
  plugins: LoadedPlugins,
  settings: Settings,
  builtins: Builtins,
): RunRequest {
  const { flags, writer } = plugins;
  const { generatorName, output } = resolveOperands(operands, plugins, builtins);
  const registry = new PluginRegistry();
  if (plugins.generator) registry.registerGenerator(plugins.generator);
  registry.registerWriter(writer);

  const schemas = {
    generator: registry.generator(generatorName).options,
    writer: writer.options,
    run: RunConfig,
  };
  checkSettings(schemas, flags, settings);
  const run = parseOptions(RunConfig, optionsOf('run', flags, settings), 'command');
  const writerOptions = parseOptions(
    writer.options,
    optionsOf('writer', flags, settings),
    `writer "${writer.name}"`,
  );
  const generator = registry.createGenerator(generatorName, optionsOf('generator', flags, settings));
  const config: Readonly<Record<string, unknown>> = { ...generator.config };
  return {
    ...run,
    generator,
    format: writer.name,
    output,
    spec: defaultPartitionSpec(generator, run.partitionBy),
    flags,
    settings,
    options: Object.fromEntries(
      flags
        .filter(({ key, owners }) => !owners.includes('run') && key !== 'startDate' && key !== 'endDate')
        .map(({ key, owners, description: { name } }) => [
          key,
          owners.includes('generator') ? config[name] : writerOptions[name],
        ]),
    ),
    createWriter: (outputUri) => registry.createWriter(writer.name, outputUri, writerOptions),
  };
}
