import path from 'node:path';
import type { TableWriter } from '@datagen/core';
import { iceberg } from '@datagen/iceberg';
import { afterAll, beforeAll } from '@jest/globals';
import { createPlace } from '../../../place.ts';
import { python } from '../../../readers/pyarrow.ts';
import { icebergRestJars, IcebergRestServer } from '../../servers/iceberg-rest.ts';
import { postgresqlBin, PostgresqlServer } from '../../servers/postgresql.ts';

/** The kinds of catalogs, and those that can be tested here. */
export const CATALOGS = ['sqlite', 'postgresql', 'rest'] as const;
export type CatalogKind = (typeof CATALOGS)[number];

const NEEDS: Readonly<Record<CatalogKind, boolean>> = {
  sqlite: true,
  postgresql: postgresqlBin !== '',
  rest: icebergRestJars !== '',
};

/** Whether there is such a catalog here, and Python to read its tables. */
export const isTestable = (kind: CatalogKind) => NEEDS[kind] && python !== '';

/** What readers call the catalog; the rows of a SQL catalog lie under this name. */
export const CATALOG_NAME = 'lake';

export type IcebergOptions = NonNullable<Parameters<typeof iceberg>[1]>;

/** A warehouse of its own for each test: where its tables and its catalog lie. */
export interface TestWarehouse {
  readonly kind: CatalogKind;
  readonly place: string;
  /** What the writer is told of the catalog, the namespace of this test included. */
  readonly options: IcebergOptions & { readonly namespace: string };
  /** The same for pyiceberg, by the names that it has. */
  readonly properties: Readonly<Record<string, string>>;
}

let postgresql: PostgresqlServer | undefined;
let rest: IcebergRestServer | undefined;
let warehouses = 0;

/** Starts the servers that catalogs need, for the tests of a file. */
export function useServers(kinds: readonly CatalogKind[] = CATALOGS): void {
  beforeAll(async () => {
    if (kinds.includes('postgresql') && isTestable('postgresql')) postgresql = await PostgresqlServer.start();
    if (kinds.includes('rest') && isTestable('rest'))
      rest = await IcebergRestServer.start(await createPlace());
  }, 120_000);
  afterAll(async () => {
    await postgresql?.stop();
    await rest?.stop();
  });
}

export function restServer(): IcebergRestServer {
  if (rest === undefined) throw new Error('Expected `useServers` and a server that is installed.');
  return rest;
}

export async function createWarehouse(kind: CatalogKind): Promise<TestWarehouse> {
  const place = await createPlace();
  const common = { name: CATALOG_NAME, warehouse: `file://${place}` };
  // One server holds the tables of all tests.
  const namespace = `test${String(++warehouses)}.shop`;
  if (kind === 'rest') {
    const { uri } = restServer();
    return {
      kind,
      place,
      options: { catalog: 'rest', catalogUri: uri, namespace },
      properties: { ...common, type: 'rest', uri },
    };
  }
  const file = path.join(place, 'catalog.sqlite');
  const uri = kind === 'sqlite' ? `sqlite:${file}` : ((await postgresql?.createDatabase()) ?? '');
  return {
    kind,
    place,
    options: { catalogUri: uri, catalogName: CATALOG_NAME, namespace },
    properties: {
      ...common,
      type: 'sql',
      uri: kind === 'sqlite' ? `sqlite:///${file}` : uri.replace(/^postgresql:/, 'postgresql+psycopg2:'),
    },
  };
}

export function writerOf({ place, options }: TestWarehouse, more: IcebergOptions = {}): TableWriter {
  return iceberg(place, { ...options, ...more });
}
