import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { importOptional, reasonOf } from '@datagen/core/writer';
import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api';
import {
  type SqlColumn,
  type SqlDatabase,
  SqlFailure,
  sqlText,
  type SqlTable,
  SqlTransaction,
  type SqlValue,
} from '@datagen/sql';

/**
 * A database in a file of DuckDB. As long as it is open no other process can open it, so it is opened for each
 * transaction and closed after it.
 */
export class DuckDbFile implements SqlDatabase {
  readonly name: string;
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
    this.name = `the DuckDB file ${file}`;
  }

  exists(): boolean {
    return existsSync(this.#file);
  }

  transaction<T>(access: 'read' | 'write', run: (transaction: SqlTransaction) => Promise<T>): Promise<T> {
    return inTurn(this.#file, () => this.#transaction(access, run));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #transaction<T>(
    access: 'read' | 'write',
    run: (transaction: SqlTransaction) => Promise<T>,
  ): Promise<T> {
    const { DuckDBInstance } = await importOptional(
      () => import('@duckdb/node-api'),
      '@duckdb/node-api',
      'A catalog in a DuckDB file needs the package @duckdb/node-api. Run `npm install @duckdb/node-api`, or choose another catalog.',
    );
    if (access === 'write') mkdirSync(path.dirname(this.#file), { recursive: true });
    const mode = access === 'read' ? 'READ_ONLY' : 'READ_WRITE';
    const instance = await attempt(() => DuckDBInstance.create(this.#file, { access_mode: mode }));
    try {
      const connection = await attempt(() => instance.connect());
      try {
        await attempt(() => connection.run('BEGIN'));
        const result = await run(new DuckDbTransaction(connection));
        await attempt(() => connection.run('COMMIT'));
        return result;
      } finally {
        // What is open is rolled back.
        connection.closeSync();
      }
    } finally {
      instance.closeSync();
    }
  }
}

class DuckDbTransaction extends SqlTransaction {
  readonly #connection: DuckDBConnection;

  constructor(connection: DuckDBConnection) {
    super();
    this.#connection = connection;
  }

  async run(statement: string): Promise<void> {
    await attempt(() => this.#connection.run(statement));
  }

  /** By an appender, which takes a tenth of the time of INSERT, where it knows all types. */
  async insert(
    { name, columns }: SqlTable,
    rows: readonly Readonly<Record<string, SqlValue>>[],
  ): Promise<void> {
    if (rows.length === 0) return;
    if (columns.some(({ type }) => type === 'UUID' || type === 'TIMESTAMPTZ')) {
      const texts = rows.map(
        (row) => `(${columns.map((column) => sqlText(row[column.name] ?? null)).join(', ')})`,
      );
      await this.run(`INSERT INTO ${name} VALUES ${texts.join(', ')}`);
      return;
    }
    const appender = await attempt(() => this.#connection.createAppender(name));
    await attempt(() => {
      for (const row of rows) {
        for (const column of columns) append(appender, column, row[column.name] ?? null);
        appender.endRow();
      }
      appender.closeSync();
    });
  }

  async hasTable(name: string): Promise<boolean> {
    const found = await this.rows(
      `SELECT 1 FROM information_schema.tables WHERE table_catalog = current_database() AND table_name = '${name}'`,
    );
    return found.length > 0;
  }

  async hasColumn(table: string, column: string): Promise<boolean> {
    const found = await this.rows(
      `SELECT 1 FROM information_schema.columns WHERE table_catalog = current_database() AND table_name = '${table}' AND column_name = '${column}'`,
    );
    return found.length > 0;
  }

  protected async rows(query: string): Promise<readonly (readonly unknown[])[]> {
    return (await attempt(() => this.#connection.runAndReadAll(query))).getRows();
  }
}

function append(appender: DuckDBAppender, { type }: SqlColumn, value: SqlValue): void {
  if (value === null) appender.appendNull();
  else if (type === 'BIGINT') appender.appendBigInt(BigInt(value));
  else if (type === 'BOOLEAN') appender.appendBoolean(Boolean(value));
  else appender.appendVarchar(String(value));
}

/** The last transaction of each file in this process, whose own opens the lock of a file does not keep apart. */
const turns = new Map<string, Promise<unknown>>();

async function inTurn<T>(file: string, run: () => Promise<T>): Promise<T> {
  const before = turns.get(file);
  const turn = (async () => {
    await before?.catch(() => undefined);
    return run();
  })();
  turns.set(file, turn);
  try {
    return await turn;
  } finally {
    if (turns.get(file) === turn) turns.delete(file);
  }
}

async function attempt<T>(run: () => T | Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    const reason = reasonOf(cause);
    if (/Could not set lock on file/.test(reason)) throw new SqlFailure('busy', cause);
    const isConflict = /Duplicate key|violates primary key|Conflict on|write-write conflict/i.test(reason);
    throw new SqlFailure(isConflict ? 'conflict' : 'failed', cause);
  }
}
