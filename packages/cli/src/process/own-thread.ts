import { Worker } from 'node:worker_threads';
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
  const workerData: ThreadData = {
    words,
    startedAs,
    stdout: shapeOf(process.stdout),
    stderr: shapeOf(process.stderr),
  };
  const worker = new Worker(new URL(`./command.worker.${isSource ? 'ts' : 'js'}`, import.meta.url), {
    workerData,
    stdin: readsInput,
  });
  if (readsInput && worker.stdin !== null) process.stdin.pipe(worker.stdin);
  signal.addEventListener('abort', () => worker.postMessage('interrupt' satisfies ThreadMessage), {
    once: true,
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
