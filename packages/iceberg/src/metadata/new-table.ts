import { NO_PARTITION_ID, UNSORTED } from './metadata-json.ts';
import type { PartitionSpec, SortOrder } from './layout.ts';
import type { NestedField, Schema, StructType, Type } from './schema.ts';
import type { TableMetadata } from './table-metadata.ts';

/** What a new table is made of. */
export interface NewTable {
  readonly uuid: string;
  readonly location: string;
  readonly schema: Schema;
  readonly spec: PartitionSpec;
  readonly sortOrder: SortOrder;
  readonly properties: Readonly<Record<string, string>>;
  readonly nowMs: number;
}

/**
 * The metadata of a table without snapshots, of version 2. All ids are given anew, as by Java and pyiceberg: those of
 * columns count from 1, a struct's fields before those within them, and those of partition fields from 1000.
 */
export function newTableMetadata(table: NewTable): TableMetadata {
  const { uuid, location, schema, properties, nowMs } = table;
  const ids = new FreshIds();
  const { fields } = ids.structOf(schema);
  const identifiers = schema['identifier-field-ids']?.map((id) => ids.of(id));
  const spec = {
    'spec-id': 0,
    fields: table.spec.fields.map((field, i) => ({
      ...field,
      'source-id': ids.of(field['source-id']),
      'field-id': NO_PARTITION_ID + 1 + i,
    })),
  };
  const order =
    table.sortOrder.fields.length === 0
      ? UNSORTED
      : {
          'order-id': 1,
          fields: table.sortOrder.fields.map((field) => ({
            ...field,
            'source-id': ids.of(field['source-id']),
          })),
        };
  return {
    'format-version': 2,
    'table-uuid': uuid,
    location,
    'last-sequence-number': 0,
    'last-updated-ms': nowMs,
    'last-column-id': ids.last,
    schemas: [
      {
        type: 'struct',
        'schema-id': 0,
        ...(identifiers !== undefined && { 'identifier-field-ids': identifiers }),
        fields,
      },
    ],
    'current-schema-id': 0,
    'partition-specs': [spec],
    'default-spec-id': 0,
    'last-partition-id': NO_PARTITION_ID + spec.fields.length,
    'sort-orders': [order],
    'default-sort-order-id': order['order-id'],
    properties,
    snapshots: [],
    refs: {},
    'snapshot-log': [],
    'metadata-log': [],
  };
}

/** Gives out ids, and knows which one each got. */
class FreshIds {
  last = 0;
  readonly #given = new Map<number, number>();

  of(id: number): number {
    const given = this.#given.get(id);
    if (given === undefined) throw new RangeError(`The schema has no field with the id ${String(id)}.`);
    return given;
  }

  structOf({ fields }: StructType): StructType {
    const numbered = fields.map((field) => ({ ...field, id: this.#next(field.id) }));
    return {
      type: 'struct',
      fields: numbered.map((field): NestedField => ({ ...field, type: this.#typeOf(field.type) })),
    };
  }

  #typeOf(type: Type): Type {
    if (typeof type === 'string') return type;
    switch (type.type) {
      case 'struct':
        return this.structOf(type);
      case 'list': {
        const id = this.#next(type['element-id']);
        return { ...type, 'element-id': id, element: this.#typeOf(type.element) };
      }
      case 'map': {
        const [keyId, valueId] = [this.#next(type['key-id']), this.#next(type['value-id'])];
        return {
          ...type,
          'key-id': keyId,
          key: this.#typeOf(type.key),
          'value-id': valueId,
          value: this.#typeOf(type.value),
        };
      }
    }
  }

  #next(id: number): number {
    this.#given.set(id, ++this.last);
    return this.last;
  }
}
