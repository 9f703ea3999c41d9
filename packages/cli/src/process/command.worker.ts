import { parentPort, workerData } from 'node:worker_threads';
import { run } from '../commands/run.ts';

/** What a command's thread is given. */
export interface ThreadData {
  readonly words: readonly string[];
  readonly startedAs: string;
  /** What is known of the terminals: the streams of a thread are none. */
  readonly stdout: { readonly isTTY: boolean; readonly columns: number };
  readonly stderr: { readonly isTTY: boolean; readonly columns: number };
}

export type ThreadMessage = 'interrupt';

const { words, startedAs, stdout, stderr } = workerData as ThreadData;
const controller = new AbortController();
parentPort?.on('message', (_: ThreadMessage) => controller.abort());
const exitCode = await run(words, {
  get stdin() {
    return process.stdin;
  },
  stdout: Object.assign(process.stdout, stdout),
  stderr: Object.assign(process.stderr, stderr),
  env: process.env,
  startedAs,
  signal: controller.signal,
});
parentPort?.postMessage(exitCode);
// Nothing that a plug-in left behind holds the thread.
parentPort?.close();
