import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { createPlace } from './place.ts';

const bin = fileURLToPath(new URL('../../cli/bin/datagen.js', import.meta.url));

interface Moment {
  readonly atMs: number;
  /** How long processors have worked for the run until then. */
  readonly workedMs: number;
  readonly percent: number;
}

interface Estimate extends Moment {
  readonly leftMs: number;
}

interface Watched {
  readonly start: Moment;
  readonly estimates: readonly Estimate[];
  /** How long processors have worked for the whole run. */
  readonly workedMs: number;
}

/** Runs a command as on a terminal, and takes down what its bar says. */
async function watch(words: readonly string[]): Promise<Watched> {
  const terminal = 'data:text/javascript,process.stderr.isTTY=true';
  const child = spawn(process.execPath, ['--import', terminal, bin, ...words], {
    env: { ...process.env, TERM: 'xterm', NO_COLOR: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let workedMs = 0;
  const look = () => (workedMs = timeWorkedFor(child.pid) ?? workedMs);
  const momentAt = (percent: number): Moment => ({ atMs: performance.now(), workedMs: look(), percent });
  const start = momentAt(0);
  // Nobody tells of a process that has ended.
  const clock = setInterval(look, 20);
  const estimates: Estimate[] = [];
  child.stderr.setEncoding('utf8').on('data', (drawn: string) => {
    const [, percent, left] = /(\d+) % .* {2}(.+) left$/.exec(drawn) ?? [];
    if (percent === undefined || left === undefined) return;
    estimates.push({ ...momentAt(Number(percent)), leftMs: msOf(left) });
  });
  const exitCode = await new Promise((resolve) => child.once('close', resolve));
  clearInterval(clock);
  expect(exitCode).toBe(0);
  return { start, estimates, workedMs };
}

/** Milliseconds that processors have worked for a process; where no system tells, those that have passed. */
function timeWorkedFor(pid: number | undefined): number | undefined {
  if (process.platform !== 'linux') return performance.now();
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    // User and system time in hundredths of a second: the 14th and 15th field, the second one of which ends with ")".
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    // It has ended.
    return undefined;
  }
}

/** `0.4 s`, `12 s` or `2 min 05 s` in milliseconds. */
function msOf(text: string): number {
  const [, minutes = '0', seconds] = /^(?:(\d+) min )?([\d.]+) s$/.exec(text) ?? [];
  return (Number(minutes) * 60 + Number(seconds)) * 1_000;
}

/**
 * The median of estimate to truth while a tenth to six tenths of the rows had come. The truth is how long the rest would
 * have taken had processors worked for it as they did for the rows that the estimate comes from: other work on the
 * machine begins and ends.
 */
async function medianRatio(words: readonly string[]): Promise<number> {
  const { start, estimates, workedMs } = await watch(words);
  const ratios = estimates
    .filter(({ percent }) => percent >= 10 && percent <= 60)
    .map((estimate) => {
      const from = estimates.findLast(({ percent }) => percent <= estimate.percent / 2) ?? start;
      const pace = (estimate.workedMs - from.workedMs) / (estimate.atMs - from.atMs);
      return (estimate.leftMs * pace) / (workedMs - estimate.workedMs);
    })
    .sort((a, b) => a - b);
  expect(ratios.length).toBeGreaterThan(3);
  return ratios[ratios.length >> 1] as number;
}

/** Rows also cost more while other work is in the caches, which begins or ends in the middle of a run, but hardly of each. */
const TRIES = 3;

describe('the time left that a run shows', () => {
  it.each([
    ['a shop', 'ecommerce', '2026-02-28', ['--n-customers', '200000', '--orders-per-day', '60000']],
    ['readings', 'sensors', '2026-01-04', ['--n-devices', '2000']],
  ])(
    'is right by a factor of 1.5 from a tenth of its rows on: %s',
    async (_, generator, endDate, options) => {
      const tried: number[] = [];
      for (let i = 0; i < TRIES; i++) {
        const days = ['--start-date', '2026-01-01', '--end-date', endDate];
        const words = ['generate', generator, await createPlace(), ...days, ...options, '--max-workers', '2'];
        const ratio = await medianRatio(words);
        if (ratio > 1 / 1.5 && ratio < 1.5) return;
        tried.push(ratio);
      }
      expect(tried).toEqual('one ratio between 1 / 1.5 and 1.5');
    },
    300_000,
  );
});
