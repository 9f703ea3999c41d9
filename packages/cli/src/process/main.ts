import { usesOtherCode } from './other-code.ts';
import { startedAs } from './started-as.ts';

/** How long what is under way may take to end after the first interruption. */
const GRACE_MS = 5_000;
/** npm passes on what the terminal has sent to all processes already. */
const REPEAT_MS = 300;

const INTERRUPTED = 130;

/** The process: runs the command of its arguments, with its streams and signals, and sets its exit code. */
export async function main(program?: string): Promise<void> {
  const words = process.argv.slice(2);
  const signal = handleSignals();
  // A run goes on when nobody reads its progress; what becomes of its results is its own to tell.
  process.stderr.on('error', () => undefined);
  const options = {
    startedAs: program ?? startedAs(process.argv[1] ?? '', process.env),
    signal,
  };
  const exitCode = usesOtherCode(words)
    ? await import('./own-thread.ts').then(({ runOnOwnThread }) => runOnOwnThread(words, options))
    : await import('../commands/run.ts').then(({ run }) =>
        run(words, {
          ...options,
          // Making the stream costs time, and few commands read it.
          get stdin() {
            return process.stdin;
          },
          stdout: process.stdout,
          stderr: process.stderr,
          env: process.env,
        }),
      );
  process.exitCode = exitCode;
  // What was left behind by the signal may still be under way.
  if (signal.aborted) process.exit(exitCode);
}

/** The first interruption asks for a tidy end; the second one, or the end of the grace time, ends the process. */
function handleSignals(): AbortSignal {
  const controller = new AbortController();
  let last: { readonly name: NodeJS.Signals; readonly ms: number } | undefined;
  const interrupt = (name: NodeJS.Signals) => {
    const ms = performance.now();
    const isEcho = last?.name === name && ms - last.ms < REPEAT_MS;
    last = { name, ms };
    if (isEcho) return;
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    setTimeout(giveUp, GRACE_MS).unref();
    controller.abort();
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  return controller.signal;
}

function giveUp(): void {
  process.stderr.write(
    `datagen: Interrupted. What was under way did not end within ${GRACE_MS / 1000} s and was given up; finished files are kept.\n`,
  );
  process.exit(INTERRUPTED);
}
