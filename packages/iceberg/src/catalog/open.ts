import path from 'node:path';
import {
  DatagenError,
  option,
  type Sentence,
  sentence,
  type Storage,
  withoutPassword,
} from '@datagen/core/writer';
import { databaseAt, fileAt, SqlCatalog as CatalogDatabase } from '@datagen/sql';
import type { CatalogConfig } from '../config.ts';
import type { Catalog } from './catalog.ts';
import { RestCatalog } from './rest/rest-catalog.ts';
import { SqlCatalog } from './sql/sql-catalog.ts';

const DEFAULT_FILE = 'catalog.db';

/** The catalog that the options name, or the default one beside local data. Nothing is opened yet. */
export function openCatalog(storage: Storage, config: CatalogConfig): Catalog {
  return config.catalog === 'rest' ? restCatalog(config) : sqlCatalog(storage, config);
}

function sqlCatalog(storage: Storage, { catalogUri, catalogName, lockSeconds }: CatalogConfig): Catalog {
  const uri = catalogUri ?? `sqlite:${defaultFile(storage)}`;
  // A path alone is a SQLite file; three slashes are how SQLAlchemy, and so pyiceberg, writes it.
  const named = /^[a-z][a-z0-9+.-]*:/i.test(uri)
    ? uri.replace(/^sqlite:\/\/\/(?=.)/, 'sqlite:')
    : `sqlite:${fileAt(uri)}`;
  const database = databaseAt(named, lockSeconds);
  if (database === undefined) {
    throw invalid(
      sentence`Expected ${option('catalogUri')} of a sql catalog to be a SQLite file (sqlite:lake.db) or a PostgreSQL database (postgresql://me@host/lake), got "${withoutPassword(uri)}".`,
    );
  }
  return new SqlCatalog({ database: new CatalogDatabase(database, lockSeconds), name: catalogName, storage });
}

function restCatalog({
  catalogUri: uri,
  warehouse,
  token,
  credential,
  oauth2ServerUri,
  scope,
}: CatalogConfig): Catalog {
  if (uri === undefined || !/^https?:\/\//i.test(uri)) {
    throw invalid(
      sentence`Expected ${option('catalogUri')} of a rest catalog to be where it answers, as in https://host/catalog, got ${uri === undefined ? 'none' : `"${withoutPassword(uri)}"`}.`,
    );
  }
  return new RestCatalog({
    uri,
    ...(warehouse !== undefined && { warehouse }),
    ...(token !== undefined && { token }),
    ...(credential !== undefined && { credential }),
    ...(oauth2ServerUri !== undefined && { oauth2ServerUri }),
    ...(scope !== undefined && { scope }),
  });
}

function defaultFile(storage: Storage): string {
  const location = storage.location(DEFAULT_FILE);
  if (path.isAbsolute(location)) return location;
  throw invalid(
    sentence`A catalog in a file does not live in ${storage.uri}. Name one with ${option('catalogUri')}: a file on this machine (sqlite:lake.db), a PostgreSQL database (postgresql://me@host/lake), or a server (with ${option('catalog', 'rest')}).`,
  );
}

function invalid(message: Sentence): DatagenError {
  return new DatagenError('INVALID_OPTION', message, { details: { option: 'catalogUri' } });
}
