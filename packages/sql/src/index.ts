export { databaseAt, fileAt } from './database-at.ts';
export { SqlCatalog } from './sql-catalog.ts';
export {
  sql,
  type SqlColumn,
  type SqlDatabase,
  SqlFailure,
  type SqlFailureKind,
  type SqlRow,
  type SqlShape,
  type SqlTable,
  sqlText,
  SqlTransaction,
  type SqlType,
  type SqlValue,
} from './sql-database.ts';
