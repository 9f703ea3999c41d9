import type { TableDefinition } from '@datagen/core/writer';
import { sampleGenerator } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import { columnTextsIn, fieldIdsOf, replacedSchema, schemaOf } from '../../src/layout/schema.ts';
import { newTableMetadata, type NestedField, type Schema } from '../../src/metadata/index.ts';
import { columnTextsOf } from '@datagen/core/writer';

const [sites, events] = sampleGenerator().tables as readonly [TableDefinition, TableDefinition];

const tableOf = (schema: Schema) =>
  newTableMetadata({
    uuid: 'u',
    location: 'file:///t',
    schema,
    spec: { 'spec-id': 0, fields: [] },
    sortOrder: { 'order-id': 0, fields: [] },
    properties: {},
    nowMs: 0,
  });
const withFields = (fields: readonly NestedField[]): Schema => ({ ...schemaOf(events), fields });
const changed = (name: string, change: Partial<NestedField>) =>
  withFields(schemaOf(events).fields.map((field) => (field.name === name ? { ...field, ...change } : field)));

describe('the schema of a table', () => {
  it('has a type, an id and a doc for every column, and the primary key as identifier', () => {
    const { fields, ...rest } = schemaOf(events);
    expect(rest).toEqual({ type: 'struct', 'schema-id': 0, 'identifier-field-ids': [1] });
    expect(fields.map(({ id, name, type, required }) => [id, name, type, required])).toEqual([
      [1, 'event_id', 'long', true],
      [2, 'site_id', 'long', true],
      [3, 'ts', 'timestamptz', true],
      [4, 'group', 'string', true],
      [5, 'small', 'int', false],
      [6, 'ratio', 'double', false],
      [7, 'price', 'decimal(12, 2)', false],
      [8, 'event_date', 'date', false],
      [9, 'flag', 'boolean', false],
      [10, 'kind', 'string', false],
      [11, 'note', 'string', false],
    ]);
    expect(fields[6]?.doc).toBe('Money, negative too');
  });

  it('has no identifier where the key may be null, or is a double', () => {
    for (const primaryKey of [['note'], ['ratio'], []])
      expect(schemaOf({ ...events, primaryKey })['identifier-field-ids']).toBeUndefined();
  });
});

describe('the columns that others left', () => {
  it('are those of the run, in whatever order, with columns that may be null beside them', () => {
    const added: NestedField = { id: 12, name: 'extra', required: false, type: 'string' };
    const fields = [added, ...schemaOf(events).fields].reverse();
    expect(columnTextsIn(withFields(fields), events)).toEqual(columnTextsOf(events));
    expect(fieldIdsOf(withFields(fields), events).get('note')).toBe(11);
  });

  it('may be of a type that the run’s is read as', () => {
    for (const [name, type] of [
      ['small', 'long'],
      ['price', 'decimal(20,2)'],
      ['price', 'decimal(12,2)'],
    ] as const)
      expect(columnTextsIn(changed(name, { type }), events)).toEqual(columnTextsOf(events));
    for (const [name, type, text] of [
      ['event_id', 'int', 'event_id int32'],
      ['price', 'decimal(12, 3)', 'price decimal(12,3)'],
      ['price', 'decimal(10, 2)', 'price decimal(10,2)'],
      ['ts', 'timestamp_ns', 'ts timestamp_ns'],
      ['note', 'binary', 'note binary'],
    ] as const)
      expect(columnTextsIn(changed(name, { type }), events)).toContain(text);
  });

  it('are other ones after a rename, a drop, or a column that must not be null', () => {
    expect(columnTextsIn(changed('note', { name: 'remark' }), events)).toContain('remark text');
    expect(columnTextsIn(withFields(schemaOf(events).fields.slice(0, -1)), events)).not.toContain(
      'note text',
    );
    const added: NestedField = { id: 12, name: 'extra', required: true, type: 'long' };
    expect(columnTextsIn(withFields([...schemaOf(events).fields, added]), events)).toContain('extra int64');
  });
});

describe('the schema of a table that is replaced', () => {
  it('is the one that is there for the same columns', () => {
    const metadata = tableOf(schemaOf(events));
    expect(replacedSchema(metadata, events)).toBe(metadata.schemas[0]);
  });

  it('keeps ids for columns that keep name and type, and gives others new ones', () => {
    const metadata = tableOf(schemaOf(events));
    expect(replacedSchema(metadata, sites)).toEqual({
      type: 'struct',
      'schema-id': 1,
      'identifier-field-ids': [2],
      // `site_id` is a column of both, `label` of neither.
      fields: [
        { id: 2, name: 'site_id', required: true, type: 'long', doc: 'Number of the site, from 1' },
        { id: 12, name: 'label', required: true, type: 'string', doc: 'Its name' },
      ],
    });
  });

  it('is an older one where the table comes back to its columns', () => {
    const metadata = tableOf(schemaOf(events));
    const other = replacedSchema(metadata, sites);
    const after = { ...metadata, schemas: [...metadata.schemas, other], 'last-column-id': 12 };
    expect(replacedSchema(after, events)['schema-id']).toBe(0);
    expect(replacedSchema({ ...after, 'current-schema-id': 1 }, sites)).toBe(other);
  });
});
