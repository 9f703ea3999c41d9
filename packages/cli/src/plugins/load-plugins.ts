import {
  DatagenError,
  type GeneratorPlugin,
  schemeOf,
  type StoragePlugin,
  unknownName,
  type WriterPlugin,
} from '@datagen/core';
import { checkKeys, type ConfigFile, textIn } from '../config/config-file.ts';
import { collectFlags, type Flag } from '../flags/flags.ts';
import type { Builtins, Offer } from './offer.ts';
import { flagValue } from './words.ts';

/** What must be known before the flags of a command can be: its plug-ins, from its words and its file. */
export interface LoadedPlugins {
  /** Absent while no generator is named, as in `datagen generate --help`. */
  readonly generator?: GeneratorPlugin;
  readonly writer: WriterPlugin;
  /** Absent where core opens the output by itself. */
  readonly storage?: StoragePlugin;
  readonly flags: readonly Flag[];
  readonly config?: ConfigFile;
}

/** Flags whose value is never a generator's name. */
const WITH_OTHER_VALUES = [
  '--config',
  '--plugin',
  '--format',
  '--mode',
  '--partition-by',
  '--tables',
  '--table',
  '--rows',
];

/** Loads the plug-ins that the words after a command name; the rest of the words is not looked at yet. */
export async function loadPlugins(
  words: readonly string[],
  offer: Builtins & Partial<Offer>,
): Promise<LoadedPlugins> {
  const { config } = offer;
  const generatorName = guessGenerator(words, Object.keys(offer.generators), config);
  const formatName = flagValue(words, '--format') ?? textIn(config, 'format') ?? 'parquet';
  const writer = await loadWriter(formatName, offer);
  const generator = generatorName === undefined ? undefined : await loadGenerator(generatorName, offer);
  const places = [...words, textIn(config, 'output') ?? ''].map(schemeOf);
  const storage = await loadStorage(places, offer);
  const flags = collectFlags(generator, writer, storage);
  if (config !== undefined && generator !== undefined)
    checkKeys(
      config,
      flags.map(({ key }) => key),
    );
  return {
    writer,
    flags,
    ...(generator && { generator }),
    ...(storage && { storage }),
    ...(config && { config }),
  };
}

/** The storage that opens URIs of one of some schemes; undefined where core does. */
export async function loadStorage(
  wanted: readonly (string | undefined)[],
  { storages = {} }: Builtins,
): Promise<StoragePlugin | undefined> {
  const offered = Object.values(storages).find(({ schemes }) =>
    schemes.some((scheme) => wanted.includes(scheme)),
  );
  return offered?.load();
}

async function loadGenerator(name: string, { generators }: Builtins): Promise<GeneratorPlugin> {
  const load = Object.hasOwn(generators, name) ? generators[name] : undefined;
  if (load === undefined) throw unknownName('generator', name, Object.keys(generators));
  return load();
}

export async function loadWriter(name: string, { formats }: Builtins): Promise<WriterPlugin> {
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (format === undefined) throw unknownName('format', name, Object.keys(formats));
  return format.load();
}

/**
 * The generator's name, before it is known which flags take a value: a word that is a generator's name, else the
 * file's, else the first word that cannot be a value.
 */
function guessGenerator(
  words: readonly string[],
  known: readonly string[],
  config: ConfigFile | undefined,
): string | undefined {
  const isFlag = (word: string | undefined) =>
    word?.startsWith('-') === true && word !== '-' && word !== '--';
  const named = words.find(
    (word, i) => known.includes(word) && !WITH_OTHER_VALUES.includes(words[i - 1] ?? ''),
  );
  const first = words.find(
    (word, i) => word !== '--' && !isFlag(word) && (!isFlag(words[i - 1]) || words[i - 1]?.includes('=')),
  );
  return named ?? textIn(config, 'generator') ?? first;
}

/** What the words without a flag stand for; a file fills in what is left out. */
export function resolveOperands(
  operands: readonly string[],
  { generator, config }: LoadedPlugins,
  offer: Builtins,
): { readonly generatorName: string; readonly output: string | undefined; readonly isFromFile: boolean } {
  const known = Object.keys(offer.generators);
  const [first, second] = operands;
  const fileGenerator = textIn(config, 'generator');
  const isOutput =
    first !== undefined &&
    second === undefined &&
    fileGenerator !== undefined &&
    !known.includes(first) &&
    (first === '' || first === '-' || /[./\\:]/.test(first));
  const generatorName = isOutput ? fileGenerator : (first ?? fileGenerator);
  if (generatorName === undefined) {
    throw new DatagenError(
      'INVALID_OPTION',
      `Expected the name of a generator, or \`generator\` in a file given by --config. Known: ${known.join(', ')}.`,
    );
  }
  if (generatorName !== generator?.name) throw unknownName('generator', generatorName, known);
  const given = isOutput ? first : second;
  return { generatorName, output: given ?? textIn(config, 'output'), isFromFile: given === undefined };
}
