import type { ReadTable, ReadTableOptions, Storage } from '@datagen/core/writer';
import type { ListedTable } from './listed-table.ts';

/**
 * Reads a table of Parquet files: rows, nulls and bounds from footers, values from all rows of a small table, else from
 * a sample of rows that is spread over it. What that takes is loaded here, since who writes tables has no need of it.
 */
export async function readParquetTable(
  storage: Storage,
  listed: ListedTable,
  options: ReadTableOptions,
): Promise<ReadTable> {
  const { readTable } = await import('./read-table.ts');
  return readTable(storage, listed, options);
}
