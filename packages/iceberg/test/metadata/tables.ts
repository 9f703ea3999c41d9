import { newTableMetadata, type Snapshot, type TableMetadata } from '../../src/metadata/index.ts';

export const NOW_MS = 1_767_600_000_000;

/** A table of orders by day, without snapshots. */
export function newTable(properties: Readonly<Record<string, string>> = {}): TableMetadata {
  return newTableMetadata({
    uuid: '9c12d441-03fe-4693-9a96-a0705ddf69c1',
    location: 'file:///lake/shop/orders',
    schema: {
      type: 'struct',
      'schema-id': 7,
      'identifier-field-ids': [12],
      fields: [
        { id: 12, name: 'order_id', type: 'long', required: true, doc: 'The key.' },
        { id: 15, name: 'ordered_at', type: 'timestamptz', required: true },
      ],
    },
    spec: {
      'spec-id': 4,
      fields: [{ name: 'ordered_at_day', transform: 'day', 'source-id': 15, 'field-id': 1007 }],
    },
    sortOrder: {
      'order-id': 3,
      fields: [{ transform: 'identity', 'source-id': 15, direction: 'asc', 'null-order': 'nulls-first' }],
    },
    properties,
    nowMs: NOW_MS,
  });
}

/** The snapshot after those of a table. */
export function nextSnapshot(metadata: TableMetadata, id: bigint, commitId = 'none'): Snapshot {
  const parent = metadata['current-snapshot-id'];
  return {
    'snapshot-id': id,
    ...(parent !== undefined && { 'parent-snapshot-id': parent }),
    'sequence-number': metadata['last-sequence-number'] + 1,
    'timestamp-ms': NOW_MS + Number(id % 1000n),
    'manifest-list': `${metadata.location}/metadata/snap-${String(id)}.avro`,
    summary: { operation: 'append', 'datagen.commit-id': commitId },
    'schema-id': metadata['current-schema-id'],
  };
}
