import type { DeltaContents } from '../../../readers/delta-readers.ts';
import { jsonLines } from '../../../readers/pyarrow.ts';
import type { TestWarehouse } from './warehouses.ts';

/** Readers in Python that share no code: pyiceberg, and DuckDB's extension. */
export const READERS = ['pyiceberg', 'duckdb'] as const;
export type IcebergReader = (typeof READERS)[number];

export interface IcebergQuestion {
  /** @default the current one */
  readonly snapshot?: bigint;
  /** Which rows, as pyiceberg and SQL write it. */
  readonly filter?: string;
}

/** What a reader finds in tables, named with their namespace. */
export function readTables(
  reader: IcebergReader,
  { properties }: TestWarehouse,
  tables: readonly string[],
  { snapshot, filter }: IcebergQuestion = {},
): readonly DeltaContents[] {
  const words = [reader, JSON.stringify(properties), ...tables];
  if (snapshot !== undefined) words.push('--snapshot', String(snapshot));
  if (filter !== undefined) words.push('--filter', filter);
  return jsonLines('iceberg/read_iceberg.py', ...words) as DeltaContents[];
}
