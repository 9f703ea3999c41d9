import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from '@jest/globals';
import { BUILTINS, type Builtins, type Io, run } from '../src/index.ts';

export interface TerminalOptions {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly env?: Io['env'];
  readonly now?: () => number;
  readonly signal?: AbortSignal;
  readonly builtins?: Builtins;
}

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in this process and returns what a user would see. */
export async function datagen(words: readonly string[], options: TerminalOptions = {}): Promise<Outcome> {
  const { io, outcome } = terminal(options);
  const exitCode = await run(words, io, options.builtins ?? BUILTINS);
  return { exitCode, ...outcome() };
}

/** Streams that keep what is written to them. */
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
    },
  });
  const signal = options.signal ?? new AbortController().signal;
  const io: Io = {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env: options.env ?? {},
    now: options.now ?? (() => performance.now()),
    interruption: () => signal,
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
