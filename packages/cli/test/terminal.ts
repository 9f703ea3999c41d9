import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterAll } from '@jest/globals';
import { BUILTINS, type Builtins, type NodeOutput, run } from '../src/index.ts';
import type { Io } from '../src/terminal/io.ts';

export interface TerminalOptions {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly env?: Io['env'];
  readonly now?: () => number;
  readonly signal?: AbortSignal;
  readonly builtins?: Builtins;
  readonly cwd?: string;
  readonly stdin?: string;
  readonly startedAs?: string;
}

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in this process and returns what a user would see. */
export async function datagen(words: readonly string[], options: TerminalOptions = {}): Promise<Outcome> {
  const { cwd, signal, startedAs, stdin = '', env = {}, builtins = BUILTINS } = options;
  const stdout = keeping(options);
  const stderr = keeping(options);
  const exitCode = await run(
    words,
    {
      stdin: Readable.from([stdin]),
      stdout: stdout.stream,
      stderr: stderr.stream,
      env,
      ...(cwd !== undefined && { cwd }),
      ...(signal && { signal }),
      ...(startedAs !== undefined && { startedAs }),
    },
    builtins,
  );
  return { exitCode, stdout: stdout.text(), stderr: stderr.text() };
}

/** A stream that keeps what is written to it. */
function keeping({ isTTY = false, columns = 80 }: TerminalOptions): {
  stream: NodeOutput;
  text: () => string;
} {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _, done) => {
      chunks.push(chunk);
      done();
    },
  });
  return {
    stream: Object.assign(stream, { isTTY, columns }),
    text: () => Buffer.concat(chunks).toString(),
  };
}

/** What the inside of the command sees of a terminal, for tests of its parts. */
export function terminal(options: TerminalOptions = {}): {
  io: Io;
  outcome: () => Omit<Outcome, 'exitCode'>;
} {
  const written = { stdout: '', stderr: '' };
  const { isTTY = false, columns = 80 } = options;
  const stream = (name: 'stdout' | 'stderr') => ({
    isTTY,
    columns,
    write: (text: string) => {
      written[name] += text;
      return Promise.resolve();
    },
    writeBytes: (bytes: Uint8Array) => {
      written[name] += new TextDecoder().decode(bytes);
      return Promise.resolve();
    },
  });
  const signal = options.signal ?? new AbortController().signal;
  const io: Io = {
    stdin: () => Readable.from([options.stdin ?? '']),
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env: options.env ?? {},
    program: options.startedAs ?? 'datagen',
    now: options.now ?? (() => performance.now()),
    interruption: () => signal,
    signal,
    hide: () => undefined,
  };
  return { io, outcome: () => ({ ...written }) };
}

/** A folder of this test file's own, removed at its end. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'datagen-cli-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Options of a shop that takes no time to make. */
export const SMALL = [
  '--n-customers',
  '50',
  '--n-products',
  '40',
  '--orders-per-day',
  '5',
  '--start-date',
  '2026-01-01',
  '--end-date',
  '2026-01-03',
];
