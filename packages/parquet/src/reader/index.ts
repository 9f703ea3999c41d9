export type { ListedColumn, ListedFile, ListedTable } from './listed-table.ts';
export { readParquetTable } from './parquet-table.ts';
