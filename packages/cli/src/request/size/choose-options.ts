import { DatagenError } from '@datagen/core';
import type { GeneratorPlugin } from '@datagen/core';
import { DAY_MS } from '@datagen/core/generator';
import { bytesText, countText } from '@datagen/look/text';
import { optionsOf, type Setting, type Settings } from '../../config/settings.ts';
import { type Flag, kebabCase } from '../../flags/flags.ts';
import { planTables } from '../plan-request.ts';
import type { RunRequest } from '../run-request.ts';
import { CostBook } from './costs.ts';
import { bytesOf } from './estimate.ts';
import { type Found, findOptions } from './search.ts';
import { type OptionValues, fixedNames, stepsOf } from './steps.ts';
import { type ChosenSize, type SizeTarget, withoutSize } from './target.ts';

/** Farther from the size than this, an answer would be another one than was asked for. */
const MOST_OFF = 0.1;

/**
 * The run of a size: the options that make it, beside those that are given, which stay as they are. `resolve` makes a
 * run of settings. Throws `INVALID_OPTION` where no option is left to move, or where those that are do not reach.
 */
export async function sizedRun(
  target: SizeTarget,
  plugin: GeneratorPlugin,
  settings: Settings,
  resolve: (settings: Settings) => RunRequest,
  signal: AbortSignal,
): Promise<RunRequest> {
  const rest = withoutSize(settings);
  const { spec, flags } = resolve(rest);
  const window = { endDate: spec.endDate, dayCount: (spec.window.endMs - spec.window.startMs) / DAY_MS };
  const given = optionsOf('generator', flags, rest);
  const steps = stepsOf(plugin, given, window);
  if (steps.length === 0) throw nothingToMove(target, plugin, given);
  const costs = new CostBook(plugin.name);
  const amountOf = async (options: OptionValues) => {
    const request = resolve(withOptions(rest, flags, options));
    let amount = 0;
    for (const plan of await planTables(request, signal))
      amount += target.key === 'rows' ? plan.rowCount : await bytesOf(plan, plan.files, request, costs);
    return amount;
  };
  const found = await findOptions(steps, target.amount, amountOf);
  const isOff = Math.abs(found.amount / target.amount - 1) > MOST_OFF;
  if (found.isBounded && isOff)
    throw outOfReach(target, plugin, found, [...new Set(steps.flatMap(({ names }) => names))]);
  // The window goes with the size: tomorrow's would be another one.
  const options = { ...found.options, endDate: spec.endDate };
  const size: ChosenSize = { ...target, options: found.options, reached: found.amount };
  return { ...resolve(withOptions(rest, flags, options)), size };
}

function withOptions(settings: Settings, flags: readonly Flag[], options: OptionValues): Settings {
  const chosen = Object.entries(options).flatMap(([name, value]): [string, Setting][] => {
    const flag = flags.find(
      ({ owners, description }) => owners.includes('generator') && description.name === name,
    );
    return flag === undefined || settings.has(flag.key) ? [] : [[flag.key, { value }]];
  });
  return new Map([...settings, ...chosen]);
}

function nothingToMove(
  { key, asked }: SizeTarget,
  plugin: GeneratorPlugin,
  given: OptionValues,
): DatagenError {
  const names = fixedNames(plugin, given);
  const reason =
    names.length === 0
      ? `the generator ${plugin.name} does not say which of its options decide how large a dataset is`
      : `${flagList(names)} ${names.length === 1 ? 'is' : 'are'} given`;
  return invalid(
    `Expected an option that --${key} ${asked} may choose, and there is none: ${reason}. Leave out --${key}${names.length === 0 ? ', and give options of the generator' : ' or one of them'}.`,
  );
}

function outOfReach(
  { key, asked, amount }: SizeTarget,
  plugin: GeneratorPlugin,
  found: Found,
  names: readonly string[],
): DatagenError {
  const reached = key === 'rows' ? countText(found.amount) : bytesText(found.amount);
  const bound = found.amount < amount ? 'at most' : 'at least';
  return invalid(
    `Expected --${key} to be ${bound} about ${reached}, which ${plugin.name} comes to with ${flagList(names)} at ${names.length === 1 ? 'its bound' : 'their bounds'}, got ${asked}. Choose another size, or give other options.`,
  );
}

function flagList(names: readonly string[]): string {
  const flags = names.map((name) => `--${kebabCase(name)}`);
  return flags.length < 2 ? flags.join() : `${flags.slice(0, -1).join(', ')} and ${flags.at(-1) ?? ''}`;
}

function invalid(message: string): DatagenError {
  return new DatagenError('INVALID_OPTION', message);
}
