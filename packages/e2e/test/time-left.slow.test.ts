import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { createPlace } from './place.ts';

const bin = fileURLToPath(new URL('../../cli/bin/datagen.js', import.meta.url));

interface Estimate {
  readonly atMs: number;
  readonly percent: number;
  readonly leftMs: number;
}

/** Runs a command as on a terminal; when it ended, and what its bar said until then. */
async function watch(words: readonly string[]): Promise<{ endMs: number; estimates: Estimate[] }> {
  const terminal = 'data:text/javascript,process.stderr.isTTY=true';
  const child = spawn(process.execPath, ['--import', terminal, bin, ...words], {
    env: { ...process.env, TERM: 'xterm', NO_COLOR: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const estimates: Estimate[] = [];
  child.stderr.setEncoding('utf8').on('data', (drawn: string) => {
    const [, percent, left] = /(\d+) % .* {2}(.+) left$/.exec(drawn) ?? [];
    if (percent === undefined || left === undefined) return;
    estimates.push({ atMs: performance.now(), percent: Number(percent), leftMs: msOf(left) });
  });
  const exitCode = await new Promise((resolve) => child.once('close', resolve));
  expect(exitCode).toBe(0);
  return { endMs: performance.now(), estimates };
}

/** `0.4 s`, `12 s` or `2 min 05 s` in milliseconds. */
function msOf(text: string): number {
  const [, minutes = '0', seconds] = /^(?:(\d+) min )?([\d.]+) s$/.exec(text) ?? [];
  return (Number(minutes) * 60 + Number(seconds)) * 1_000;
}

/** The median of estimate to truth while a tenth to six tenths of the rows had come. */
async function medianRatio(words: readonly string[]): Promise<number> {
  const { endMs, estimates } = await watch(words);
  const ratios = estimates
    .filter(({ percent }) => percent >= 10 && percent <= 60)
    .map(({ atMs, leftMs }) => leftMs / (endMs - atMs))
    .sort((a, b) => a - b);
  expect(ratios.length).toBeGreaterThan(3);
  return ratios[ratios.length >> 1] as number;
}

/** Other work on the machine that begins or ends changes the speed in the middle of a run, but hardly of each run. */
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
