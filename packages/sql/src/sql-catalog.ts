import { setTimeout as sleep } from 'node:timers/promises';
import { DatagenError, throwIfAborted } from '@datagen/core/writer';
import { type SqlDatabase, SqlFailure, type SqlTransaction } from './sql-database.ts';

/** How often a connection that ends is tried again. */
const LOST_TRIES = 4;
const LONGEST_PAUSE_MS = 500;

/**
 * A catalog's database, whose transactions are tried again where somebody else was first or holds it, and whose
 * failures are those of datagen: one sentence that names it.
 */
export class SqlCatalog {
  readonly #database: SqlDatabase;
  readonly #lockSeconds: number;

  constructor(database: SqlDatabase, lockSeconds: number) {
    this.#database = database;
    this.#lockSeconds = lockSeconds;
  }

  /** What it is called in messages. */
  get name(): string {
    return this.#database.name;
  }

  /** Undefined where there is no such database. */
  async read<T>(run: (transaction: SqlTransaction) => Promise<T>): Promise<T | undefined> {
    if (!this.#database.exists()) return undefined;
    return this.#patiently('read', undefined, () => this.#database.transaction('read', run));
  }

  /** `isRepeated` says that an earlier try may have come through, its answer lost. */
  write<T>(
    signal: AbortSignal | undefined,
    run: (transaction: SqlTransaction, isRepeated: boolean) => Promise<T>,
  ): Promise<T> {
    return this.#patiently('write to', signal, (isRepeated) =>
      this.#database.transaction('write', (transaction) => run(transaction, isRepeated)),
    );
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  async #patiently<T>(
    action: string,
    signal: AbortSignal | undefined,
    run: (isRepeated: boolean) => Promise<T>,
  ): Promise<T> {
    const endMs = Date.now() + this.#lockSeconds * 1000;
    let lostCount = 0;
    for (let tries = 1; ; tries++) {
      throwIfAborted(signal);
      try {
        return await run(lostCount > 0);
      } catch (thrown) {
        if (!(thrown instanceof SqlFailure)) throw thrown;
        if (thrown.kind === 'lost') lostCount++;
        const isLast = thrown.kind === 'lost' ? lostCount === LOST_TRIES : Date.now() >= endMs;
        if (thrown.kind === 'failed' || isLast) throw this.#failureOf(thrown, action);
        // Two that meet again and again should not wait for the same time.
        await sleep(Math.min(LONGEST_PAUSE_MS, 10 * 2 ** tries) * (0.5 + Math.random()));
      }
    }
  }

  #failureOf(failure: SqlFailure, action: string): DatagenError {
    const reason = (failure.message.split('\n', 1)[0] ?? '').replace(/[.\s]+$/, '');
    const problem = {
      failed: reason,
      conflict: `others have written to it again and again (${reason}). Run the same command again`,
      busy: `somebody else has held it for ${String(this.#lockSeconds)} seconds (${reason}). End what holds it, or run the same command again`,
      lost: `the connection ended ${String(LOST_TRIES)} times (${reason}). Run the same command again: it adds what is missing`,
    }[failure.kind];
    return new DatagenError('STORAGE_FAILED', `Cannot ${action} ${this.name}: ${problem}.`, {
      cause: failure,
      details: { catalog: this.name },
      retryable: failure.kind !== 'failed',
    });
  }
}
