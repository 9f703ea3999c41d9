import { randomBytes } from 'node:crypto';
import {
  COMMIT_ID_KEY,
  type LoadedTable,
  type TableChange,
  type TableCreation,
} from '../../src/catalog/index.ts';
import type { Snapshot } from '../../src/metadata/index.ts';

export function creationOf(name: string, namespace: readonly string[] = ['shop']): TableCreation {
  return {
    identifier: { namespace, name },
    schema: {
      type: 'struct',
      'schema-id': 0,
      'identifier-field-ids': [1],
      fields: [
        { id: 1, name: 'id', type: 'long', required: true, doc: 'The key.' },
        { id: 2, name: 'at', type: 'timestamptz', required: false },
      ],
    },
    spec: {
      'spec-id': 0,
      fields: [{ name: 'at_day', transform: 'day', 'source-id': 2, 'field-id': 1000 }],
    },
    sortOrder: { 'order-id': 0, fields: [] },
    properties: { owner: 'me' },
  };
}

/** Adds a snapshot that nothing reads, if the table is as `base` says. */
export function appendTo(base: LoadedTable, commitId: string): TableChange {
  const { metadata, identifier } = base;
  const parent = metadata['current-snapshot-id'];
  const id = (randomBytes(8).readBigUInt64BE() >> 1n) | 1n;
  const snapshot: Snapshot = {
    'snapshot-id': id,
    ...(parent !== undefined && { 'parent-snapshot-id': parent }),
    'sequence-number': metadata['last-sequence-number'] + 1,
    'timestamp-ms': Math.max(Date.now(), metadata['last-updated-ms']),
    'manifest-list': `${metadata.location}/metadata/snap-${String(id)}.avro`,
    summary: { operation: 'append', [COMMIT_ID_KEY]: commitId },
    'schema-id': metadata['current-schema-id'],
  };
  return {
    identifier,
    base,
    requirements: [
      { type: 'assert-table-uuid', uuid: metadata['table-uuid'] },
      { type: 'assert-ref-snapshot-id', ref: 'main', 'snapshot-id': parent ?? null },
    ],
    updates: [
      { action: 'add-snapshot', snapshot },
      { action: 'set-snapshot-ref', 'ref-name': 'main', type: 'branch', 'snapshot-id': id },
    ],
    commitId,
  };
}

/** The commit ids of a table's snapshots, in the order in which they became current. */
export function commitIdsOf({ metadata }: LoadedTable): readonly (string | undefined)[] {
  return metadata['snapshot-log'].map(({ 'snapshot-id': id }) => {
    const found = metadata.snapshots.find((snapshot) => snapshot['snapshot-id'] === id);
    return found?.summary?.[COMMIT_ID_KEY];
  });
}
