import { ACCESS_KEY, type S3Server, SECRET_KEY } from '../../s3/s3-server.ts';
import type { TrinoCatalog } from '../servers/trino.ts';

/** What the tables of PostgreSQL's catalog are called. */
export const CATALOG_NAME = 'lake';

/** How files of this machine are reached, whose locations are `file:///…`. */
export const LOCAL: TrinoCatalog = { 'fs.native-local.enabled': 'true', 'local.location': '/' };

/** How a server of S3 is reached. */
export function onS3({ url }: S3Server): TrinoCatalog {
  return {
    'fs.native-s3.enabled': 'true',
    's3.endpoint': url,
    's3.region': 'us-east-1',
    's3.path-style-access': 'true',
    's3.aws-access-key': ACCESS_KEY,
    's3.aws-secret-key': SECRET_KEY,
  };
}

/** Iceberg's SQL catalog in a database of PostgreSQL. */
export function inPostgresql(uri: string, warehouse: string): TrinoCatalog {
  const { host, pathname, username, password } = new URL(uri);
  const settings = {
    'catalog-name': CATALOG_NAME,
    'driver-class': 'org.postgresql.Driver',
    'connection-url': `jdbc:postgresql://${host}${pathname}`,
    'connection-user': username,
    'connection-password': password,
    'default-warehouse-dir': warehouse,
  };
  const named = Object.entries(settings).map(([name, value]) => [`iceberg.jdbc-catalog.${name}`, value]);
  return { 'iceberg.catalog.type': 'jdbc', ...(Object.fromEntries(named) as TrinoCatalog) };
}

export function onRestServer(uri: string): TrinoCatalog {
  return { 'iceberg.catalog.type': 'rest', 'iceberg.rest-catalog.uri': uri };
}

/** A metastore of files, in which Delta tables are registered. */
export function inFiles(metastore: string): TrinoCatalog {
  return {
    'hive.metastore': 'file',
    'hive.metastore.catalog.dir': metastore,
    'delta.register-table-procedure.enabled': 'true',
  };
}
