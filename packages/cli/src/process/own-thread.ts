import { Worker } from 'node:worker_threads';
import { OutputError } from '../terminal/output.ts';
import { flagValue } from '../plugins/words.ts';
import type { ThreadData, ThreadMessage } from './command.worker.ts';

/**
 * Runs a command on a thread of its own, while this one hears signals, which only the main thread can: a block or an
 * import that never ends is ended with the process.
 */
export async function runOnOwnThread(
  words: readonly string[],
  { startedAs, signal }: { readonly startedAs: string; readonly signal: AbortSignal },
): Promise<number> {
  const readsInput = flagValue(words, '--config') === '-';
  const isSource = import.meta.url.endsWith('.ts');
  // Core takes long to load, and only this thread of a run from source needs it.
  const execArgv = isSource ? (await import('@datagen/core')).workerArguments(import.meta.url) : undefined;
  const workerData: ThreadData = {
    words,
    startedAs,
    stdout: shapeOf(process.stdout),
    stderr: shapeOf(process.stderr),
  };
  const worker = new Worker(new URL(`./command.worker.${isSource ? 'ts' : 'js'}`, import.meta.url), {
    workerData,
    stdin: readsInput,
    ...(execArgv && { execArgv }),
  });
  if (readsInput && worker.stdin !== null) process.stdin.pipe(worker.stdin);
  signal.addEventListener('abort', () => worker.postMessage('interrupt' satisfies ThreadMessage), {
    once: true,
  });
  // The thread waits for ever for a reader that is gone.
  process.stdout.on('error', (cause) => {
    const failure = new OutputError(cause);
    if (failure.isClosed) process.exit(0);
    process.stderr.write(`datagen: ${failure.message}\n`);
    process.exit(1);
  });
  let exitCode = 1;
  worker.on('message', (code: number) => {
    exitCode = code;
  });
  return new Promise((resolve, reject) => {
    worker.on('error', reject);
    worker.on('exit', () => {
      if (readsInput) process.stdin.destroy();
      resolve(exitCode);
    });
  });
}

function shapeOf({ isTTY, columns }: NodeJS.WriteStream): ThreadData['stdout'] {
  return { isTTY, columns };
}
