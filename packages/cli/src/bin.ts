import type { Io } from './terminal/io.ts';
import { run } from './commands/run.ts';

/** An interruption ends the process at once, unless a command has asked to be told of the first one. */
function handleInterruptions(): Io['interruption'] {
  const controller = new AbortController();
  let isAwaited = false;
  const interrupt = () => {
    if (!isAwaited || controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  return () => {
    isAwaited = true;
    return controller.signal;
  };
}

// A reader that has seen enough, as `head`, closes the pipe: no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(process.exitCode ?? 0);
});
// A run goes on when nobody reads its progress.
process.stderr.on('error', () => undefined);

process.exitCode = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  now: () => performance.now(),
  interruption: handleInterruptions(),
});
