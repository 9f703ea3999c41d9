export {
  type Catalog,
  type ChangeOutcome,
  COMMIT_ID_KEY,
  type LoadedTable,
  type TableChange,
  type TableCreation,
  type TableIdentifier,
} from './catalog.ts';
export type { Authentication } from './rest/authentication.ts';
export type { RestCatalogOptions } from './rest/connection.ts';
export { RestCatalog } from './rest/rest-catalog.ts';
export { SqlCatalog, type SqlCatalogOptions } from './sql/sql-catalog.ts';
