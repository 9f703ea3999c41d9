import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatagenError, schemeOf, withoutPassword } from '@datagen/core';
import { hidePasswords, type Io } from '../terminal/io.ts';
import { NO_FOLDER, workingFolder } from '../terminal/working-folder.ts';

/** Where tables go, as the writer takes it and as it is shown. */
export interface Output {
  readonly uri: string;
  /** What a shell takes for the same place; passwords are left out. */
  readonly shown: string;
}

/** What stands for the standard output in the place of a folder. */
export const STDOUT = '-';

/** Checks an output as it was typed, or as the configuration file has it, where no shell has expanded `~`. */
export function resolveOutput(typed: string, isFromFile: boolean, io: Io): Output {
  if (typed.trim() === '')
    throw invalid(
      `Expected a folder or URI to write tables to, got an empty text. Write ./ for this folder.`,
    );
  if (typed === STDOUT) return { uri: STDOUT, shown: STDOUT };
  const text = withHome(typed, isFromFile, io);
  hidePasswords(text, io);
  if (schemeOf(text) === 'memory') {
    throw invalid(
      `Expected a folder or URI to write tables to, got "${withoutPassword(text)}": what is in memory is gone when the command ends.`,
    );
  }
  if (schemeOf(text) !== undefined) return { uri: text, shown: withoutPassword(text) };
  const uri = path.isAbsolute(text) ? text : relativePath(text, io);
  // A shell would expand ~, and the command take a word that begins with - for a flag.
  return { uri, shown: /^[-~]/.test(text) ? `./${text}` : text };
}

/**
 * A folder for DuckDB: what a glob would expand is escaped; undefined where it cannot be told. Other storages than the
 * local file system are given as they are if DuckDB `knows` them.
 */
export function globOf({ shown }: Output, knows = false): string | undefined {
  const scheme = schemeOf(shown);
  if (scheme !== undefined && scheme !== 'file' && !knows) return undefined;
  const folder = (scheme === 'file' ? fileURLToPath(shown) : shown).replace(/(?<=.)\/+$/, '');
  // DuckDB takes a backslash for the end of a folder's name.
  if (folder.includes('\\') && process.platform !== 'win32') return undefined;
  return folder.replace(/[[*?]/g, '[$&]');
}

/** A path below the home folder, also where no shell has expanded it. */
function withHome(text: string, isFromFile: boolean, { env }: Io): string {
  const [first = '', ...rest] = text.split(/[\\/]/);
  if (first === '~') return path.join(env['HOME'] ?? env['USERPROFILE'] ?? homedir(), ...rest);
  if (first.startsWith('~') && isFromFile)
    throw invalid(`Expected \`output\` to begin with ~/ or to be a whole path, got "${text}".`);
  return text;
}

function relativePath(text: string, { cwd }: Io): string {
  if (cwd !== undefined) return path.resolve(cwd, text);
  if (workingFolder() === undefined) throw invalid(NO_FOLDER);
  return text;
}

function invalid(message: string): DatagenError {
  return new DatagenError('INVALID_OPTION', message);
}
