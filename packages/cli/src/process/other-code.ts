import { readFileSync, statSync } from 'node:fs';
import { flagValues } from '../plugins/words.ts';
import { workingFolder } from '../terminal/working-folder.ts';

/** Files of options are small; a larger one is not searched. */
const MOST_BYTES = 2 ** 20;

/**
 * Whether code of others may run, which may never come to an end and so never let the main thread hear of a signal:
 * modules of plug-ins, which a file may name, too. No thread can start where the working folder was removed.
 */
export function usesOtherCode(words: readonly string[]): boolean {
  if (workingFolder() === undefined) return false;
  return flagValues(words, '--plugin').length > 0 || flagValues(words, '--config').some(mayNamePlugins);
}

/** A thread takes longer to start than many a run does, so a file of built-in names is looked into first. */
function mayNamePlugins(file: string): boolean {
  try {
    const stats = statSync(file);
    // A pipe gives its text once, to whoever runs the command.
    return !stats.isFile() || stats.size > MOST_BYTES || readFileSync(file).includes('plugins');
  } catch {
    // It is the standard input, or the command will say why it cannot be read.
    return file === '-';
  }
}
