import path from 'node:path';
import type { TableWriter } from '@datagen/core';
import { delta } from '@datagen/delta';
import { iceberg } from '@datagen/iceberg';
import { s3 } from '@datagen/s3';
import { afterAll, beforeAll } from '@jest/globals';
import { createPlace } from '../../place.ts';
import { s3Binary, S3Server } from '../../s3/s3-server.ts';
import { icebergRestJars, IcebergRestServer } from '../servers/iceberg-rest.ts';
import { postgresqlBin, PostgresqlServer } from '../servers/postgresql.ts';
import { trinoHome, TrinoServer } from '../servers/trino.ts';
import { CATALOG_NAME, inFiles, inPostgresql, LOCAL, onRestServer, onS3 } from './catalogs.ts';

/** Where tables lie and what names them. */
export type LakeKind =
  'Iceberg by PostgreSQL' | 'Iceberg by PostgreSQL on S3' | 'Iceberg by REST' | 'Delta' | 'Delta on S3';

/** Whether there is all that a lake needs. */
export function isTestable(kind: LakeKind): boolean {
  const needs = [
    trinoHome,
    ...(kind.includes('PostgreSQL') ? [postgresqlBin] : []),
    ...(kind.includes('REST') ? [icebergRestJars] : []),
    ...(kind.includes('S3') ? [s3Binary] : []),
  ];
  return !needs.includes('');
}

/** A place of its own for tables, which Trino knows as a catalog. */
export interface Lake {
  /** Writes into a namespace, for Delta into a folder. */
  readonly writerOf: (namespace: string) => TableWriter;
  /** Trino's name for a table that is written. */
  readonly nameOf: (namespace: string, table: string) => Promise<string>;
}

/** The servers of the tests of a file. */
export class Lakes {
  #trino: TrinoServer | undefined;
  #postgresql: PostgresqlServer | undefined;
  #rest: IcebergRestServer | undefined;
  #bucket: S3Server | undefined;
  #count = 0;

  constructor() {
    beforeAll(async () => {
      if (trinoHome === '') return;
      [this.#trino, this.#postgresql, this.#rest, this.#bucket] = await Promise.all([
        TrinoServer.start(),
        postgresqlBin === '' ? undefined : PostgresqlServer.start(),
        icebergRestJars === '' ? undefined : IcebergRestServer.start(await createPlace()),
        s3Binary === '' ? undefined : S3Server.start(),
      ]);
    }, 180_000);
    afterAll(async () => {
      await Promise.all([this.#trino?.stop(), this.#postgresql?.stop(), this.#rest?.stop()]);
    }, 60_000);
  }

  get trino(): TrinoServer {
    return required(this.#trino);
  }

  async create(kind: LakeKind): Promise<Lake> {
    const catalog = `lake${String(++this.#count)}`;
    const isOnS3 = kind.endsWith('on S3');
    const folder = isOnS3 ? required(this.#bucket).uri(catalog) : await createPlace();
    const files = isOnS3 ? onS3(required(this.#bucket)) : LOCAL;
    const root = isOnS3 ? folder : `file://${folder}`;
    const placeOf = (below = '') =>
      isOnS3 ? s3(`${folder}${below}`, required(this.#bucket).options()) : path.join(folder, below);

    if (kind.startsWith('Delta')) {
      await this.trino.createCatalog(catalog, 'delta_lake', { ...inFiles(`${root}/metastore`), ...files });
      return {
        writerOf: (namespace) => delta(placeOf(`/${namespace}`)),
        nameOf: async (namespace, table) => {
          await this.trino.query(`CREATE SCHEMA IF NOT EXISTS ${catalog}.${namespace}`);
          const location = `${root}/${namespace}/${table}`;
          await this.trino.query(
            `CALL ${catalog}.system.register_table('${namespace}', '${table}', '${location}')`,
          );
          return `${catalog}.${namespace}."${table}"`;
        },
      };
    }
    // A namespace of several levels is one name for Trino.
    const nameOf = (namespace: string, table: string) =>
      Promise.resolve(`${catalog}."${namespace}"."${table}"`);
    if (kind === 'Iceberg by REST') {
      const { uri } = required(this.#rest);
      await this.trino.createCatalog(catalog, 'iceberg', { ...onRestServer(uri), ...files });
      const options = { catalog: 'rest', catalogUri: uri } as const;
      return { writerOf: (namespace) => iceberg(placeOf(), { ...options, namespace }), nameOf };
    }
    const uri = await required(this.#postgresql).createDatabase();
    await this.trino.createCatalog(catalog, 'iceberg', { ...inPostgresql(uri, root), ...files });
    const options = { catalogUri: uri, catalogName: CATALOG_NAME };
    return { writerOf: (namespace) => iceberg(placeOf(), { ...options, namespace }), nameOf };
  }
}

function required<Server>(server: Server | undefined): Server {
  if (server === undefined) throw new Error('Expected a lake that is testable here.');
  return server;
}
