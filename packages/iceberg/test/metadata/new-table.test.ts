import { expect, test } from '@jest/globals';
import { newTableMetadata, type Schema } from '../../src/metadata/index.ts';
import { newTable } from './tables.ts';

test('a new table gets ids of its own, and what names columns follows', () => {
  const table = newTable({ owner: 'me' });
  expect(table.schemas).toEqual([
    {
      type: 'struct',
      'schema-id': 0,
      'identifier-field-ids': [1],
      fields: [
        { id: 1, name: 'order_id', type: 'long', required: true, doc: 'The key.' },
        { id: 2, name: 'ordered_at', type: 'timestamptz', required: true },
      ],
    },
  ]);
  expect(table['partition-specs']).toEqual([
    {
      'spec-id': 0,
      fields: [{ name: 'ordered_at_day', transform: 'day', 'source-id': 2, 'field-id': 1000 }],
    },
  ]);
  expect(table['sort-orders']).toEqual([
    {
      'order-id': 1,
      fields: [{ transform: 'identity', 'source-id': 2, direction: 'asc', 'null-order': 'nulls-first' }],
    },
  ]);
  expect(table).toMatchObject({
    'format-version': 2,
    'last-column-id': 2,
    'last-partition-id': 1000,
    'default-sort-order-id': 1,
    'last-sequence-number': 0,
    properties: { owner: 'me' },
  });
  expect(table).not.toHaveProperty('current-snapshot-id');
});

test('a table without partitions and order says so as the specification does', () => {
  const plain: Schema = { type: 'struct', 'schema-id': 0, fields: [] };
  const table = newTableMetadata({
    uuid: 'u',
    location: 'l',
    schema: plain,
    spec: { 'spec-id': 0, fields: [] },
    sortOrder: { 'order-id': 0, fields: [] },
    properties: {},
    nowMs: 1,
  });
  expect(table).toMatchObject({
    'partition-specs': [{ 'spec-id': 0, fields: [] }],
    'last-partition-id': 999,
    'sort-orders': [{ 'order-id': 0, fields: [] }],
    'default-sort-order-id': 0,
    'last-column-id': 0,
  });
});

test('fields of a struct get their ids before those within them', () => {
  const table = newTableMetadata({
    uuid: 'u',
    location: 'l',
    schema: {
      type: 'struct',
      'schema-id': 0,
      fields: [
        {
          id: 5,
          name: 'a',
          required: false,
          type: { type: 'struct', fields: [{ id: 6, name: 'b', required: false, type: 'int' }] },
        },
        {
          id: 7,
          name: 'c',
          required: false,
          type: {
            type: 'map',
            'key-id': 8,
            key: 'string',
            'value-id': 9,
            value: 'long',
            'value-required': true,
          },
        },
        {
          id: 10,
          name: 'd',
          required: false,
          type: { type: 'list', 'element-id': 11, element: 'int', 'element-required': true },
        },
      ],
    },
    spec: { 'spec-id': 0, fields: [] },
    sortOrder: { 'order-id': 0, fields: [] },
    properties: {},
    nowMs: 1,
  });
  expect(table.schemas[0]?.fields).toMatchObject([
    { id: 1, type: { fields: [{ id: 4, name: 'b' }] } },
    { id: 2, type: { 'key-id': 5, 'value-id': 6 } },
    { id: 3, type: { 'element-id': 7 } },
  ]);
  expect(table['last-column-id']).toBe(7);
});

test('a partition of a column that is not there is refused', () => {
  expect(() =>
    newTableMetadata({
      uuid: 'u',
      location: 'l',
      schema: { type: 'struct', 'schema-id': 0, fields: [] },
      spec: { 'spec-id': 0, fields: [{ name: 'x', transform: 'day', 'source-id': 3, 'field-id': 1000 }] },
      sortOrder: { 'order-id': 0, fields: [] },
      properties: {},
      nowMs: 1,
    }),
  ).toThrow('The schema has no field with the id 3.');
});
