import {
  applyUpdates,
  type Catalog,
  checkRequirements,
  type LoadedTable,
  newTableMetadata,
  RestCatalog,
  type Schema,
  type Snapshot,
  type TableMetadata,
  type TableRequirement,
  type TableUpdate,
} from '@datagen/iceberg/table';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { isTestable, restServer, useServers } from './warehouses/warehouses.ts';

useServers(['rest']);

const LAST_ADDED = -1;
const itRest = isTestable('rest') ? it : it.skip;

const identifier = { namespace: ['updates', 'of'], name: 'orders' };
const creation = {
  identifier,
  schema: {
    type: 'struct',
    'schema-id': 0,
    'identifier-field-ids': [5],
    fields: [
      { id: 5, name: 'id', type: 'long', required: true, doc: 'The key.' },
      { id: 9, name: 'at', type: 'timestamptz', required: true },
      {
        id: 11,
        name: 'parts',
        required: false,
        type: {
          type: 'list',
          'element-id': 12,
          'element-required': true,
          element: {
            type: 'struct',
            fields: [{ id: 13, name: 'amount', type: 'decimal(12, 2)', required: false }],
          },
        },
      },
    ],
  },
  spec: {
    'spec-id': 0,
    fields: [{ name: 'at_day', transform: 'day', 'source-id': 9, 'field-id': 1000 }],
  },
  sortOrder: {
    'order-id': 1,
    fields: [{ transform: 'identity', 'source-id': 5, direction: 'asc', 'null-order': 'nulls-first' }],
  },
  properties: { owner: 'me' },
} as const;

/** The same table as both know it: what lies there by code in Java, and what our code has made of the same updates. */
let catalog: Catalog;
let theirs: LoadedTable;
let ours: TableMetadata;

beforeAll(async () => {
  if (!isTestable('rest')) return;
  catalog = new RestCatalog({ uri: restServer().uri });
  await catalog.createNamespace(identifier.namespace);
  const staged = await catalog.stageTable(creation);
  theirs = await commit(staged, [{ action: 'set-properties', updates: { made: 'now' } }]);
  ours = applyUpdates(staged.metadata, [{ action: 'set-properties', updates: { made: 'now' } }]);
});

async function commit(
  base: LoadedTable,
  updates: readonly TableUpdate[],
  requirements: readonly TableRequirement[] = [],
): Promise<LoadedTable> {
  const [outcome] = await catalog.commit([{ identifier, base, requirements, updates, commitId: 'none' }]);
  if (outcome === undefined || 'conflict' in outcome) throw new Error(outcome?.conflict);
  return outcome.table;
}

/** Metadata without what two that work at different moments cannot share. */
function comparable(metadata: TableMetadata): object {
  const { 'last-updated-ms': _, 'metadata-log': __, 'snapshot-log': log, ...rest } = metadata;
  return {
    ...rest,
    'snapshot-log': log.map((entry) => entry['snapshot-id']),
    statistics: rest.statistics ?? [],
    'partition-statistics': rest['partition-statistics'] ?? [],
  };
}

function snapshot(id: bigint): Snapshot {
  const parent = theirs.metadata['current-snapshot-id'];
  return {
    'snapshot-id': id,
    ...(parent !== undefined && { 'parent-snapshot-id': parent }),
    'sequence-number': theirs.metadata['last-sequence-number'] + 1,
    'timestamp-ms': theirs.metadata['last-updated-ms'] + 1,
    'manifest-list': `${theirs.metadata.location}/metadata/snap-${String(id)}.avro`,
    summary: { operation: 'append', 'added-records': '1' },
    'schema-id': theirs.metadata['current-schema-id'],
  };
}

const [FIRST, SECOND, THIRD] = [8_835_305_759_777_357_307n, 2n ** 63n - 1n, 3n] as const;
const main = (id: bigint): TableUpdate => ({
  action: 'set-snapshot-ref',
  'ref-name': 'main',
  type: 'branch',
  'snapshot-id': id,
});
const wider = () => {
  const [schema] = theirs.metadata.schemas;
  if (schema === undefined) throw new Error('Expected a schema.');
  const { fields } = schema;
  return { ...schema, fields: [...fields, { id: 9, name: 'note', type: 'string', required: false }] };
};
const statistics = (id: bigint) => ({
  'snapshot-id': id,
  'statistics-path': 's3://b/statistics',
  'file-size-in-bytes': 10,
  'file-footer-size-in-bytes': 5,
  'blob-metadata': [],
});

/** What is changed, one step after the other. */
const STEPS: readonly (readonly [string, () => readonly TableUpdate[]])[] = [
  [
    'a wider schema',
    () => [
      { action: 'add-schema', schema: wider() },
      { action: 'set-current-schema', 'schema-id': LAST_ADDED },
    ],
  ],
  [
    'the first schema again',
    () => [
      { action: 'add-schema', schema: { ...(theirs.metadata.schemas[0] as Schema), 'schema-id': 17 } },
      { action: 'set-current-schema', 'schema-id': 0 },
    ],
  ],
  [
    'another partition spec',
    () => [
      {
        action: 'add-spec',
        spec: {
          'spec-id': 0,
          fields: [
            { name: 'at_day', transform: 'day', 'source-id': 2, 'field-id': 1000 },
            { name: 'id_bucket', transform: 'bucket[8]', 'source-id': 1, 'field-id': 1001 },
          ],
        },
      },
      { action: 'set-default-spec', 'spec-id': LAST_ADDED },
    ],
  ],
  [
    'the first partition spec again',
    () => [
      {
        action: 'add-spec',
        spec: { ...creation.spec, fields: [{ ...creation.spec.fields[0], 'source-id': 2 }] },
      },
      { action: 'set-default-spec', 'spec-id': 0 },
    ],
  ],
  [
    'sort orders',
    () => [
      { action: 'add-sort-order', 'sort-order': { 'order-id': 0, fields: [] } },
      {
        action: 'add-sort-order',
        'sort-order': {
          'order-id': 4,
          fields: [{ transform: 'hour', 'source-id': 2, direction: 'desc', 'null-order': 'nulls-last' }],
        },
      },
      { action: 'set-default-sort-order', 'sort-order-id': LAST_ADDED },
    ],
  ],
  ['a snapshot', () => [{ action: 'add-snapshot', snapshot: snapshot(FIRST) }, main(FIRST)]],
  [
    'a second one with a tag and a branch',
    () => [
      { action: 'add-snapshot', snapshot: snapshot(SECOND) },
      main(SECOND),
      { action: 'set-snapshot-ref', 'ref-name': 'v2', type: 'tag', 'snapshot-id': SECOND },
      {
        action: 'set-snapshot-ref',
        'ref-name': 'audit',
        type: 'branch',
        'snapshot-id': FIRST,
        'min-snapshots-to-keep': 3,
        'max-snapshot-age-ms': 86_400_000,
      },
    ],
  ],
  [
    'statistics',
    () => [
      { action: 'set-statistics', statistics: statistics(FIRST) },
      { action: 'set-statistics', statistics: statistics(SECOND) },
      { action: 'set-partition-statistics', 'partition-statistics': partitionStatistics(SECOND) },
      { action: 'remove-statistics', 'snapshot-id': FIRST },
    ],
  ],
  ['a rollback', () => [main(FIRST)]],
  ['a snapshot after it', () => [{ action: 'add-snapshot', snapshot: snapshot(THIRD) }, main(THIRD)]],
  ['a snapshot that expires', () => [{ action: 'remove-snapshots', 'snapshot-ids': [SECOND] }]],
  ['a branch that goes', () => [{ action: 'remove-snapshot-ref', 'ref-name': 'audit' }]],
  [
    'properties',
    () => [
      { action: 'set-properties', updates: { owner: 'you', more: 'x' } },
      { action: 'remove-properties', removals: ['made', 'never there'] },
    ],
  ],
  [
    'specs and schemas that nobody uses',
    () => [
      { action: 'remove-partition-specs', 'spec-ids': [1] },
      { action: 'remove-schemas', 'schema-ids': [1] },
    ],
  ],
];

function partitionStatistics(id: bigint) {
  return { 'snapshot-id': id, 'statistics-path': 's3://b/partitions', 'file-size-in-bytes': 10 };
}

describe("what Iceberg's own code in Java makes of a table", () => {
  itRest('is what ours makes of it: the ids of a new one', () => {
    const { uuid, ...rest } = { uuid: theirs.metadata['table-uuid'], ...creation };
    const { properties, 'last-updated-ms': nowMs, location } = theirs.metadata;
    const made = newTableMetadata({ ...rest, uuid, location, nowMs, properties });
    expect(comparable(made)).toEqual(comparable(theirs.metadata));
  });

  itRest('and the same updates leave the same metadata, step by step', async () => {
    for (const [what, updates] of STEPS) {
      const step = updates();
      theirs = await commit(theirs, step);
      ours = applyUpdates(ours, step);
      expect([what, comparable(ours)]).toEqual([what, comparable(theirs.metadata)]);
    }
  });

  itRest('and the same requirements are met or not', async () => {
    const { metadata } = theirs;
    const cases: readonly TableRequirement[] = [
      { type: 'assert-create' },
      { type: 'assert-table-uuid', uuid: metadata['table-uuid'] },
      { type: 'assert-table-uuid', uuid: '00000000-0000-4000-8000-000000000000' },
      { type: 'assert-ref-snapshot-id', ref: 'main', 'snapshot-id': THIRD },
      { type: 'assert-ref-snapshot-id', ref: 'main', 'snapshot-id': FIRST },
      { type: 'assert-ref-snapshot-id', ref: 'main', 'snapshot-id': null },
      { type: 'assert-ref-snapshot-id', ref: 'nowhere', 'snapshot-id': null },
      { type: 'assert-ref-snapshot-id', ref: 'nowhere', 'snapshot-id': FIRST },
      ...[0, 1].flatMap((more): readonly TableRequirement[] => [
        {
          type: 'assert-last-assigned-field-id',
          'last-assigned-field-id': metadata['last-column-id'] + more,
        },
        { type: 'assert-current-schema-id', 'current-schema-id': metadata['current-schema-id'] + more },
        {
          type: 'assert-last-assigned-partition-id',
          'last-assigned-partition-id': metadata['last-partition-id'] + more,
        },
        { type: 'assert-default-spec-id', 'default-spec-id': metadata['default-spec-id'] + more },
        {
          type: 'assert-default-sort-order-id',
          'default-sort-order-id': metadata['default-sort-order-id'] + more,
        },
      ]),
    ];
    for (const [i, requirement] of cases.entries()) {
      const update = { action: 'set-properties', updates: { case: String(i) } } as const;
      const isMet = await commit(theirs, [update], [requirement]).then(
        () => true,
        () => false,
      );
      expect([requirement, checkRequirements(metadata, [requirement]) === undefined]).toEqual([
        requirement,
        isMet,
      ]);
    }
  });
});
