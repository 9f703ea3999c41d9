import { existsSync } from 'node:fs';
import path from 'node:path';
import type { TableWriter } from '@datagen/core';
import { ducklake } from '@datagen/ducklake';
import { afterAll, beforeAll } from '@jest/globals';
import Libsql from 'libsql';
import { createPlace } from '../../../place.ts';
import { type Lake, openLake, runInDuckDb } from './extension.ts';
import { postgresqlBin, PostgresqlServer, query } from '../../servers/postgresql.ts';

/** The kinds of catalogs, and those that can be tested here. */
export const CATALOGS = ['duckdb', 'sqlite', 'postgresql'] as const;
export type CatalogKind = (typeof CATALOGS)[number];

export const isTestable = (kind: CatalogKind) => kind !== 'postgresql' || postgresqlBin !== '';

/** A lake of its own for each test: where its data and its catalog lie. */
export interface TestLake {
  readonly kind: CatalogKind;
  readonly place: string;
  /** The option `catalog`; absent for the default. */
  readonly catalog?: string;
  /** What DuckDB attaches. */
  readonly uri: string;
}

let server: PostgresqlServer | undefined;

/** Starts the server that lakes in PostgreSQL need, for the tests of a file. */
export function usePostgresql(): void {
  beforeAll(async () => {
    if (postgresqlBin !== '') server = await PostgresqlServer.start();
  }, 120_000);
  afterAll(() => server?.stop());
}

export function serverOf(): PostgresqlServer {
  if (server === undefined) throw new Error('Expected `usePostgresql` and a server that is installed.');
  return server;
}

export async function createLake(kind: CatalogKind): Promise<TestLake> {
  const place = await createPlace();
  if (kind === 'duckdb') return { kind, place, uri: `ducklake:${path.join(place, 'metadata.ducklake')}` };
  if (kind === 'sqlite') {
    const catalog = `sqlite:${path.join(place, 'lake.sqlite')}`;
    return { kind, place, catalog, uri: `ducklake:${catalog}` };
  }
  const catalog = await serverOf().createDatabase();
  return { kind, place, catalog, uri: `ducklake:postgres:${catalog}` };
}

export function writerOf(
  { place, catalog }: TestLake,
  options: NonNullable<Parameters<typeof ducklake>[1]> = {},
): TableWriter {
  return ducklake(place, { ...(catalog !== undefined && { catalog }), ...options });
}

/** Does something in a lake by the extension, and closes it. */
export async function inLake<T>(
  { uri }: TestLake,
  run: (lake: Lake) => Promise<T>,
  options = '',
): Promise<T> {
  const lake = await openLake(uri, options);
  try {
    return await run(lake);
  } finally {
    await lake.close();
  }
}

/** Rows of the catalog as they lie there, or what a statement changes in it. */
export async function inCatalog(
  lake: TestLake,
  sql: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  if (lake.kind === 'postgresql') return query(lake.catalog ?? '', sql);
  const file = lake.uri.replace(/^ducklake:(sqlite:)?/, '');
  if (!existsSync(file)) return [];
  if (lake.kind === 'duckdb') return runInDuckDb(file, sql);
  const database = new Libsql(file);
  try {
    const statement = database.prepare(sql);
    return statement.reader ? (statement.all() as Record<string, unknown>[]) : [{ ...statement.run() }];
  } finally {
    database.close();
  }
}

/** Whether there is a catalog: who attaches one that is not there makes it. */
export async function hasCatalog(lake: TestLake): Promise<boolean> {
  const found =
    lake.kind === 'postgresql'
      ? "SELECT 1 AS found FROM pg_class WHERE relname = 'ducklake_metadata'"
      : 'SELECT 1 AS found';
  return (await inCatalog(lake, found)).length > 0;
}
