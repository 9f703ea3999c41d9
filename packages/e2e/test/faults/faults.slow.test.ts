import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { moments, ROUNDS } from './rounds.ts';
import { createPlace } from '../place.ts';
import { treeDigests } from '../tree.ts';

const bin = fileURLToPath(new URL('../../../cli/bin/datagen.js', import.meta.url));

/** Formats without a catalog, in which a file is there whole or not at all. Text shares its writer, so one of it will do. */
const FORMATS = [
  { format: 'parquet', compression: 'snappy', extension: '.parquet' },
  { format: 'csv', compression: 'gzip', extension: '.csv.gz' },
] as const;

function command(output: string, { format, compression }: (typeof FORMATS)[number] = FORMATS[0]): string[] {
  const dates = ['--start-date', '2026-01-01', '--end-date', '2026-01-31'];
  const size = [
    '--n-customers',
    '20000',
    '--orders-per-day',
    '5000',
    '--file-rows-target',
    '25000',
    '--partition-by',
    'week',
    // Threads, whatever the machine.
    '--max-workers',
    '2',
  ];
  const layout = ['--format', format, '--compression', compression];
  return [bin, 'generate', 'ecommerce', output, ...dates, ...size, ...layout, '--json'];
}

describe.each(FORMATS)('a run to $format that is killed', (wanted) => {
  let whole: Record<string, string>;
  let unbrokenMs = Number.POSITIVE_INFINITY;

  beforeAll(async () => {
    // The faster of two, so that a moment's load does not push all kills behind the end of a run.
    for (let i = 0; i < 2; i++) {
      const place = await createPlace();
      const started = performance.now();
      execFileSync(process.execPath, command(place, wanted), { stdio: 'ignore' });
      unbrokenMs = Math.min(unbrokenMs, performance.now() - started);
      whole = treeDigests(place);
    }
  }, 120_000);

  it('leaves the same bytes as an unbroken one once the command is repeated, at random moments', async () => {
    expect(Object.keys(whole).length).toBeGreaterThan(20);
    let broken = 0;
    for (const moment of moments(() => broken > ROUNDS / 4)) {
      const place = await createPlace();
      const child = spawn(process.execPath, command(place, wanted), { stdio: 'ignore' });
      const ended = new Promise<NodeJS.Signals | null>((resolve) =>
        child.once('exit', (_, signal) => resolve(signal)),
      );
      // Spread over the part of a run in which files are written.
      await setTimeout(unbrokenMs * (0.15 + 0.8 * moment));
      child.kill('SIGKILL');
      if ((await ended) === 'SIGKILL') broken++;
      // What is there under a final name is whole already.
      const kept = Object.entries(treeDigests(place)).filter(([name]) => name.endsWith(wanted.extension));
      expect(kept).toEqual(kept.map(([name]) => [name, whole[name]]));
      execFileSync(process.execPath, command(place, wanted), { stdio: 'ignore' });
      expect(treeDigests(place)).toEqual(whole);
    }
    expect(broken).toBeGreaterThan(ROUNDS / 4);
  }, 600_000);

  it('ends by Ctrl-C with exit code 130 and nothing half-written', async () => {
    let place = '';
    let code: number | null = 0;
    // On a loaded machine a run may be done before it is interrupted.
    for (let tries = 0; tries < 10 && code === 0; tries++) {
      place = await createPlace();
      const child = spawn(process.execPath, command(place, wanted), { stdio: 'ignore' });
      const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
      while (!existsSync(path.join(place, 'orders')) && child.exitCode === null) await setTimeout(5);
      child.kill('SIGINT');
      code = await ended;
    }
    expect(code).toBe(130);
    const left = Object.entries(treeDigests(place));
    expect(left.length).toBeLessThan(Object.keys(whole).length);
    expect(left).toEqual(left.map(([name]) => [name, whole[name]]));
    execFileSync(process.execPath, command(place, wanted), { stdio: 'ignore' });
    expect(treeDigests(place)).toEqual(whole);
  }, 120_000);
});

describe('a full disk', () => {
  let mounted: string | undefined;
  const mount = (folder: string, options: string) =>
    spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status === 0;
  afterEach(() => {
    if (mounted !== undefined) spawnSync('umount', [mounted]);
  });

  // Only root may make a small disk.
  const itWithDisk = process.getuid?.() === 0 ? it : it.skip;
  itWithDisk(
    'stops the run with one sentence, keeps whole files, and is finished once there is room',
    async () => {
      const place = await createPlace();
      expect(mount(place, 'size=1m')).toBe(true);
      mounted = place;
      const failed = spawnSync(process.execPath, command(path.join(place, 'out')), { encoding: 'utf8' });
      expect(failed.status).toBe(1);
      expect(failed.stderr.trim().split('\n').at(-1)).toMatch(
        /^datagen: Cannot write .*: the disk is full\. Free some space and run the same command again; finished files are kept\.$/,
      );
      expect(Object.keys(treeDigests(place)).filter((name) => !name.endsWith('.parquet'))).toEqual([]);
      spawnSync('mount', ['-o', 'remount,size=64m', place]);
      execFileSync(process.execPath, command(path.join(place, 'out')), { stdio: 'ignore' });
      expect(Object.keys(treeDigests(place)).length).toBeGreaterThan(20);
    },
    60_000,
  );
});
