import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { digestOf, liveFiles, lyingFiles } from '../formats/delta/live-rows.ts';
import { moments, ROUNDS } from '../faults/rounds.ts';
import { S3Server, s3Binary } from './s3-server.ts';

const bin = fileURLToPath(new URL('../../../cli/bin/datagen.js', import.meta.url));
const TABLES = ['customers', 'orders'] as const;

function command(output: string): string[] {
  const dates = ['--start-date', '2026-01-01', '--end-date', '2026-01-31'];
  // Files of several parts, and some that are put at once.
  const size = ['--n-customers', '20000', '--orders-per-day', '20000', '--compression', 'none'];
  const layout = ['--file-rows-target', '200000', '--partition-by', 'week', '--max-workers', '2'];
  const words = ['generate', 'ecommerce', output, '--format', 'delta', '--tables', TABLES.join()];
  return [bin, ...words, ...dates, ...size, ...layout];
}

(s3Binary === '' ? describe.skip : describe)('a run into Delta tables on S3 that is killed', () => {
  let server: S3Server;
  let whole: readonly (readonly string[])[];
  let unbrokenMs = Number.POSITIVE_INFINITY;
  const start = (output: string, ...more: string[]) =>
    spawn(process.execPath, [...command(output), ...more], {
      stdio: 'ignore',
      env: { ...process.env, ...server.environment() },
    });
  const codeOf = async (child: ReturnType<typeof start>) => {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
    return code ?? signal;
  };
  const tableAt = (prefix: string, table: string) => path.join(server.folder, prefix, table);
  const digestsOf = (prefix: string) =>
    Promise.all(TABLES.map((table) => digestOf(liveFiles(tableAt(prefix, table)))));

  beforeAll(async () => {
    server = await S3Server.start();
    for (let i = 0; i < 2; i++) {
      const started = performance.now();
      expect(await codeOf(start(server.uri(`whole${i}`)))).toBe(0);
      unbrokenMs = Math.min(unbrokenMs, performance.now() - started);
    }
    whole = await digestsOf('whole0');
  }, 120_000);

  it('has its rows once after the same command, and no upload left, at random moments', async () => {
    let broken = 0;
    for (const moment of moments(() => broken > ROUNDS / 4)) {
      const prefix = `killed${String(moment)}`;
      const child = start(server.uri(prefix));
      const ended = codeOf(child);
      await wait(unbrokenMs * (0.2 + 0.8 * moment));
      child.kill('SIGKILL');
      if ((await ended) === 'SIGKILL') broken++;
      expect(await codeOf(start(server.uri(prefix), '--s3-abort-uploads-after-hours', '0'))).toBe(0);
      expect(await digestsOf(prefix)).toEqual(whole);
      for (const table of TABLES) expect(lyingFiles(tableAt(prefix, table))).toEqual([]);
      expect(await server.unfinishedUploads()).toEqual([]);
    }
    expect(broken).toBeGreaterThan(ROUNDS / 4);
  }, 600_000);
});
