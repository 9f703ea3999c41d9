import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { resolveEncoder } from '@datagen/parquet';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createPlace } from '../place.ts';
import { treeDigests } from '../tree.ts';

const script = fileURLToPath(new URL('./faulty-run.mjs', import.meta.url));

interface Ending {
  readonly code: string;
  readonly message?: string;
  readonly threads: { readonly started: number; readonly ended: number };
  /** How long the process lived on after the run. */
  readonly lingeredMs: number;
}

/** Runs faulty-run.mjs in a process of its own, until that exits by itself. */
async function run(place: string, fault: string): Promise<Ending> {
  const child = spawn(process.execPath, [script, place], {
    env: { ...process.env, FAULT: fault },
    stdio: ['ignore', 'pipe', 'ignore'],
    // One that hangs ends by a signal, without an exit code.
    timeout: 60_000,
  });
  let text = '';
  let endedMs = 0;
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
    endedMs = performance.now();
  });
  const exitCode = await new Promise((resolve) => child.once('close', resolve));
  expect(exitCode).toBe(0);
  return { ...(JSON.parse(text) as Omit<Ending, 'lingeredMs'>), lingeredMs: performance.now() - endedMs };
}

const BLOCK = 'block 2026-01-19 of `events`';
type Fault = [fault: string, code: string, message: string | RegExp];
const PANIC: Fault = [
  'panic',
  'ENCODE_FAILED',
  /^Cannot write the file of `events` with blocks 2026-01-\d\d to 2026-01-\d\d: The native encoder failed: the encoder panicked: asked for$/,
];
const FAULTS: Fault[] = [
  ['throw', 'GENERATE_FAILED', 'Block 2026-01-19 of `events` failed: the cause'],
  // Later is when the thread makes its next pause, which may be in the next block.
  [
    'throwLater',
    'GENERATE_FAILED',
    /^A worker thread died while it made block .* of `events`: the later cause$/,
  ],
  ['exit', 'GENERATE_FAILED', `A worker thread died while it made ${BLOCK}: worker exited with code: 7`],
  ['abort', 'ABORTED', 'The run was interrupted.'],
  ...(resolveEncoder('auto') === 'native' ? [PANIC] : []),
];

describe('a run whose plug-in goes wrong on a thread', () => {
  let whole: Record<string, string>;

  beforeAll(async () => {
    const place = await createPlace();
    expect(await run(place, 'none')).toMatchObject({ code: 'none', threads: { started: 2, ended: 2 } });
    whole = treeDigests(place);
    expect(Object.keys(whole)).toHaveLength(5);
  }, 60_000);

  it.each(FAULTS)(
    'ends with all its threads, leaves whole files alone, and is finished without the fault: %s',
    async (fault, code, message) => {
      const place = await createPlace();
      const { threads, lingeredMs, ...error } = await run(place, fault);
      expect(error).toEqual({
        code,
        message: typeof message === 'string' ? message : expect.stringMatching(message),
      });
      // The pool replaces a thread that died.
      expect(threads.started).toBeGreaterThanOrEqual(2);
      expect(threads.ended).toBe(threads.started);
      expect(lingeredMs).toBeLessThan(5_000);
      const left = Object.entries(treeDigests(place));
      expect(left.length).toBeLessThan(5);
      expect(left).toEqual(left.map(([name]) => [name, whole[name]]));
      await run(place, 'none');
      expect(treeDigests(place)).toEqual(whole);
    },
    60_000,
  );
});
