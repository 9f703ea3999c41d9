import { inspect } from 'node:util';
import { type Command, CommanderError } from 'commander';
import { BUILTINS } from '../builtins.ts';
import type { Builtins } from '../plugins/offer.ts';
import type { Io } from '../terminal/io.ts';
import { type NodeOutput, Output, OutputError } from '../terminal/output.ts';
import { messageOf, withoutStop } from '../terminal/text.ts';
import { createProgram } from './program.ts';

const DONE = 0;
const FAILED = 1;
const WRONG_USAGE = 2;
const INTERRUPTED = 130;
/** Anything shorter would be found in texts that have nothing to do with it. */
const SHORTEST_SECRET = 4;

/** What a run of the command reads from and writes to. */
export interface RunOptions {
  /** Read for `--config -` alone. */
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly stdout: NodeOutput;
  readonly stderr: NodeOutput;
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * The folder that relative paths begin at.
   * @default the working folder of the process
   */
  readonly cwd?: string;
  /** Stops the run: finished files are kept, and the exit code is 130. */
  readonly signal?: AbortSignal;
  /**
   * How users start the command, for the commands that it tells them.
   * @default 'datagen'
   */
  readonly startedAs?: string;
}

/**
 * Runs the command that the words after `datagen` make, and returns its exit code: 0 done, 1 failed, 2 wrong usage,
 * 130 interrupted. Errors are written to `stderr`, one line for each problem, and none is thrown. `builtins` are the
 * generators and formats it knows without `--plugin`.
 */
export async function run(
  argv: readonly string[],
  options: RunOptions,
  builtins: Builtins = BUILTINS,
): Promise<number> {
  const words = withoutShorthand(argv);
  const secrets = new Set<string>();
  const change = (text: string) =>
    [...secrets].reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
  const stdout = new Output(options.stdout, change);
  const stderr = new Output(options.stderr, change);
  const signal = options.signal ?? new AbortController().signal;
  let isAwaited = false;
  const io: Io = {
    stdin: () => options.stdin,
    stdout,
    stderr,
    env: options.env,
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    program: options.startedAs ?? 'datagen',
    now: () => performance.now(),
    interruption: () => {
      isAwaited = true;
      return signal;
    },
    signal,
    hide: (secret) => {
      if (secret.length >= SHORTEST_SECRET) secrets.add(secret);
    },
  };
  const program: { current?: Command } = {};
  const end = new AbortController();
  try {
    if (signal.aborted) throw new Interruption('Interrupted.');
    const interrupted = interruptionOf(signal, end.signal, () => isAwaited);
    await Promise.race([runProgram(words, io, builtins, program), interrupted]).catch(unlessShown);
    await stdout.finish();
    return DONE;
  } catch (thrown) {
    // The reader has seen enough.
    if (thrown instanceof OutputError && thrown.isClosed) return DONE;
    const { text, exitCode } = await explain(thrown, words, program.current, io);
    for (const line of text.split('\n')) void stderr.write(`datagen: ${line}\n`);
    if (words.includes('--debug')) void stderr.write(`${inspect(thrown)}\n`);
    return exitCode;
  } finally {
    end.abort();
    // A run goes on when nobody reads its progress.
    await stderr.finish().catch(() => undefined);
  }
}

async function runProgram(
  words: readonly string[],
  io: Io,
  builtins: Builtins,
  made: { current?: Command },
): Promise<void> {
  const program = await createProgram(words, io, builtins);
  made.current = program;
  if (words.length === 0) program.outputHelp();
  else await program.parseAsync([...words], { from: 'user' });
}

/** Commander throws after help or a version was shown, too. */
function unlessShown(thrown: unknown): void {
  if (!(thrown instanceof CommanderError) || thrown.exitCode !== 0) throw thrown;
}

/** `help`, `help plan`, `-v` and `-V`, which many commands know, as the flags they stand for. */
function withoutShorthand(argv: readonly string[]): readonly string[] {
  const [first, ...rest] = argv;
  if (first === 'help') return [...rest, '--help'];
  if (first === '-v' || first === '-V') return ['--version', ...rest];
  return argv;
}

class Interruption extends Error {}

/** Rejects at the signal, unless the command stops tidily by itself; forgets it at the `end`. */
function interruptionOf(signal: AbortSignal, end: AbortSignal, isAwaited: () => boolean): Promise<never> {
  return new Promise((_, reject) => {
    const interrupt = () => {
      if (!isAwaited()) reject(new Interruption('Interrupted.'));
    };
    signal.addEventListener('abort', interrupt, { once: true, signal: end });
  });
}

interface Explanation {
  readonly text: string;
  readonly exitCode: number;
}

async function explain(
  thrown: unknown,
  words: readonly string[],
  program: Command | undefined,
  io: Io,
): Promise<Explanation> {
  if (thrown instanceof CommanderError && program !== undefined) {
    const { usageText } = await import('./usage-error.ts');
    return { text: usageText(thrown, words, program, io.program), exitCode: WRONG_USAGE };
  }
  if (thrown instanceof Interruption) return { text: thrown.message, exitCode: INTERRUPTED };
  if (thrown instanceof OutputError) return { text: thrown.message, exitCode: FAILED };
  // Told by its name: the class is not loaded before a plug-in is.
  const { name, code } = (thrown ?? {}) as { readonly name?: unknown; readonly code?: unknown };
  const reason = messageOf(thrown);
  if (name === 'DatagenError') {
    if (code === 'ABORTED') return { text: reason, exitCode: INTERRUPTED };
    const isUsage = code === 'INVALID_OPTION' || code === 'UNKNOWN_NAME';
    return { text: reason, exitCode: isUsage ? WRONG_USAGE : FAILED };
  }
  const again = words.includes('--debug') ? 'please report it' : 'run again with --debug to see where';
  return { text: `Unexpected error: ${withoutStop(reason)}; ${again}.`, exitCode: FAILED };
}
