import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { MemoryStorage } from '../../src/storage/memory-storage.ts';
import { putJson } from '../../src/storage/put-json.ts';
import { ownOwner } from '../../src/support/owner.ts';
import { Claim } from '../../src/writer/file-system/claim.ts';

/** Answers late, by up to so many milliseconds, as a store under load does. */
class SlowStorage extends MemoryStorage {
  readonly #latencyMs: number;

  constructor(uri: string, latencyMs: number) {
    super(uri);
    this.#latencyMs = latencyMs;
  }

  override async list(folder: string) {
    await this.#pause();
    const listed = await super.list(folder);
    await this.#pause();
    return listed;
  }

  override async write(...args: Parameters<MemoryStorage['write']>) {
    await this.#pause();
    const written = await super.write(...args);
    await this.#pause();
    return written;
  }

  override async remove(path: string) {
    await this.#pause();
    await super.remove(path);
    await this.#pause();
  }

  #pause(): Promise<void> {
    return wait(Math.random() * this.#latencyMs);
  }
}

const isTaken = (end: PromiseSettledResult<Claim>) => end.status === 'fulfilled';
const OTHERS = '.datagen/claims/events-other.json';

describe('claims of one table by runs that begin at once', () => {
  it.each([2, 5])('go to one of %i, however slow the store is', async (runCount) => {
    const rounds = Array.from({ length: 10 }, async (_, round) => {
      const storage = new SlowStorage(`memory:claims-${runCount}-${round}`, 100);
      const takes = Array.from({ length: runCount }, (_, i) => Claim.take(storage, 'events', `run-${i}`));
      const ends = await Promise.allSettled(takes);
      expect(ends.filter(isTaken)).toHaveLength(1);
      for (const end of ends) {
        if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'TABLE_CONFLICT' });
        else await end.value.release();
      }
      // Nobody leaves anything.
      expect(await storage.list('')).toEqual([]);
    });
    await Promise.all(rounds);
  });

  it('are refused at once where a run has long begun, and free once it has ended', async () => {
    const storage = new MemoryStorage('memory:claims-earlier');
    const startedMs = Date.now() - 60_000;
    await putJson(storage, OTHERS, { table: 'events', runId: 'other', owner: ownOwner(), startedMs });
    await expect(Claim.take(storage, 'events', 'a')).rejects.toMatchObject({
      code: 'TABLE_CONFLICT',
      details: { runId: 'other' },
    });
    expect((await storage.list('')).map(({ path }) => path)).toEqual([OTHERS]);
    await storage.remove(OTHERS);
    const claim = await Claim.take(storage, 'events', 'a');
    await claim.release();
  });

  it('of other tables are no hindrance', async () => {
    const storage = new MemoryStorage('memory:claims-tables');
    const claims = await Promise.all(
      ['orders', 'order_items'].map((table) => Claim.take(storage, table, 'a')),
    );
    expect(await storage.list('')).toHaveLength(2);
    for (const claim of claims) await claim.release();
  });
});
