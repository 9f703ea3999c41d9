import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Storage } from '../../storage/storage.ts';
import { ownerState, ownOwner } from '../../support/owner.ts';
import { putJson } from '../../storage/put-json.ts';
import { tableConflict } from '../table-conflicts.ts';

/** Beside the tables, where no reader of a table looks. */
const FOLDER = '.datagen/claims';
/** A claim is put again this often, so that its age says whether its run lives. */
const HEARTBEAT_MS = 30_000;
/** A claim of a run on another machine that was not put again for so long is stale. */
const STALE_AFTER_MS = 5 * 60_000;
/** Two runs that claim at the same moment see each other; both step back and try again. */
const TRIES = 4;
const SAME_MOMENT_MS = 2_000;

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

  /** Claims a table for a run; throws `TABLE_CONFLICT` while another run that lives has it. */
  static async take(storage: Storage, table: string, runId: string): Promise<Claim> {
    for (let attempt = 1; ; attempt++) {
      const claim = new Claim(storage, { table, runId, owner: ownOwner(), startedMs: Date.now() });
      await claim.#put();
      const other = await claim.#other();
      if (other === undefined) {
        claim.#heartbeat = setInterval(() => {
          claim.#put().catch(() => undefined);
        }, HEARTBEAT_MS).unref();
        return claim;
      }
      await claim.release();
      if (attempt === TRIES || Date.now() - other.startedMs > SAME_MOMENT_MS) {
        throw tableConflict(
          `Another run has been writing \`${table}\` to ${storage.uri} since ${new Date(other.startedMs).toISOString()}. ` +
            'Wait for it to end and run the same command again, or choose another output.',
          { table, runId: other.runId, owner: other.owner },
        );
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
    const now = listed.find(({ path }) => path === this.#path)?.modifiedMs ?? Date.now();
    for (const { path, modifiedMs } of listed) {
      if (path === this.#path || !path.startsWith(`${FOLDER}/${this.#content.table}-`)) continue;
      const content = await readClaim(this.#storage, path);
      if (content?.table !== this.#content.table) continue;
      const state = ownerState(content.owner);
      if (state === 'running' || (state === 'unknown' && now - modifiedMs < STALE_AFTER_MS)) return content;
      await this.#storage.remove(path);
    }
    return undefined;
  }
}

/** Undefined where it has gone meanwhile, or is no claim. */
async function readClaim(storage: Storage, path: string): Promise<Content | undefined> {
  try {
    return Content.parse(JSON.parse(new TextDecoder().decode(await storage.read(path))));
  } catch {
    return undefined;
  }
}
