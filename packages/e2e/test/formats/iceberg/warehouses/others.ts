import { jsonLines } from '../../../readers/pyarrow.ts';
import type { TestWarehouse } from './warehouses.ts';

/** What pyiceberg does to a table: tools/interop/iceberg/change_iceberg.py says what each does. */
export type IcebergChange =
  | readonly ['create', from: string, ...partitionBy: string[]]
  | readonly ['append', rowCount: number]
  | readonly ['delete', filter: string]
  | readonly ['add-column', name: string]
  | readonly ['rename-column', name: string, newName: string]
  | readonly ['drop-column', name: string]
  | readonly ['partition', column: string, transform: string, name: string]
  | readonly ['unpartition', name: string]
  | readonly ['tag', name: string]
  | readonly ['expire', snapshot: string]
  | readonly ['rollback', snapshot: string]
  | readonly ['property', key: string, value: string];

/** Changes a table, named with its namespace, by pyiceberg; gives the snapshot that is current then. */
export function changeTable(
  { properties }: TestWarehouse,
  table: string,
  changes: readonly IcebergChange[],
): string | null {
  const words = changes.map((change) => JSON.stringify(change.map(String)));
  const [answer] = jsonLines('iceberg/change_iceberg.py', JSON.stringify(properties), table, ...words);
  return (answer as { readonly snapshot: string | null }).snapshot;
}
