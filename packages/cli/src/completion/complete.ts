import { TIME_UNITS } from '@datagen/core';
import type { Command } from 'commander';
import type { Builtins } from '../builtins.ts';
import { choicesOf, isList } from '../flags/flags.ts';
import { type LoadedPlugins, loadPlugins } from '../plugins/load-plugins.ts';

interface Completions {
  /** Values with a description, or without. */
  readonly values: readonly (readonly [value: string, description?: string])[];
  /** What the shell may offer besides. @default nothing */
  readonly besides?: 'files' | 'folders';
}

type ProgramFor = (words: readonly string[]) => Promise<Command>;

/**
 * What can come next after the words typed so far, the last of which is still being typed: a line for each value and
 * its description, with a tab between, and at last what else the shell may offer: `:files`, `:folders` or `:nothing`.
 */
export async function complete(
  typed: readonly string[],
  builtins: Builtins,
  programFor: ProgramFor,
): Promise<string> {
  // A word of which a quote is all that was typed.
  const current = (typed.at(-1) ?? '').replace(/^["']+$/, '');
  const words = typed.slice(0, -1);
  const { values, besides } = await completionsFor(words, current, builtins, programFor);
  const prefix = current.replace(/^--[\w-]+=/, '');
  const lines = values
    .filter(([value]) => value.startsWith(prefix))
    .map(([value, description = '']) => `${value}\t${description.replaceAll('\n', ' ')}\n`);
  return `${lines.join('')}:${besides ?? 'nothing'}\n`;
}

async function completionsFor(
  words: readonly string[],
  current: string,
  builtins: Builtins,
  programFor: ProgramFor,
): Promise<Completions> {
  // What is typed so far may name a generator or a file that does not exist.
  const program = await programFor(words).catch(() => programFor(words.slice(0, 1)));
  const command = program.commands.find((known) => known.name() === words[0]);
  if (command === undefined) {
    if (current.startsWith('-')) return { values: flagsOf(program) };
    const commands = program.createHelp().visibleCommands(program);
    return { values: commands.map((known) => [known.name(), known.description()]) };
  }
  const withValue = command.options.filter(({ required }) => required).map(({ long }) => long ?? '');
  const [flag = words.at(-1) ?? ''] = /^--[\w-]+(?==)/.exec(current) ?? [];
  if (withValue.includes(flag)) {
    const plugins = await loadPlugins(words.slice(1), builtins).catch(() => undefined);
    return valuesOf(flag, current.replace(/^--[\w-]+=/, ''), plugins, builtins);
  }
  if (current.startsWith('-')) return { values: flagsOf(command) };
  const operands = words
    .slice(1)
    .filter((word, i) => !word.startsWith('-') && !withValue.includes(words[i] ?? ''));
  return operandsOf(command.name(), operands.length, builtins);
}

function flagsOf(command: Command): [string, string][] {
  const help = command.createHelp();
  const shown = help.visibleOptions(command);
  const hidden = command.options.filter((option) => option.hidden);
  return [...shown, ...hidden].map(({ long, description }) => [long ?? '', description]);
}

function operandsOf(commandName: string, position: number, builtins: Builtins): Completions {
  const generators = Object.keys(builtins.generators);
  const formats = Object.keys(builtins.formats);
  const first: Readonly<Record<string, readonly string[]>> = {
    generate: generators,
    plan: generators,
    preview: generators,
    init: generators,
    describe: [...generators, ...formats, ...Object.keys(builtins.storages ?? {})],
    completion: ['bash', 'zsh', 'fish', 'powershell'],
  };
  if (commandName === 'look' && position === 0) return { values: [], besides: 'folders' };
  if (position === 0) return { values: (first[commandName] ?? []).map((name) => [name]) };
  const takesOutput = commandName === 'generate' || commandName === 'plan';
  return takesOutput && position === 1 ? { values: [], besides: 'folders' } : { values: [] };
}

/** The values of a flag; those of a list go on after what is typed of it: `orders,` is completed by `orders,customers`. */
function valuesOf(
  flag: string,
  current: string,
  plugins: LoadedPlugins | undefined,
  builtins: Builtins,
): Completions {
  if (flag === '--config' || flag === '--html') return { values: [], besides: 'files' };
  if (flag === '--format') return { values: Object.keys(builtins.formats).map((name) => [name]) };
  const found = plugins?.flags.find((known) => known.flag === flag);
  const tables = flag === '--tables' || flag === '--table' ? tableNames(plugins) : undefined;
  const units = flag === '--partition-by' ? TIME_UNITS : undefined;
  const choices = tables ?? units ?? (found ? choicesOf(found.description) : []);
  const isListFlag = found !== undefined && isList(found.description.type);
  const before = isListFlag ? current.slice(0, current.lastIndexOf(',') + 1) : '';
  const used = before.split(',');
  return { values: choices.filter((name) => !used.includes(name)).map((name) => [before + name]) };
}

function tableNames(plugins: LoadedPlugins | undefined): readonly string[] {
  const generator = plugins?.generator;
  return generator?.create(generator.options.parse({})).tables.map(({ name }) => name) ?? [];
}
