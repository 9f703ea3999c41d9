import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { importOptional, reasonOf } from '@datagen/core/writer';
import type Libsql from 'libsql';
import {
  type SqlDatabase,
  SqlFailure,
  type SqlTable,
  SqlTransaction,
  type SqlType,
  type SqlValue,
} from './sql-database.ts';

/** A database in a file of SQLite, through libsql, whose locks other processes see. */
export class SqliteDatabase implements SqlDatabase {
  readonly name: string;
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
    this.name = `the SQLite file ${file}`;
  }

  exists(): boolean {
    return existsSync(this.#file);
  }

  async transaction<T>(
    access: 'read' | 'write',
    run: (transaction: SqlTransaction) => Promise<T>,
  ): Promise<T> {
    const { default: Database } = await importOptional(
      () => import('libsql'),
      'libsql',
      'A catalog in a SQLite file needs the package libsql. Run `npm install libsql`, or choose another catalog.',
    );
    // A connection for each transaction: libsql answers at once, so it costs less than a millisecond.
    if (access === 'write') mkdirSync(path.dirname(this.#file), { recursive: true });
    const database = attempt(() => new Database(this.#file));
    try {
      // Without a time limit: libsql waits on the calling thread, so who calls this waits.
      attempt(() => database.exec(access === 'write' ? 'BEGIN IMMEDIATE' : 'BEGIN'));
      try {
        const result = await run(new SqliteTransaction(database));
        attempt(() => database.exec('COMMIT'));
        return result;
      } catch (thrown) {
        if (database.inTransaction) attempt(() => database.exec('ROLLBACK'));
        throw thrown;
      }
    } finally {
      database.close();
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

class SqliteTransaction extends SqlTransaction {
  readonly #database: Libsql.Database;

  constructor(database: Libsql.Database) {
    super();
    this.#database = database;
  }

  run(statement: string): Promise<void> {
    attempt(() => this.#database.exec(statement));
    return Promise.resolve();
  }

  insert({ name, columns }: SqlTable, rows: readonly Readonly<Record<string, SqlValue>>[]): Promise<void> {
    if (rows.length === 0) return Promise.resolve();
    attempt(() => {
      const statement = this.#database.prepare(
        `INSERT INTO ${name} VALUES (${columns.map(() => '?').join(', ')})`,
      );
      for (const row of rows) statement.run(columns.map((column) => boundValue(row[column.name])));
    });
    return Promise.resolve();
  }

  async hasTable(name: string): Promise<boolean> {
    const found = await this.select(
      { name: 'text' },
      `FROM sqlite_master WHERE type = 'table' AND name = '${name}'`,
    );
    return found.length > 0;
  }

  async hasColumn(table: string, column: string): Promise<boolean> {
    const found = await this.select(
      { name: 'text' },
      `FROM pragma_table_info('${table}') WHERE name = '${column}'`,
    );
    return found.length > 0;
  }

  protected rows(query: string): Promise<readonly (readonly unknown[])[]> {
    return Promise.resolve(
      attempt(() => this.#database.prepare(query).raw().all() as readonly (readonly unknown[])[]),
    );
  }

  /** As DuckDB's extension declares them in SQLite, which has neither. */
  protected override typeName(type: SqlType): string {
    if (type === 'BOOLEAN') return 'BIGINT';
    return type === 'BIGINT' ? type : 'VARCHAR';
  }
}

/** SQLite takes a number of JavaScript for a double, and knows no booleans. */
function boundValue(value: SqlValue | undefined): string | bigint | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : BigInt(value);
}

function attempt<T>(run: () => T): T {
  try {
    return run();
  } catch (cause) {
    const code = String((cause as { readonly code?: unknown }).code);
    const isBusy = /^SQLITE_(BUSY|LOCKED)/.test(code) || /database (table )?is locked/.test(reasonOf(cause));
    const kind = isBusy ? 'busy' : code.startsWith('SQLITE_CONSTRAINT') ? 'conflict' : 'failed';
    throw new SqlFailure(kind, cause);
  }
}
