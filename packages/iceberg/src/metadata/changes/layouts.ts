import { isDeepStrictEqual } from 'node:util';
import type { PartitionSpec, SortOrder } from '../layout.ts';
import type { Schema, Type } from '../schema.ts';
import type { TableMetadata } from '../table-metadata.ts';
import { LAST_ADDED } from './updates.ts';

/** What an addition changes, and the id of what was added or was there already. */
export interface Added {
  readonly changes: Partial<TableMetadata>;
  readonly id: number;
}

/** Adds a schema, or finds one of the same columns. */
export function addSchema(metadata: TableMetadata, schema: Schema): Added {
  const lastId = Math.max(metadata['last-column-id'], ...idsIn(schema));
  const content = ({ fields, 'identifier-field-ids': ids = [] }: Schema) => ({ fields, ids });
  const same = metadata.schemas.find((other) => isDeepStrictEqual(content(other), content(schema)));
  if (same !== undefined) return { changes: { 'last-column-id': lastId }, id: same['schema-id'] };
  const id = nextId(metadata.schemas.map((other) => other['schema-id']));
  const schemas = [...metadata.schemas, { ...schema, 'schema-id': id }];
  return { changes: { schemas, 'last-column-id': lastId }, id };
}

/**
 * Adds a partition spec, or finds one of the same fields. A field without an id gets the one that another spec has given
 * to the same transform of the same column, so that files of both are compared, or a new one (specification, "Partition
 * Evolution").
 */
export function addPartitionSpec(metadata: TableMetadata, spec: PartitionSpec): Added {
  let lastId = metadata['last-partition-id'];
  const known = metadata['partition-specs'].flatMap((other) => other.fields);
  const fields = spec.fields.map((field) => {
    const twin = known.find(
      (other) => other['source-id'] === field['source-id'] && other.transform === field.transform,
    );
    const given = (field['field-id'] as number | undefined) ?? LAST_ADDED;
    const id = given === LAST_ADDED ? (twin?.['field-id'] ?? lastId + 1) : given;
    lastId = Math.max(lastId, id);
    return { ...field, 'field-id': id };
  });
  const changes = { 'last-partition-id': lastId };
  const same = metadata['partition-specs'].find((other) => isDeepStrictEqual(other.fields, fields));
  if (same !== undefined) return { changes, id: same['spec-id'] };
  const id = nextId(metadata['partition-specs'].map((other) => other['spec-id']));
  const specs = [...metadata['partition-specs'], { ...spec, 'spec-id': id, fields }];
  return { changes: { ...changes, 'partition-specs': specs }, id };
}

/** Adds a sort order, or finds one of the same fields; 0 is for the order without fields. */
export function addSortOrder(metadata: TableMetadata, order: SortOrder): Added {
  const known = metadata['sort-orders'];
  const same = known.find((other) => isDeepStrictEqual(other.fields, order.fields));
  if (same !== undefined) return { changes: {}, id: same['order-id'] };
  const id = order.fields.length === 0 ? 0 : Math.max(1, nextId(known.map((other) => other['order-id'])));
  return { changes: { 'sort-orders': [...known, { ...order, 'order-id': id }] }, id };
}

function nextId(ids: readonly number[]): number {
  return Math.max(-1, ...ids) + 1;
}

function idsIn(type: Type): readonly number[] {
  if (typeof type === 'string') return [];
  switch (type.type) {
    case 'struct':
      return type.fields.flatMap((field) => [field.id, ...idsIn(field.type)]);
    case 'list':
      return [type['element-id'], ...idsIn(type.element)];
    case 'map':
      return [type['key-id'], type['value-id'], ...idsIn(type.key), ...idsIn(type.value)];
  }
}
