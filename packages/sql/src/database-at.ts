import { homedir } from 'node:os';
import path from 'node:path';
import { PostgresqlDatabase } from './postgresql.ts';
import type { SqlDatabase } from './sql-database.ts';
import { SqliteDatabase } from './sqlite.ts';

/**
 * The database that a URI names: `postgresql://me@host/lake`, or `sqlite:` with a path, relative to the working folder
 * or to the home folder after `~/`. Undefined for any other. `lockSeconds` is how long a statement waits in PostgreSQL
 * for a lock of somebody else.
 */
export function databaseAt(uri: string, lockSeconds: number): SqlDatabase | undefined {
  if (/^postgres(ql)?:\/\//.test(uri)) return new PostgresqlDatabase(uri, lockSeconds);
  const file = /^sqlite:(?!\/\/)(.+)$/.exec(uri)?.[1];
  return file === undefined ? undefined : new SqliteDatabase(fileAt(file));
}

/** An absolute path; `~/` is the home folder also where no shell has replaced it. */
export function fileAt(file: string): string {
  return path.resolve(file.startsWith('~/') ? path.join(homedir(), file.slice(1)) : file);
}
