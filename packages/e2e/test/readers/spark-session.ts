import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import os from 'node:os';
import readline from 'node:readline';
import { scriptAt } from './pyarrow.ts';

/** The interpreter with pyspark and the jars that `npm test` prepared; empty where Spark cannot run. */
const interpreter = process.env['DATAGEN_SPARK_PYTHON'] ?? '';
const jars = process.env['DATAGEN_SPARK_JARS'] ?? '';

export const hasSpark = interpreter !== '' && jars !== '';

interface Waiting {
  resolve: (answer: unknown) => void;
  reject: (error: Error) => void;
}

/** A session of Spark, started once and asked many things: its start takes some ten seconds. */
export class SparkSession {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<void>;
  /** Answers come in the order of the requests. */
  readonly #waiting: Waiting[] = [];
  #stderr = '';

  /** `script` is one of `tools/interop` that takes the paths of jars, and answers each line of JSON with one. */
  constructor(script: string) {
    // Whatever Spark leaves in its working directory is not to lie in the repository.
    this.#process = spawn(interpreter, [scriptAt(script), ...jars.split(',')], {
      cwd: os.tmpdir(),
    });
    this.#process.stderr.on('data', (chunk: Buffer) => {
      this.#stderr += chunk.toString();
    });
    readline.createInterface({ input: this.#process.stdout }).on('line', (line) => {
      this.#take(line);
    });
    // A request to a process that has ended fails in `close`, with the reason.
    this.#process.stdin.on('error', () => undefined);
    this.#ended = new Promise((resolve) => {
      this.#process.on('close', () => {
        for (const { reject } of this.#waiting.splice(0))
          reject(new Error(`Spark ended before it answered: ${this.#stderr}`));
        resolve();
      });
    });
  }

  ask(request: object): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    });
  }

  async stop(): Promise<void> {
    this.#process.stdin.end();
    await this.#ended;
  }

  #take(line: string): void {
    const answer = JSON.parse(line) as { error?: string };
    const waiting = this.#waiting.shift();
    if (answer.error === undefined) waiting?.resolve(answer);
    else waiting?.reject(new Error(answer.error));
  }
}
