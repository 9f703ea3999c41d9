import { describe, expect, test } from '@jest/globals';
import {
  applyUpdates,
  checkRequirements,
  LAST_ADDED,
  type Schema,
  type Snapshot,
  type TableMetadata,
  type TableRequirement,
  type TableUpdate,
} from '../../src/metadata/index.ts';
import { newTable, nextSnapshot, NOW_MS } from './tables.ts';

const ID = 8_835_305_759_777_357_307n;

function withSnapshot(metadata: TableMetadata, snapshot: Snapshot): TableMetadata {
  return applyUpdates(
    metadata,
    [
      { action: 'add-snapshot', snapshot },
      {
        action: 'set-snapshot-ref',
        'ref-name': 'main',
        type: 'branch',
        'snapshot-id': snapshot['snapshot-id'],
      },
    ],
    NOW_MS,
  );
}

function withSnapshots(...ids: readonly bigint[]): TableMetadata {
  return ids.reduce((table, id) => withSnapshot(table, nextSnapshot(table, id)), newTable());
}

describe('snapshots', () => {
  test('one that is added is current once main names it', () => {
    const table = newTable();
    const snapshot = nextSnapshot(table, ID);
    const added = applyUpdates(table, [{ action: 'add-snapshot', snapshot }], NOW_MS);
    expect(added).not.toHaveProperty('current-snapshot-id');
    expect(added['snapshot-log']).toEqual([]);

    const current = withSnapshot(table, snapshot);
    expect(current).toMatchObject({
      'current-snapshot-id': ID,
      'last-sequence-number': 1,
      snapshots: [snapshot],
      refs: { main: { 'snapshot-id': ID, type: 'branch' } },
      'snapshot-log': [{ 'snapshot-id': ID, 'timestamp-ms': snapshot['timestamp-ms'] }],
    });
  });

  test('a rollback is noted with the time at which it was made', () => {
    const table = withSnapshots(1n, 2n);
    const back = applyUpdates(
      table,
      [{ action: 'set-snapshot-ref', 'ref-name': 'main', type: 'branch', 'snapshot-id': 1n }],
      NOW_MS + 5000,
    );
    expect(back['current-snapshot-id']).toBe(1n);
    expect(back['snapshot-log'].at(-1)).toEqual({ 'snapshot-id': 1n, 'timestamp-ms': NOW_MS + 5000 });
  });

  test('tags and branches name snapshots and move nothing', () => {
    const table = applyUpdates(withSnapshots(1n, 2n), [
      { action: 'set-snapshot-ref', 'ref-name': 'v1', type: 'tag', 'snapshot-id': 1n, 'max-ref-age-ms': 9 },
    ]);
    expect(table.refs['v1']).toEqual({ type: 'tag', 'snapshot-id': 1n, 'max-ref-age-ms': 9 });
    expect(table['current-snapshot-id']).toBe(2n);
    expect(
      applyUpdates(table, [{ action: 'remove-snapshot-ref', 'ref-name': 'v1' }]).refs,
    ).not.toHaveProperty('v1');
  });

  test('without main there is no current snapshot', () => {
    const table = applyUpdates(withSnapshots(1n), [{ action: 'remove-snapshot-ref', 'ref-name': 'main' }]);
    expect(table).not.toHaveProperty('current-snapshot-id');
    expect(table.snapshots).toHaveLength(1);
  });

  test('those that expire take their tags and the log before them along', () => {
    const table = applyUpdates(withSnapshots(1n, 2n, 3n), [
      { action: 'set-snapshot-ref', 'ref-name': 'old', type: 'tag', 'snapshot-id': 2n },
      { action: 'set-statistics', statistics: statisticsOf(2n) },
      { action: 'remove-snapshots', 'snapshot-ids': [2n] },
    ]);
    expect(table.snapshots.map((snapshot) => snapshot['snapshot-id'])).toEqual([1n, 3n]);
    expect(Object.keys(table.refs)).toEqual(['main']);
    expect(table['snapshot-log'].map((entry) => entry['snapshot-id'])).toEqual([3n]);
    expect(table.statistics).toEqual([]);
  });

  test.each<[string, TableUpdate]>([
    [
      'it has a snapshot 2 already',
      { action: 'add-snapshot', snapshot: { ...nextSnapshot(withSnapshots(1n), 2n) } },
    ],
    [
      'a snapshot of sequence number 2 would come after one of 2',
      { action: 'add-snapshot', snapshot: { ...nextSnapshot(withSnapshots(1n), 3n) } },
    ],
    [
      'it has no snapshot 9, which main would name',
      { action: 'set-snapshot-ref', 'ref-name': 'main', type: 'branch', 'snapshot-id': 9n },
    ],
    ['snapshot 2 is the current one', { action: 'remove-snapshots', 'snapshot-ids': [2n] }],
  ])('%s', (message, update) => {
    expect(() => applyUpdates(withSnapshots(1n, 2n), [update])).toThrow(
      `Cannot change the table's metadata: ${message}.`,
    );
  });
});

describe('schemas, specs and sort orders', () => {
  const [schema] = newTable().schemas as readonly [Schema];
  const wider: Schema = {
    ...schema,
    fields: [...schema.fields, { id: 3, name: 'note', type: 'string', required: false }],
  };

  test('a new schema gets an id and becomes the current one', () => {
    const table = applyUpdates(newTable(), [
      { action: 'add-schema', schema: wider },
      { action: 'set-current-schema', 'schema-id': LAST_ADDED },
    ]);
    expect(table).toMatchObject({ 'current-schema-id': 1, 'last-column-id': 3 });
    expect(table.schemas[1]).toEqual({ ...wider, 'schema-id': 1 });
  });

  test('one that is there already is found, whatever its id', () => {
    const table = applyUpdates(newTable(), [
      { action: 'add-schema', schema: { ...schema, 'schema-id': 99 } },
      { action: 'set-current-schema', 'schema-id': LAST_ADDED },
    ]);
    expect(table.schemas).toHaveLength(1);
    expect(table['current-schema-id']).toBe(0);
  });

  test('a partition field keeps the id that another spec gave to the same transform', () => {
    const spec = {
      'spec-id': 0,
      fields: [
        { name: 'ordered_at_hour', transform: 'hour', 'source-id': 2, 'field-id': LAST_ADDED },
        { name: 'day', transform: 'day', 'source-id': 2, 'field-id': LAST_ADDED },
      ],
    };
    const table = applyUpdates(newTable(), [
      { action: 'add-spec', spec },
      { action: 'set-default-spec', 'spec-id': LAST_ADDED },
    ]);
    expect(table).toMatchObject({ 'default-spec-id': 1, 'last-partition-id': 1001 });
    expect(table['partition-specs'][1]?.fields.map((field) => field['field-id'])).toEqual([1001, 1000]);
  });

  test('a sort order that has no fields is number 0, others count from 1', () => {
    const fields = [
      { transform: 'identity', 'source-id': 1, direction: 'desc', 'null-order': 'nulls-last' },
    ] as const;
    const table = applyUpdates(newTable(), [
      { action: 'add-sort-order', 'sort-order': { 'order-id': 5, fields: [] } },
      { action: 'add-sort-order', 'sort-order': { 'order-id': 5, fields } },
      { action: 'set-default-sort-order', 'sort-order-id': LAST_ADDED },
    ]);
    expect(table['sort-orders'].map((order) => order['order-id'])).toEqual([1, 0, 2]);
    expect(table['default-sort-order-id']).toBe(2);
  });

  test('those that are not in use can go', () => {
    const table = applyUpdates(newTable(), [
      { action: 'add-schema', schema: wider },
      { action: 'add-spec', spec: { 'spec-id': 0, fields: [] } },
      { action: 'remove-schemas', 'schema-ids': [1] },
      { action: 'remove-partition-specs', 'spec-ids': [1] },
    ]);
    expect(table.schemas).toHaveLength(1);
    expect(table['partition-specs']).toHaveLength(1);
  });

  test.each<[string, TableUpdate]>([
    ['it has no schema 4', { action: 'set-current-schema', 'schema-id': 4 }],
    ['it has no schema that was added before', { action: 'set-current-schema', 'schema-id': LAST_ADDED }],
    ['it has no partition spec 4', { action: 'set-default-spec', 'spec-id': 4 }],
    ['it has no sort order 4', { action: 'set-default-sort-order', 'sort-order-id': 4 }],
    ['schema 0 is the one in use', { action: 'remove-schemas', 'schema-ids': [0] }],
    ['partition spec 0 is the one in use', { action: 'remove-partition-specs', 'spec-ids': [0] }],
  ])('%s', (message, update) => {
    expect(() => applyUpdates(newTable(), [update])).toThrow(message);
  });
});

describe('the rest of the metadata', () => {
  test('properties are set and removed, location and uuid are set', () => {
    const table = applyUpdates(newTable({ a: '1', b: '2' }), [
      { action: 'set-properties', updates: { b: '3', c: '4' } },
      { action: 'remove-properties', removals: ['a', 'not there'] },
      { action: 'set-location', location: 's3://b/elsewhere' },
      { action: 'assign-uuid', uuid: 'another' },
    ]);
    expect(table).toMatchObject({ location: 's3://b/elsewhere', 'table-uuid': 'another' });
    expect(table.properties).toEqual({ b: '3', c: '4' });
  });

  test('statistics of a snapshot are replaced and removed', () => {
    const twice = applyUpdates(withSnapshots(1n), [
      { action: 'set-statistics', statistics: statisticsOf(1n) },
      { action: 'set-statistics', statistics: { ...statisticsOf(1n), 'statistics-path': 'newer' } },
      { action: 'set-partition-statistics', 'partition-statistics': statisticsOf(1n) },
    ]);
    expect(twice.statistics).toMatchObject([{ 'statistics-path': 'newer' }]);
    expect(twice['partition-statistics']).toHaveLength(1);
    const none = applyUpdates(twice, [
      { action: 'remove-statistics', 'snapshot-id': 1n },
      { action: 'remove-partition-statistics', 'snapshot-id': 1n },
    ]);
    expect(none).toMatchObject({ statistics: [], 'partition-statistics': [] });
  });

  test('its time never runs backwards', () => {
    expect(applyUpdates(newTable(), [], NOW_MS - 1)['last-updated-ms']).toBe(NOW_MS);
    expect(applyUpdates(newTable(), [], NOW_MS + 1)['last-updated-ms']).toBe(NOW_MS + 1);
  });

  test('a table of version 1 takes changes once it is upgraded, and loses what version 1 alone has', () => {
    const old = { ...newTable(), 'format-version': 1, schema: newTable().schemas[0], 'partition-spec': [] };
    const update: TableUpdate = { action: 'set-properties', updates: {} };
    expect(() => applyUpdates(old, [update])).toThrow(
      'Cannot change the table at file:///lake/shop/orders: it is of format version 1 of Iceberg, and datagen writes 2.',
    );
    const upgraded = applyUpdates(old, [{ action: 'upgrade-format-version', 'format-version': 2 }, update]);
    expect(upgraded).not.toHaveProperty('schema');
    expect(upgraded).not.toHaveProperty('partition-spec');
  });

  test('versions do not go down, and tables of version 3 are refused', () => {
    expect(() =>
      applyUpdates(newTable(), [{ action: 'upgrade-format-version', 'format-version': 1 }]),
    ).toThrow('its format version is 2, which cannot become 1');
    expect(() =>
      applyUpdates(newTable(), [{ action: 'upgrade-format-version', 'format-version': 3 }]),
    ).toThrow('it is of format version 3 of Iceberg, and datagen writes 2');
  });
});

describe('requirements', () => {
  const table = withSnapshots(1n, 2n);

  test.each<[TableRequirement, string | undefined]>([
    [{ type: 'assert-create' }, 'somebody else has made the table'],
    [{ type: 'assert-table-uuid', uuid: table['table-uuid'].toUpperCase() }, undefined],
    [{ type: 'assert-table-uuid', uuid: 'x' }, 'somebody else has put another table in its place'],
    [{ type: 'assert-ref-snapshot-id', ref: 'main', 'snapshot-id': 2n }, undefined],
    [{ type: 'assert-ref-snapshot-id', ref: 'main', 'snapshot-id': 1n }, 'the current snapshot is 2, not 1'],
    [
      { type: 'assert-ref-snapshot-id', ref: 'main', 'snapshot-id': null },
      'the current snapshot is 2, not none',
    ],
    [{ type: 'assert-ref-snapshot-id', ref: 'b', 'snapshot-id': null }, undefined],
    [{ type: 'assert-ref-snapshot-id', ref: 'b', 'snapshot-id': 2n }, 'the snapshot of b is none, not 2'],
    [{ type: 'assert-last-assigned-field-id', 'last-assigned-field-id': 2 }, undefined],
    [{ type: 'assert-last-assigned-field-id', 'last-assigned-field-id': 3 }, 'the last field id is 2, not 3'],
    [{ type: 'assert-current-schema-id', 'current-schema-id': 1 }, 'the current schema is 0, not 1'],
    [
      { type: 'assert-last-assigned-partition-id', 'last-assigned-partition-id': 1001 },
      'the last partition field id is 1000, not 1001',
    ],
    [{ type: 'assert-default-spec-id', 'default-spec-id': 1 }, 'the default partition spec is 0, not 1'],
    [
      { type: 'assert-default-sort-order-id', 'default-sort-order-id': 0 },
      'the default sort order is 1, not 0',
    ],
  ])('%j: %s', (requirement, problem) => {
    expect(checkRequirements(table, [requirement])).toBe(problem);
  });

  test('a table that is not there meets only that it is not', () => {
    expect(checkRequirements(undefined, [{ type: 'assert-create' }])).toBeUndefined();
    expect(checkRequirements(undefined, [{ type: 'assert-table-uuid', uuid: 'x' }])).toBe(
      'somebody else has removed the table',
    );
  });

  test('the first that is not met is told', () => {
    expect(
      checkRequirements(table, [
        { type: 'assert-default-spec-id', 'default-spec-id': 0 },
        { type: 'assert-current-schema-id', 'current-schema-id': 1 },
        { type: 'assert-create' },
      ]),
    ).toBe('the current schema is 0, not 1');
  });
});

function statisticsOf(id: bigint) {
  return { 'snapshot-id': id, 'statistics-path': 'older', 'file-size-in-bytes': 1 };
}
