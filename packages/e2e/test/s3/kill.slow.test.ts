import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { moments, ROUNDS } from '../faults/rounds.ts';
import { createPlace } from '../place.ts';
import { treeDigests } from '../tree.ts';
import { S3Server, s3Binary } from './s3-server.ts';

const bin = fileURLToPath(new URL('../../../cli/bin/datagen.js', import.meta.url));

/** Formats without a catalog; text has one writer, so one of it will do. */
const FORMATS = [
  { format: 'parquet', extension: '.parquet' },
  { format: 'jsonl', extension: '.jsonl' },
] as const;
type Format = (typeof FORMATS)[number];

function command(output: string, { format }: Format): string[] {
  const dates = ['--start-date', '2026-01-01', '--end-date', '2026-01-31'];
  // Files of several parts, and many that are put at once.
  const size = ['--n-customers', '20000', '--orders-per-day', '40000', '--compression', 'none'];
  const layout = [
    '--file-rows-target',
    '500000',
    '--partition-by',
    'week',
    '--max-workers',
    '2',
    '--format',
    format,
  ];
  return [bin, 'generate', 'ecommerce', output, '--tables', 'customers,orders', ...dates, ...size, ...layout];
}

(s3Binary === '' ? describe.skip : describe).each(FORMATS)(
  'a run to S3 as $format that is killed',
  (wanted) => {
    let server: S3Server;
    let whole: Record<string, string>;
    let unbrokenMs = Number.POSITIVE_INFINITY;
    const start = (output: string, ...more: string[]) =>
      spawn(process.execPath, [...command(output, wanted), ...more], {
        stdio: 'ignore',
        env: { ...process.env, ...server.environment() },
      });
    const codeOf = async (child: ReturnType<typeof start>) => {
      const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
      return code ?? signal;
    };
    /** None where the run was killed before it had put any. */
    const objects = (prefix: string) => {
      const folder = path.join(server.folder, prefix);
      return existsSync(folder) ? treeDigests(folder) : {};
    };

    beforeAll(async () => {
      server = await S3Server.start();
      const place = await createPlace();
      expect(await codeOf(start(place))).toBe(0);
      whole = treeDigests(place);
      for (let i = 0; i < 2; i++) {
        const started = performance.now();
        expect(await codeOf(start(server.uri(`whole${i}`)))).toBe(0);
        unbrokenMs = Math.min(unbrokenMs, performance.now() - started);
      }
      expect(objects('whole0')).toEqual(whole);
    }, 120_000);

    it('has the same objects as an unbroken one after the same command, and no upload left', async () => {
      let broken = 0;
      let unfinished = 0;
      // Else no kill was in the middle of an upload.
      for (const moment of moments(() => broken > ROUNDS / 4 && unfinished > 0)) {
        const prefix = `killed${String(moment)}`;
        const child = start(server.uri(prefix));
        const ended = codeOf(child);
        await wait(unbrokenMs * (0.2 + 0.7 * moment));
        child.kill('SIGKILL');
        if ((await ended) === 'SIGKILL') broken++;
        const kept = Object.entries(objects(prefix)).filter(([name]) => name.endsWith(wanted.extension));
        expect(kept).toEqual(kept.map(([name]) => [name, whole[name]]));
        unfinished += (await server.unfinishedUploads()).length;
        expect(await codeOf(start(server.uri(prefix), '--s3-abort-uploads-after-hours', '0'))).toBe(0);
        expect(objects(prefix)).toEqual(whole);
        expect(await server.unfinishedUploads()).toEqual([]);
      }
      expect(broken).toBeGreaterThan(ROUNDS / 4);
      expect(unfinished).toBeGreaterThan(0);
    }, 600_000);

    it('leaves alone uploads that may be of a run that is under way', async () => {
      const prefix = 'young';
      let left: readonly string[] = [];
      while (left.length === 0) {
        const child = start(server.uri(prefix));
        const ended = codeOf(child);
        while (left.length === 0 && child.exitCode === null) {
          await wait(2);
          left = await server.unfinishedUploads();
        }
        child.kill('SIGKILL');
        await ended;
        left = await server.unfinishedUploads();
      }
      expect(await codeOf(start(server.uri(prefix)))).toBe(0);
      expect(await server.unfinishedUploads()).toEqual(left);
      expect(await codeOf(start(server.uri(prefix), '--s3-abort-uploads-after-hours', '0'))).toBe(0);
      expect(await server.unfinishedUploads()).toEqual([]);
    }, 120_000);
  },
);
