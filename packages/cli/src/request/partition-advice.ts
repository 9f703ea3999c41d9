import {
  DatagenError,
  type DatasetGenerator,
  type OptionDescription,
  describeOptions,
  parseOptions,
} from '@datagen/core';
import { kebabCase } from '../flags/flags.ts';
import type { LoadedPlugins } from '../plugins/load-plugins.ts';
import type { RunRequest } from './run-request.ts';

/**
 * The error for a column that is not constant in the blocks of a table, with what would make it so: other tables, or
 * options that cut the table into smaller blocks.
 */
export function withAdvice(
  thrown: unknown,
  request: RunRequest,
  { generator: plugin }: LoadedPlugins,
): unknown {
  if (!(thrown instanceof DatagenError) || thrown.details['option'] !== 'partitionBy') return thrown;
  const { table, value } = thrown.details;
  if (typeof table !== 'string' || typeof value !== 'string' || plugin === undefined) return thrown;
  const { generator } = request;
  const allows = (other: DatasetGenerator, name: string) => isConstant(other, name, value, request);
  const flags = describeOptions(plugin.options).flatMap((option) =>
    alternatives(option, (generator.config as Record<string, unknown>)[option.name])
      .filter((other) => {
        const changed = variant(plugin, { ...generator.config, [option.name]: other });
        return changed !== undefined && allows(changed, table);
      })
      .slice(0, 1)
      .map((other) => `--${kebabCase(option.name)}${other === true ? '' : ` ${String(other)}`}`),
  );
  const tables = generator.tables
    .map(({ name }) => name)
    .filter((name) => name !== table && allows(generator, name));
  const advice = [
    ...(flags.length === 0
      ? []
      : [`Or add ${flags.join(' or ')}, which cuts it into blocks of one ${value} each.`]),
    ...(tables.length === 0 ? [] : [`It works for --tables ${tables.join(',')}.`]),
  ];
  if (advice.length === 0) return thrown;
  const { code, message, details } = thrown;
  return new DatagenError(code, [message, ...advice].join(' '), { cause: thrown, details });
}

/** The other values of an option that has but a few. */
function alternatives({ type, choices = [] }: OptionDescription, current: unknown): readonly unknown[] {
  const values = type === 'boolean' ? [true] : choices;
  return values.filter((value) => value !== current);
}

function variant(
  plugin: NonNullable<LoadedPlugins['generator']>,
  config: unknown,
): DatasetGenerator | undefined {
  try {
    return plugin.create(parseOptions(plugin.options, config, plugin.name));
  } catch {
    // Options that exclude each other.
    return undefined;
  }
}

/** Whether the first block of a table holds one value of a column. */
function isConstant(
  generator: DatasetGenerator,
  tableName: string,
  column: string,
  { spec }: RunRequest,
): boolean {
  const table = generator.tables.find(({ name }) => name === tableName);
  if (table?.timeColumn === undefined) return false;
  for (const block of generator.blocks(table, spec.window)) return block.values?.[column] !== undefined;
  return false;
}
