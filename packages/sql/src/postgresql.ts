import { importOptional, reasonOf, withoutPassword } from '@datagen/core/writer';
import type pg from 'pg';
import {
  type SqlDatabase,
  SqlFailure,
  type SqlTable,
  SqlTransaction,
  type SqlValue,
} from './sql-database.ts';

/** Unique keys, failed serialisation, deadlocks, and tables that two make at once (PostgreSQL, "Error Codes"). */
const CONFLICTS = ['23505', '40001', '40P01', '42P07', '42710', 'XX000:tuple concurrently updated'];
const LOCK_NOT_AVAILABLE = '55P03';
/** Connection exceptions, and a server that is shut down. */
const LOST = /^(08\w{3}|57P0[123]|ECONN\w+|EPIPE|ETIMEDOUT)$/;

/** A database of PostgreSQL by its URI. */
export class PostgresqlDatabase implements SqlDatabase {
  readonly name: string;
  readonly #uri: string;
  readonly #lockSeconds: number;
  #pool: pg.Pool | undefined;

  /** `lockSeconds` is how long a statement waits for a lock of somebody else. */
  constructor(uri: string, lockSeconds: number) {
    this.#uri = uri;
    this.#lockSeconds = lockSeconds;
    this.name = `the PostgreSQL database ${withoutPassword(uri)}`;
  }

  exists(): boolean {
    return true;
  }

  async transaction<T>(
    access: 'read' | 'write',
    run: (transaction: SqlTransaction) => Promise<T>,
  ): Promise<T> {
    const pool = (this.#pool ??= await this.#open());
    const client = await attempt(() => pool.connect());
    let failure: Error | undefined;
    // A connection that ends between two statements says so here, and would end the process otherwise.
    const onError = (error: Error) => (failure = error);
    client.on('error', onError);
    try {
      // A snapshot of its own: what is read is of one moment, and what was written since is a conflict.
      await attempt(() =>
        client.query(
          `BEGIN ISOLATION LEVEL REPEATABLE READ ${access === 'read' ? 'READ ONLY' : 'READ WRITE'};
           SET LOCAL lock_timeout = '${String(this.#lockSeconds)}s';
           SET LOCAL standard_conforming_strings = on`,
        ),
      );
      const result = await run(new PostgresqlTransaction(client));
      await attempt(() => client.query('COMMIT'));
      return result;
    } catch (thrown) {
      failure ??= await client.query('ROLLBACK').then(
        () => undefined,
        (error: unknown) => error as Error,
      );
      throw thrown;
    } finally {
      client.off('error', onError);
      client.release(failure);
    }
  }

  async close(): Promise<void> {
    const pool = this.#pool;
    this.#pool = undefined;
    await pool?.end();
  }

  async #open(): Promise<pg.Pool> {
    const { default: driver } = await importOptional(
      () => import('pg'),
      'pg',
      'A catalog in PostgreSQL needs the package pg. Run `npm install pg`, or choose another catalog.',
    );
    const pool = new driver.Pool({
      connectionString: this.#uri,
      application_name: 'datagen',
      // A program that does not close its writer ends all the same.
      allowExitOnIdle: true,
      connectionTimeoutMillis: 10_000,
      max: 4,
    });
    // The next transaction meets the failure of an idle connection, or opens another one.
    pool.on('error', () => undefined);
    return pool;
  }
}

class PostgresqlTransaction extends SqlTransaction {
  readonly #client: pg.PoolClient;

  constructor(client: pg.PoolClient) {
    super();
    this.#client = client;
  }

  async run(statement: string): Promise<void> {
    await attempt(() => this.#client.query(statement));
  }

  /** One array for each column: 10,000 rows take one statement, and not 10,000. */
  async insert(
    { name, columns }: SqlTable,
    rows: readonly Readonly<Record<string, SqlValue>>[],
  ): Promise<void> {
    if (rows.length === 0) return;
    const arrays = columns.map(({ type }, i) => `$${String(i + 1)}::${type}[]`);
    const values = columns.map((column) => rows.map((row) => row[column.name] ?? null));
    await attempt(() =>
      this.#client.query(`INSERT INTO ${name} SELECT * FROM unnest(${arrays.join(', ')})`, values),
    );
  }

  async hasTable(name: string): Promise<boolean> {
    const [[found] = []] = await this.rows(`SELECT to_regclass('${name}') IS NOT NULL`);
    return found === 't';
  }

  async hasColumn(table: string, column: string): Promise<boolean> {
    const found = await this.rows(
      `SELECT 1 FROM pg_attribute
       WHERE attrelid = to_regclass('${table}') AND attname = '${column}' AND NOT attisdropped`,
    );
    return found.length > 0;
  }

  protected async rows(query: string): Promise<readonly (readonly unknown[])[]> {
    const { rows } = await attempt(() =>
      this.#client.query<unknown[]>({
        text: query,
        rowMode: 'array',
        // As text, whatever parsers a program has set.
        types: { getTypeParser: () => (value: unknown) => value },
      } as pg.QueryArrayConfig),
    );
    return rows;
  }
}

async function attempt<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    const code = String((cause as { readonly code?: unknown }).code);
    const reason = reasonOf(cause);
    if (CONFLICTS.includes(code) || CONFLICTS.includes(`${code}:${reason}`))
      throw new SqlFailure('conflict', cause);
    if (code === LOCK_NOT_AVAILABLE) throw new SqlFailure('busy', cause);
    const isLost = LOST.test(code) || /connection (terminated|error)|not queryable/i.test(reason);
    throw new SqlFailure(isLost ? 'lost' : 'failed', cause);
  }
}
