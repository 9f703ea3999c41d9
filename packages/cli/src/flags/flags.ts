import { BaseConfig } from '@datagen/core/generator';
import {
  describeOptions,
  type GeneratorPlugin,
  type OptionDescription,
  type StoragePlugin,
  WRITE_MODES,
  type WriterPlugin,
} from '@datagen/core';
import { z } from '@datagen/core/zod';

const SIZE = /^(small|medium|large|[\d_]*\.?\d+\s*[kmgtKMGT][iI]?[bB])$/;
const ROWS = /^[\d_]*\.?\d+\s*[kmgKMG]?$/;

/** Options of a run that belong to neither the generator nor the writer. */
export const RunConfig = z.strictObject({
  size: z
    .string()
    .regex(SIZE, 'expected small, medium, large, or bytes with their unit, as in 500MB or 10GB')
    .optional()
    .describe(
      'Bytes of the data files together (500MB, 10GB), or small, medium, large: 10 MB, 1 GB, 100 GB; chooses options that are not given',
    ),
  rows: z
    .union([z.int().min(1), z.string().regex(ROWS)])
    .optional()
    .describe('Rows of the tables together (5000, 100M, 2G); chooses options that are not given'),
  partitionBy: z
    .array(z.string())
    .default([])
    .describe('What to cut tables into folders by, coarse to fine: year, month, week, day, hour, or columns'),
  mode: z
    .enum(WRITE_MODES)
    .default('error')
    .describe(
      'If a table holds another dataset: refuse, add to it, or replace it; the same dataset is continued',
    ),
  tables: z
    .array(z.string())
    .refine((names) => names.length > 0, 'expected names of tables')
    .optional()
    .describe('Tables to write; the default is all of them'),
  maxWorkers: z
    .int()
    .min(1)
    .optional()
    .describe('Threads to use at most; by default one per core, and one alone for short runs'),
});

export type Owner = 'generator' | 'writer' | 'storage' | 'run';
/** Headings of the help, in its order. */
const GROUPS = ['Dataset options:', 'Look options:', 'Place options:', 'Output options:'] as const;
type FlagGroup = (typeof GROUPS)[number];

/** One option as the user gives it, by flag or by key of the configuration file, and whose options it sets. */
export interface Flag {
  /** Key in the configuration file. */
  readonly key: string;
  /** `--n-customers` */
  readonly flag: string;
  readonly group: FlagGroup;
  readonly description: OptionDescription;
  readonly schema: z.ZodType;
  readonly owners: readonly Owner[];
}

/** Names that mean something else on the command line or in the configuration file. */
const RESERVED = [
  'generator',
  'output',
  'format',
  'config',
  'plugin',
  'plugins',
  'json',
  'debug',
  'help',
  'version',
  'table',
];

/** Options of `BaseConfig` that shape files and not rows. */
const FILE_OPTIONS = Object.keys(BaseConfig.shape).filter((name) => name !== 'seed');

/**
 * All flags of a generator, a writer and a storage, by group and in the order of their schemas. An option that
 * generator and writer declare alike is one flag and sets both; one whose name has another meaning already is prefixed
 * by its plug-in's name, as those of a storage always are.
 */
export function collectFlags(
  generator: GeneratorPlugin | undefined,
  writer: WriterPlugin,
  storage?: StoragePlugin,
): Flag[] {
  const flags = new Map<string, Flag>();
  const add = (
    owner: Owner,
    prefix: string,
    group: FlagGroup,
    description: OptionDescription,
    schema: z.ZodType,
  ) => {
    const { name, type } = description;
    const taken = flags.get(name);
    if (taken?.description.type === type && !taken.owners.includes('run') && owner !== 'run') {
      flags.set(name, { ...taken, owners: [...taken.owners, owner] });
      return;
    }
    const key =
      taken || RESERVED.includes(name) ? `${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}` : name;
    flags.set(key, { key, flag: `--${kebabCase(key)}`, group, description, schema, owners: [owner] });
  };
  const addAll = (
    owner: Owner,
    prefix: string,
    options: z.ZodObject,
    groupOf: (name: string) => FlagGroup,
  ) => {
    for (const option of describeOptions(options))
      add(owner, prefix, groupOf(option.name), option, options.shape[option.name] as z.ZodType);
  };
  addAll('run', 'run', RunConfig, () => 'Output options:');
  addAll('generator', camelCase(generator?.name ?? ''), generator?.options ?? BaseConfig, (name) =>
    FILE_OPTIONS.includes(name) ? 'Output options:' : 'Dataset options:',
  );
  addAll('writer', camelCase(writer.name), writer.options, () => 'Output options:');
  if (storage) for (const flag of storageFlags(storage, 'Output options:')) flags.set(flag.key, flag);
  return [...flags.values()].sort((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group));
}

/** Options of a storage are always called with its name before theirs: `key` and `region` alone would say too little. */
export function storageFlags({ name, options }: StoragePlugin, group: FlagGroup): readonly Flag[] {
  return describeOptions(options).map((description) => {
    const key = storageKey(name, description.name);
    return {
      key,
      flag: `--${kebabCase(key)}`,
      group,
      description,
      schema: options.shape[description.name] as z.ZodType,
      owners: ['storage'],
    };
  });
}

/** What a storage's option is called in the configuration file: `s3Region`; one that begins with its name stays as it is. */
export function storageKey(storage: string, option: string): string {
  const prefix = camelCase(storage);
  if (new RegExp(`^${prefix}[A-Z]`).test(option)) return option;
  return `${prefix}${option.charAt(0).toUpperCase()}${option.slice(1)}`;
}

/** `nCustomers` as `n-customers`, `baseURL` as `base-url`. */
export function kebabCase(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase();
}

function camelCase(name: string): string {
  return name.replace(/[_-]+(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** The values an option can be completed with: of its own, or of its elements if it is a list. */
export function choicesOf({ choices, type }: OptionDescription): readonly string[] {
  if (choices) return choices;
  const elements = isList(type) ? type.slice(0, -2).split(' | ') : [];
  // Types of elements are no values to choose from.
  return elements.length > 1 && !elements.includes('object') ? elements : [];
}

export function isList(type: string): boolean {
  return type.endsWith('[]');
}

/**
 * The value a text on the command line stands for, by the option's type. What does not fit stays text, for the
 * schema to refuse in its own words.
 */
export function parseText({ type, choices }: OptionDescription, text: string): unknown {
  if (choices) return text;
  if (isList(type)) {
    const elements = text.startsWith('[') ? jsonOf(text) : undefined;
    if (elements !== undefined) return elements;
    const element = { name: '', description: '', type: type.slice(0, -2) };
    return text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part) => parseText(element, part));
  }
  const types = type.split(' | ');
  const isNumberText = /^[+-]?(\d[\d_]*\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text);
  const number = Number(text.replaceAll('_', ''));
  // 1e309 is beyond all numbers: it stays as it was typed, to be refused as that.
  if (
    isNumberText &&
    Number.isFinite(number) &&
    types.some((name) => name === 'number' || name === 'integer')
  )
    return number;
  if (types.includes('boolean') && (text === 'true' || text === 'false')) return text === 'true';
  if (types.includes('object') && text.startsWith('{')) return jsonOf(text) ?? text;
  return text;
}

/** Whether an option is one of a list of names, which it makes no sense to name twice. */
export function isListOfNames({ name, type, choices }: OptionDescription): boolean {
  return (
    name === 'tables' ||
    (isList(type) && choicesOf({ name, description: '', type, ...(choices && { choices }) }).length > 0)
  );
}

/** What a text means as JSON; undefined where it is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
