import type { TableDefinition } from '@datagen/core/writer';
import type { Schema, SortOrder, TableMetadata } from '../metadata/index.ts';
import { nextId } from './schema.ts';

/** The order that rows without one have (specification, "Sorting"). */
export const UNSORTED: SortOrder = { 'order-id': 0, fields: [] };

/** The order that a table's rows have in its data files, as an order of a new table. */
export function sortOrderOf(schema: Schema, { sortedBy = [] }: TableDefinition): SortOrder {
  if (sortedBy.length === 0) return UNSORTED;
  const ids = new Map(schema.fields.map(({ name, id }) => [name, id]));
  return {
    'order-id': 1,
    fields: sortedBy.map((name) => ({
      transform: 'identity',
      'source-id': ids.get(name) ?? 0,
      direction: 'asc',
      'null-order': 'nulls-first',
    })),
  };
}

/** The same as an order of a table that is there: the one that it has for these columns, or undefined. */
export function sortOrderIn(
  metadata: TableMetadata,
  schema: Schema,
  table: TableDefinition,
): SortOrder | undefined {
  const asked = sortOrderOf(schema, table);
  return metadata['sort-orders'].find((order) => orderText(order) === orderText(asked));
}

/** The same as an order that a table gets. */
export function newSortOrder(metadata: TableMetadata, schema: Schema, table: TableDefinition): SortOrder {
  const ids = metadata['sort-orders'].map((order) => order['order-id']);
  return { ...sortOrderOf(schema, table), 'order-id': Math.max(1, nextId(ids)) };
}

function orderText({ fields }: SortOrder): string {
  return fields
    .map((field) => [field.transform, field['source-id'], field.direction, field['null-order']].join(' '))
    .join();
}
