import path from 'node:path';
import { DatagenError, option, sentence, type Storage, withoutPassword } from '@datagen/core/writer';
import { databaseAt, fileAt, type SqlDatabase } from '@datagen/sql';
import { DuckDbFile } from './duckdb-file.ts';

export const DEFAULT_FILE = 'metadata.ducklake';

/** The database that an option names, or the default one beside local data. `ducklake:` before it is what DuckDB writes. */
export function databaseOf(catalog: string | undefined, storage: Storage, lockSeconds: number): SqlDatabase {
  if (catalog === undefined) return new DuckDbFile(defaultFile(storage));
  const text = catalog.replace(/^ducklake:/, '');
  const database = databaseAt(text, lockSeconds);
  if (database !== undefined) return database;
  const [, file = text] = /^duckdb:(?!\/\/)(.+)$/.exec(text) ?? [];
  if (file === text && /^[a-z][a-z0-9+.-]+:/i.test(text)) {
    throw new DatagenError(
      'INVALID_OPTION',
      sentence`Expected ${option('catalog')} to be a DuckDB file (lake.ducklake), a SQLite file (sqlite:lake.sqlite) or a PostgreSQL database (postgresql://me@host/lake), got "${withoutPassword(text)}".`,
      { details: { option: 'catalog' } },
    );
  }
  return new DuckDbFile(fileAt(file));
}

function defaultFile(storage: Storage): string {
  const location = storage.location(DEFAULT_FILE);
  if (path.isAbsolute(location)) return location;
  throw new DatagenError(
    'INVALID_OPTION',
    sentence`A catalog in a file does not live in ${storage.uri}. Name one with ${option('catalog')}: a file on this machine (sqlite:lake.sqlite) or a PostgreSQL database (postgresql://me@host/lake).`,
    { details: { option: 'catalog' } },
  );
}
