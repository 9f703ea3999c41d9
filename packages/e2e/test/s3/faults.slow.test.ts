import { randomInt } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { writeDataset } from '@datagen/core';
import { isDatagenError } from '@datagen/core/writer';
import { ecommerce } from '@datagen/ecommerce';
import { parquet } from '@datagen/parquet';
import { s3 } from '@datagen/s3';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { createPlace } from '../place.ts';
import { ROUNDS, rounds } from '../faults/rounds.ts';
import { treeDigests } from '../tree.ts';
import { type Fault, FaultProxy, type SeenRequest } from './fault-proxy.ts';
import { S3Server, s3Binary } from './s3-server.ts';

/** How likely a request is to meet a fault, and in how many requests after it the same one goes on. */
const FAULTS: Readonly<
  Record<Fault, { readonly chance: (operation: string) => number; readonly burst?: number }>
> = {
  reset: { chance: (operation) => (operation === 'UploadPart' ? 0.5 : 0.15) },
  slowDown: { chance: () => 0.08, burst: 2 },
  internalError: { chance: (operation) => (operation === 'CompleteMultipartUpload' ? 0.7 : 0.1) },
  lostAnswer: { chance: (operation) => (operation === 'CompleteMultipartUpload' ? 0.7 : 0.2) },
  latency: { chance: (operation) => (operation === 'UploadPart' ? 0.6 : 0.1) },
  cutAnswer: { chance: (operation) => (operation === 'GetObject' ? 0.4 : 0.2) },
};

/** Numbers from 0 to 1 that are the same for the same seed: Mulberry32. */
function numbersOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t ^= t + Math.imul(t ^ (t >>> 7), 61 | t);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

function faultsBySeed(fault: Fault, seed: number): (request: SeenRequest) => Fault | undefined {
  const next = numbersOf(seed * 1_000 + fault.length);
  const { chance, burst = 0 } = FAULTS[fault];
  let goesOn = 0;
  return ({ operation }) => {
    if (goesOn-- > 0) return fault;
    if (next() >= chance(operation)) return undefined;
    goesOn = burst;
    return fault;
  };
}

// One file of several parts, and some that are put at once.
const shop = ecommerce({ nCustomers: 2_000, nProducts: 300, ordersPerDay: 45_000 });
const run = {
  startDate: '2026-01-01',
  endDate: '2026-01-10',
  tables: ['customers', 'products', 'orders'],
  fileRowsTarget: 1_000_000,
  compression: 'none',
  maxWorkers: 1,
} as const;

type Outcome = 'completed' | 'ended with a sentence' | 'met no fault';

(s3Binary === '' ? describe.skip : describe)('a run whose store goes wrong', () => {
  let server: S3Server;
  let whole: Record<string, string>;

  beforeAll(async () => {
    server = await S3Server.start();
    const place = await createPlace();
    await writeDataset(shop, parquet(place), run);
    whole = treeDigests(place);
    expect(Object.keys(whole)).toHaveLength(3);
  }, 120_000);

  /** What lies below a prefix without claims, as the server's disk has it. */
  const tablesOf = (prefix: string) =>
    Object.fromEntries(
      Object.entries(treeDigests(path.join(server.folder, prefix))).filter(
        ([name]) => !name.startsWith('.datagen/'),
      ),
    );

  async function runWith(fault: Fault, seed: number): Promise<Outcome> {
    const prefix = `${fault}-${seed}`;
    const proxy = await FaultProxy.start(server.port, faultsBySeed(fault, seed));
    const faulty = parquet(s3(server.uri(prefix), server.options(proxy.port)));
    let outcome: Outcome = 'completed';
    try {
      await writeDataset(shop, faulty, run);
      // And once more, which reads what is there.
      const again = await writeDataset(shop, faulty, run);
      expect(again.tables.map(({ rowCount }) => rowCount)).toEqual([0, 0, 0]);
    } catch (thrown) {
      if (!isDatagenError(thrown)) throw thrown;
      // A claim that could not be removed at the end of the first run stands in the way of the second.
      const sentence =
        thrown.code === 'TABLE_CONFLICT'
          ? /^Another run has been writing `\w+` to s3:\/\/lake\/[^\n]*\.$/
          : /^Cannot (list|read|write|remove) s3:\/\/lake\/[^\n]*\.$/;
      expect(thrown.message).toMatch(sentence);
      const left = Object.entries(tablesOf(prefix));
      expect(left).toEqual(left.map(([name]) => [name, whole[name]]));
      outcome = 'ended with a sentence';
    } finally {
      await proxy.close();
    }
    // Another process would know that the run of a claim is gone; this one is still there.
    rmSync(path.join(server.folder, prefix, '.datagen'), { recursive: true, force: true });
    await writeDataset(shop, parquet(s3(server.uri(prefix), server.options())), run);
    expect(tablesOf(prefix)).toEqual(whole);
    return proxy.happened.length === 0 ? 'met no fault' : outcome;
  }

  it.each(Object.keys(FAULTS) as Fault[])(
    'has the same objects, or ends with one sentence and is completed by the next: %s',
    async (fault) => {
      const outcomes: Outcome[] = [];
      const firstSeed = randomInt(2 ** 31);
      const completed = () => outcomes.filter((outcome) => outcome === 'completed').length;
      const left = rounds(() => completed() > ROUNDS / 2);
      const runs = async () => {
        for (const round of left)
          outcomes.push(
            await runWith(fault, firstSeed + round).catch((cause: unknown) => {
              throw new Error(`With the seed ${firstSeed + round}: ${String(cause)}`, { cause });
            }),
          );
      };
      // What takes long is waiting.
      await Promise.all(Array.from({ length: 4 }, runs));
      expect(completed()).toBeGreaterThan(ROUNDS / 2);
    },
    600_000,
  );
});
