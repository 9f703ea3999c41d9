import { DatagenError, findOptionProblems, nearestName } from '@datagen/core';
import type { z } from '@datagen/core/zod';
import type { ConfigFile } from './config-file.ts';
import { choicesOf, type Flag, isList, isListOfNames, type Owner, parseText } from '../flags/flags.ts';
import { hidePasswords, type Io } from '../terminal/io.ts';

/** A value the user gave, and how to speak of it. */
export interface Setting {
  readonly value: unknown;
  /** The file it is from; absent for a flag. */
  readonly config?: ConfigFile;
}

/** What the user gave, by `Flag.key`. */
export type Settings = ReadonlyMap<string, Setting>;

/** Flags over the configuration file; what neither gives is left to the schemas' defaults. Secrets are hidden from now on. */
export function collectSettings(
  flags: readonly Flag[],
  given: ReadonlyMap<string, unknown>,
  config: ConfigFile | undefined,
  io: Io,
): Settings {
  const settings = new Map<string, Setting>();
  for (const { key, description } of flags) {
    if (given.has(key)) {
      settings.set(key, { value: given.get(key) });
    } else if (config?.values.has(key) === true) {
      const value = config.values.get(key);
      // A list may be written as on the command line, `a,b`, or be one element without its brackets.
      const isText = isList(description.type) && (typeof value === 'string' || typeof value === 'number');
      settings.set(key, { value: isText ? parseText(description, String(value)) : value, config });
    }
  }
  for (const { key, description } of flags) {
    const value = settings.get(key)?.value;
    if (value === undefined) continue;
    if (description.secret !== true) hidePasswords(JSON.stringify(value), io);
    else if (typeof value === 'string' || typeof value === 'number') io.hide(String(value));
  }
  return settings;
}

/** The options of one owner, under the names of its schema. */
export function optionsOf(owner: Owner, flags: readonly Flag[], settings: Settings): Record<string, unknown> {
  const set = flags.filter(({ key, owners }) => owners.includes(owner) && settings.has(key));
  return Object.fromEntries(set.map(({ key, description }) => [description.name, settings.get(key)?.value]));
}

/** Refuses values that a schema does not take, one line for each, named by flag or by place in the file. */
export function checkSettings(
  schemas: Readonly<Record<Owner, z.ZodObject>>,
  flags: readonly Flag[],
  settings: Settings,
): void {
  const lines = new Set<string>();
  for (const [owner, schema] of Object.entries(schemas) as [Owner, z.ZodObject][]) {
    for (const { path, text } of findOptionProblems(schema, optionsOf(owner, flags, settings))) {
      const [name, ...inside] = path;
      const flag = flags.find(
        ({ description, owners }) => owners.includes(owner) && description.name === name,
      );
      if (flag === undefined) lines.add(`${path.map(String).join('.')}: ${text}.`);
      else lines.add(`${labelOf(flag, settings, inside)}: ${text}.${hintFor(flag, settings)}`);
    }
  }
  for (const flag of flags) {
    const repeated = repeatedName(flag, settings);
    if (repeated === undefined) continue;
    lines.add(
      `${labelOf(flag, settings, [])}: expected every name once, got ${JSON.stringify(repeated)} twice.`,
    );
  }
  if (lines.size > 0) throw new DatagenError('INVALID_OPTION', [...lines].join('\n'));
}

/** `--n-customers`, or `datagen.yaml:7:1: nCustomers` */
function labelOf({ key, flag }: Flag, settings: Settings, inside: readonly PropertyKey[]): string {
  const config = settings.get(key)?.config;
  return config === undefined ? flag : `${config.locate(key, inside)}: ${key}`;
}

function repeatedName({ key, description }: Flag, settings: Settings): unknown {
  const value = settings.get(key)?.value;
  if (!Array.isArray(value) || !isListOfNames(description)) return undefined;
  return (value as unknown[]).find((name, i) => value.indexOf(name) !== i);
}

function hintFor({ key, description }: Flag, settings: Settings): string {
  // What was meant by a secret would tell much of it.
  if (description.secret === true) return '';
  const value = settings.get(key)?.value;
  if (typeof value !== 'string') return '';
  const nearest = nearestName(value, choicesOf(description));
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
}
