import { inspect } from 'node:util';
import { type Command, CommanderError } from 'commander';
import { BUILTINS, type Builtins } from '../builtins.ts';
import type { Io } from '../terminal/io.ts';
import { createProgram } from './program.ts';

const DONE = 0;
const FAILED = 1;
const WRONG_USAGE = 2;
const INTERRUPTED = 130;

/**
 * Runs the command that the words after `datagen` make, and returns its exit code: 0 done, 1 failed, 2 wrong usage,
 * 130 interrupted. Errors are written here and nowhere else, one line for each problem.
 */
export async function run(words: readonly string[], io: Io, builtins: Builtins = BUILTINS): Promise<number> {
  let program: Command | undefined;
  try {
    program = await createProgram(words, io, builtins);
    if (words.length === 0) program.outputHelp();
    else await program.parseAsync([...words], { from: 'user' });
    return DONE;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return DONE;
    const { text, exitCode } = await explain(thrown, words, program);
    for (const line of text.split('\n')) io.stderr.write(`datagen: ${line}\n`);
    if (words.includes('--debug')) io.stderr.write(`${inspect(thrown)}\n`);
    return exitCode;
  }
}

interface Explanation {
  readonly text: string;
  readonly exitCode: number;
}

async function explain(
  thrown: unknown,
  words: readonly string[],
  program: Command | undefined,
): Promise<Explanation> {
  if (thrown instanceof CommanderError && program !== undefined) {
    const { usageText } = await import('./usage-error.ts');
    return { text: usageText(thrown, words, program), exitCode: WRONG_USAGE };
  }
  // Told by its name: the class is not loaded before a plug-in is.
  if (thrown instanceof Error && thrown.name === 'DatagenError') {
    const { code } = thrown as Error & { code: string };
    if (code === 'ABORTED') return { text: thrown.message, exitCode: INTERRUPTED };
    const isUsage = code === 'INVALID_OPTION' || code === 'UNKNOWN_NAME';
    return { text: thrown.message, exitCode: isUsage ? WRONG_USAGE : FAILED };
  }
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  const again = words.includes('--debug') ? 'please report it' : 'run again with --debug to see where';
  return { text: `Unexpected error: ${reason.replace(/[.\s]+$/, '')}; ${again}.`, exitCode: FAILED };
}
