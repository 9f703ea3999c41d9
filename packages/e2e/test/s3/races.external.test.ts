import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeDataset } from '@datagen/core';
import { ecommerce } from '@datagen/ecommerce';
import { parquet } from '@datagen/parquet';
import { s3 } from '@datagen/s3';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createPlace } from '../place.ts';
import { treeDigests } from '../tree.ts';
import { FaultProxy } from './fault-proxy.ts';
import { S3Server, s3Binary } from './s3-server.ts';

/** A file that no two writers make alike, in chunks whose memory is used again. */
async function* bytesOf(writer: number, byteCount: number): AsyncGenerator<Uint8Array> {
  const memory = Buffer.alloc(700_001);
  for (let at = 0; at < byteCount; at += memory.byteLength) {
    memory.fill(`${writer} at ${at};`);
    yield await Promise.resolve(memory.subarray(0, Math.min(memory.byteLength, byteCount - at)));
  }
}

async function digestOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}

/** Below the size of a part, exactly one part, and more than fit into what is sent at once. */
const SIZES = [100, 8_388_608, 45_000_000];

(s3Binary === '' ? describe.skip : describe)('writers of one object', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await S3Server.start();
  }, 60_000);
  const onDisk = (name: string) =>
    createHash('sha256')
      .update(readFileSync(path.join(server.folder, name)))
      .digest('hex');

  it.each(SIZES)('put %d bytes as they are', async (byteCount) => {
    const storage = s3(server.uri('plain'), server.options());
    expect(await storage.write(`${byteCount}`, bytesOf(0, byteCount))).toBe(byteCount);
    expect(onDisk(`plain/${byteCount}`)).toBe(await digestOf(bytesOf(0, byteCount)));
  });

  it.each(SIZES)(
    'that create it in parts or at once: one of eight wins and the others hear so, %d bytes',
    async (byteCount) => {
      const proxy = await FaultProxy.start(server.port);
      const storage = s3(server.uri('races'), server.options(proxy.port));
      const writers = [0, 1, 2, 3, 4, 5, 6, 7];
      const answers = await Promise.all(
        writers.map((i) => storage.write(`${byteCount}`, bytesOf(i, byteCount), { ifAbsent: true })),
      );
      const winners = writers.filter((i) => answers[i] !== undefined);
      expect(winners).toHaveLength(1);
      expect(answers[winners[0] ?? 0]).toBe(byteCount);
      expect(onDisk(`races/${byteCount}`)).toBe(await digestOf(bytesOf(winners[0] ?? 0, byteCount)));
      expect(await server.unfinishedUploads()).toEqual([]);
    },
    60_000,
  );

  it.each(SIZES)(
    'whose answers are lost know their own object from that of others, %d bytes',
    async (byteCount) => {
      const deciding = ['PutObject', 'CompleteMultipartUpload'];
      const lost = new Set<string>();
      const proxy = await FaultProxy.start(server.port, ({ operation, key }) => {
        // The first answer for each key.
        if (!deciding.includes(operation) || lost.has(key)) return undefined;
        lost.add(key);
        return 'lostAnswer';
      });
      const storage = s3(server.uri('lost'), server.options(proxy.port));
      for (const ifAbsent of [true, false]) {
        const name = `${byteCount}-${ifAbsent}`;
        expect(await storage.write(name, bytesOf(1, byteCount), { ifAbsent })).toBe(byteCount);
        expect(onDisk(`lost/${name}`)).toBe(await digestOf(bytesOf(1, byteCount)));
        expect(await storage.write(name, bytesOf(2, byteCount), { ifAbsent: true })).toBeUndefined();
        expect(onDisk(`lost/${name}`)).toBe(await digestOf(bytesOf(1, byteCount)));
      }
      expect(proxy.happened).toHaveLength(2);
      expect(await server.unfinishedUploads()).toEqual([]);
    },
    60_000,
  );

  it('that are told of a conflict try again, and hear of the other one', async () => {
    let conflicts = 0;
    const proxy = await FaultProxy.start(server.port, ({ operation }) =>
      ['PutObject', 'CompleteMultipartUpload'].includes(operation) && conflicts++ < 2
        ? { status: 409, code: 'ConditionalRequestConflict' }
        : undefined,
    );
    const storage = s3(server.uri('conflict'), server.options(proxy.port));
    for (const byteCount of [100, 9_000_000]) {
      conflicts = 0;
      expect(await storage.write(`${byteCount}`, bytesOf(1, byteCount), { ifAbsent: true })).toBe(byteCount);
      expect(conflicts).toBe(3);
      conflicts = 0;
      expect(await storage.write(`${byteCount}`, bytesOf(2, byteCount), { ifAbsent: true })).toBeUndefined();
      expect(conflicts).toBe(1);
    }
  });

  it('leave nothing of a file that could not be made', async () => {
    const storage = s3(server.uri('half'), server.options());
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield* bytesOf(1, 30_000_000);
      throw new RangeError('no more rows');
    }
    await expect(storage.write('x', broken())).rejects.toThrow(RangeError);
    expect(await storage.list('')).toEqual([]);
    expect(await server.unfinishedUploads()).toEqual([]);
  });
});

(s3Binary === '' ? describe.skip : describe)('identical runs into one prefix at once', () => {
  it('leave every file once, or one is told of the other', async () => {
    const server = await S3Server.start();
    const shop = ecommerce({ nCustomers: 500, nProducts: 50, ordersPerDay: 200 });
    const run = { startDate: '2026-01-01', endDate: '2026-01-20', partitionBy: 'week', maxWorkers: 1 };
    const place = await createPlace();
    await writeDataset(shop, parquet(place), run);
    for (let round = 0; round < 5; round++) {
      const folder = path.join(server.folder, `round${round}`);
      // The server keeps objects in folders and stumbles where one run puts a claim while another removes the last one.
      mkdirSync(path.join(folder, '.datagen/claims'), { recursive: true });
      writeFileSync(path.join(folder, '.datagen/claims/keep'), '');
      const write = () => writeDataset(shop, parquet(s3(server.uri(`round${round}`), server.options())), run);
      const ends = await Promise.allSettled([write(), write()]);
      const failures = ends.filter((end) => end.status === 'rejected').map(({ reason }) => reason as Error);
      expect(failures.map(({ message }) => message)).toEqual(
        failures.map(() =>
          expect.stringMatching(/^Another run has been writing `\w+` to s3:\/\/lake\/round/),
        ),
      );
      await write();
      rmSync(path.join(folder, '.datagen'), { recursive: true });
      expect(treeDigests(folder)).toEqual(treeDigests(place));
    }
  }, 120_000);
});
