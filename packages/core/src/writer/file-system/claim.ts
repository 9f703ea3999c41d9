import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Storage } from '../../storage/storage.ts';
import type { DatagenError } from '../../support/errors.ts';
import { ownerState, ownOwner } from '../../support/owner.ts';
import { putJson } from '../../storage/put-json.ts';
import { tableConflict } from '../table-conflicts.ts';

/** Beside the tables, where no reader of a table looks. */
const FOLDER = '.datagen/claims';
/** A claim is put again this often, so that its age says whether its run lives. */
const HEARTBEAT_MS = 30_000;
/** A claim of a run on another machine that was not put again for so long is stale. */
const STALE_AFTER_MS = 5 * 60_000;
/** Runs that begin so near to each other may have seen each other's claims before either had looked. */
const SAME_MOMENT_MS = 2_000;
/** How often a run looks at the claim of such another one before it gives up. */
const LOOKS = 12;

const Content = z.object({ table: z.string(), runId: z.string(), owner: z.string(), startedMs: z.number() });
type Content = z.infer<typeof Content>;

/**
 * Says that a run is writing a table whose listing is the table. Two runs at once that cut files differently would put
 * every row there twice, and there is no commit in which the second could notice.
 */
export class Claim {
  readonly #storage: Storage;
  readonly #content: Content;
  #heartbeat: NodeJS.Timeout | undefined;

  private constructor(storage: Storage, content: Content) {
    this.#storage = storage;
    this.#content = content;
  }

  /**
   * Claims a table for a run: it has it once it has looked while its own claim lay there and no other did. Of runs that
   * see each other's claims all but the one with the first id step back. Throws `TABLE_CONFLICT` while another run that
   * lives has the table.
   */
  static async take(storage: Storage, table: string, runId: string): Promise<Claim> {
    const claim = new Claim(storage, { table, runId, owner: ownOwner(), startedMs: Date.now() });
    try {
      await claim.#contend();
    } catch (thrown) {
      // What went wrong first is the reason.
      await claim.release().catch(() => undefined);
      throw thrown;
    }
    claim.#heartbeat = setInterval(() => {
      claim.#put().catch(() => undefined);
    }, HEARTBEAT_MS).unref();
    return claim;
  }

  async #contend(): Promise<void> {
    const { runId, startedMs } = this.#content;
    await this.#put();
    let isPut = true;
    for (let look = 1; ; look++) {
      const other = await this.#other();
      if (other === undefined) {
        if (isPut) return;
        await this.#put();
        isPut = true;
        continue;
      }
      const isEarlier = startedMs - other.startedMs > SAME_MOMENT_MS;
      if (isEarlier || look >= LOOKS) throw claimedBy(other, this.#storage);
      if (isPut && other.runId < runId) {
        await this.release();
        isPut = false;
      }
      await wait(50 + Math.random() * 250);
    }
  }

  async release(): Promise<void> {
    clearInterval(this.#heartbeat);
    await this.#storage.remove(this.#path);
  }

  get #path(): string {
    return `${FOLDER}/${this.#content.table}-${this.#content.runId}.json`;
  }

  async #put(): Promise<void> {
    await putJson(this.#storage, this.#path, this.#content);
  }

  /** The claim of another run that lives; stale ones are removed. */
  async #other(): Promise<Content | undefined> {
    const listed = await this.#storage.list(FOLDER);
    // By the clock of the storage, which only a claim of one's own tells.
    const nowMs = listed.find(({ path }) => path === this.#path)?.modifiedMs;
    const isStale = (modifiedMs: number) => nowMs !== undefined && nowMs - modifiedMs >= STALE_AFTER_MS;
    for (const { path, modifiedMs } of listed) {
      if (path === this.#path || !path.startsWith(`${FOLDER}/${this.#content.table}-`)) continue;
      const content = await readClaim(this.#storage, path);
      if (content?.table !== this.#content.table) continue;
      const state = ownerState(content.owner);
      if (state === 'running' || (state === 'unknown' && !isStale(modifiedMs))) return content;
      await this.#storage.remove(path);
    }
    return undefined;
  }
}

function claimedBy({ table, runId, owner, startedMs }: Content, { uri }: Storage): DatagenError {
  return tableConflict(
    `Another run has been writing \`${table}\` to ${uri} since ${new Date(startedMs).toISOString()}. ` +
      'Wait for it to end and run the same command again, or choose another output.',
    { table, runId, owner },
  );
}

/** Undefined where it has gone meanwhile, or is no claim. */
async function readClaim(storage: Storage, path: string): Promise<Content | undefined> {
  try {
    return Content.parse(JSON.parse(new TextDecoder().decode(await storage.read(path))));
  } catch {
    return undefined;
  }
}
