import { type ChildProcess, spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const PAUSE_MS = 50;
/** A loaded machine takes long to start a server. */
const MOST_PAUSES = 2_400;
/** Of what a server has said, the end says why it did not start. */
const SAID_CHARACTERS = 10_000;

/** Options of Java for what does not run long enough for the slower compiler and a parallel collector to pay. */
export const BRIEF_JVM = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

interface ServerCommand {
  /** What it is called where it does not start. */
  readonly name: string;
  readonly program: string;
  readonly words: readonly string[];
  /** The file that takes what it says. */
  readonly log: string;
  readonly isReady: () => Promise<boolean>;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

/** A server in a process of its own. */
export class ServerProcess {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Starts it and waits until it is ready. */
  static async start(command: ServerCommand): Promise<ServerProcess> {
    const { name, program, words, log, isReady, ...options } = command;
    // Not through a pipe: a test that waits for a process reads none, and a full one would stop the server.
    const child = spawn(program, words, {
      ...options,
      stdio: ['ignore', openSync(log, 'w'), openSync(log, 'a')],
    });
    for (let pauses = 0; !(await isReady()); pauses++) {
      if (child.exitCode !== null || pauses === MOST_PAUSES) {
        child.kill('SIGKILL');
        throw new Error(`${name} did not start: ${readFileSync(log, 'utf8').slice(-SAID_CHARACTERS)}`);
      }
      await wait(PAUSE_MS);
    }
    return new ServerProcess(child);
  }

  async stop(signal?: NodeJS.Signals): Promise<void> {
    if (this.#child.exitCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill(signal);
    await ended;
  }
}
