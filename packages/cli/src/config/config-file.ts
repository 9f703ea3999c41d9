import path from 'node:path';
import { DatagenError, nearestName } from '@datagen/core';
import type { Io } from '../terminal/io.ts';
import { readInput } from './read-input.ts';
import { parseYaml } from './yaml.ts';

/** Options from a YAML file, each with the place it stands at. */
export interface ConfigFile {
  readonly path: string;
  /** The folder it lies in, which paths of plug-ins begin at; `.` for what is read from a pipe. */
  readonly folder: string;
  readonly values: ReadonlyMap<string, unknown>;
  /** `datagen.yaml:7:13`: where a key stands, or what its value holds at `inside`. */
  readonly locate: (key: string, inside?: readonly PropertyKey[]) => string;
}

/** Reads a file of keys and values; what cannot be read or is no such file is `INVALID_OPTION`. */
export async function readConfigFile(name: string, io: Io): Promise<ConfigFile> {
  const text = await readInput(name, io);
  const shown = name === '-' ? 'stdin' : name;
  const { values, locate } = await parseYaml(shown, text);
  return { path: shown, folder: name === '-' ? '.' : path.dirname(name), values, locate };
}

/** Keys that are no option. */
const OWN_KEYS = ['generator', 'output', 'format', 'plugins'];

/** Refuses keys that no option has, all of them at once. */
export function checkKeys(config: ConfigFile, options: readonly string[]): void {
  const known = [...OWN_KEYS, ...options];
  const problems = [...config.values.keys()]
    .filter((key) => !known.includes(key))
    .map((key) => {
      const nearest = nearestName(key, known);
      const hint = nearest === undefined ? `Known: ${known.join(', ')}.` : `Did you mean \`${nearest}\`?`;
      return `${config.locate(key)}: unknown key${keyText(key)}. ${hint}`;
    });
  if (problems.length > 0) throw new DatagenError('INVALID_OPTION', problems.join('\n'));
}

/** A file that was never meant for us may hold secrets: what does not look like a name is not shown. */
function keyText(key: string): string {
  return /^[A-Za-z][\w.-]{0,39}$/.test(key) ? ` \`${key}\`` : '';
}

/** A key whose value must be text, or undefined where the file does not have it. */
export function textIn(config: ConfigFile | undefined, key: string): string | undefined {
  const value = config?.values.get(key);
  if (config === undefined || value === undefined) return undefined;
  if (typeof value === 'string' && value !== '') return value;
  const got = typeof value === 'object' && value !== null ? 'a list or keys' : JSON.stringify(value);
  throw new DatagenError('INVALID_OPTION', `${config.locate(key)}: ${key}: expected a text, got ${got}.`);
}
