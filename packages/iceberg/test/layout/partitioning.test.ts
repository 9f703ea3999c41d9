import type { DataFile, PartitionComponent, TableDefinition } from '@datagen/core/writer';
import { sampleGenerator } from '@datagen/testkit';
import { describe, expect, it } from '@jest/globals';
import {
  newSpec,
  partitionKeysOf,
  partitioningText,
  partitionValuesOf,
  specIn,
  specOf,
} from '../../src/layout/partitioning.ts';
import { schemaOf } from '../../src/layout/schema.ts';
import { newTableMetadata, type PartitionSpec } from '../../src/metadata/index.ts';

const events = sampleGenerator().tables[1] as TableDefinition;
const schema = schemaOf(events);
const keys = (...components: string[]) => partitionKeysOf(events, components);
const texts = (...components: string[]) =>
  keys(...components).map((key) => `${key.transform}(${key.column})`);

describe('a partitioning of Iceberg', () => {
  it('has the finest unit of time alone', () => {
    expect(texts('year', 'month', 'day')).toEqual(['day(ts)']);
    expect(texts('month')).toEqual(['month(ts)']);
    expect(texts('year', 'group', 'hour')).toEqual(['identity(group)', 'hour(ts)']);
    expect(texts('day', 'group')).toEqual(['day(ts)', 'identity(group)']);
    expect(texts()).toEqual([]);
  });

  it('is refused by name where Iceberg has none', () => {
    expect(() => keys('week')).toThrow(
      'Cannot partition `events` by `week`: Iceberg has no weeks. Use `day`, or `month` for larger files.',
    );
    expect(() => keys('week', 'day')).toThrow(/Iceberg has no weeks/);
    expect(() => keys('ratio')).toThrow(/is a column of float64; use one of text, integers or days/);
    const daily = { ...events, timeColumn: 'event_date' };
    expect(() => partitionKeysOf(daily, ['hour'])).toThrow(/`event_date` holds days, which have no hours/);
  });

  it('names its fields as Java and pyiceberg do', () => {
    expect(specOf(schema, keys('day', 'group')).fields).toEqual([
      { name: 'ts_day', transform: 'day', 'source-id': 3, 'field-id': 1000 },
      { name: 'group', transform: 'identity', 'source-id': 4, 'field-id': 1001 },
    ]);
    const taken = {
      ...schema,
      fields: [...schema.fields, { id: 12, name: 'ts_day', required: false, type: 'date' }],
    };
    expect(specOf(taken, keys('day')).fields[0]?.name).toBe('ts_day_');
  });
});

describe('a table with several specs', () => {
  const field = (id: number, name: string, transform: string, sourceId: number) => ({
    name,
    transform,
    'source-id': sourceId,
    'field-id': id,
  });
  const specs: readonly PartitionSpec[] = [
    { 'spec-id': 0, fields: [field(1000, 'ts_day', 'day', 3)] },
    { 'spec-id': 1, fields: [field(1000, 'ts_day', 'day', 3), field(1001, 'group', 'identity', 4)] },
    { 'spec-id': 2, fields: [field(1000, 'ts_day', 'void', 3), field(1001, 'group', 'identity', 4)] },
    { 'spec-id': 3, fields: [field(1002, 'id_bucket', 'bucket[8]', 1)] },
  ];
  const metadata = {
    ...newTableMetadata({
      uuid: 'u',
      location: 'file:///t',
      schema,
      spec: { 'spec-id': 0, fields: [] },
      sortOrder: { 'order-id': 0, fields: [] },
      properties: {},
      nowMs: 0,
    }),
    'partition-specs': specs,
    'default-spec-id': 3,
    'last-partition-id': 1002,
  };

  it('takes files of the one that is asked for', () => {
    expect(specIn(metadata, schema, keys('day'))?.['spec-id']).toBe(0);
    expect(specIn(metadata, schema, keys('day', 'group'))?.['spec-id']).toBe(1);
    expect(specIn(metadata, schema, keys('group'))?.['spec-id']).toBe(2);
    expect(specIn(metadata, schema, keys('month'))).toBeUndefined();
    expect(specIn(metadata, schema, keys())).toBeUndefined();
  });

  it('is described by its fields', () => {
    expect(specs.map((spec) => partitioningText(spec, schema))).toEqual([
      'day(ts)',
      'day(ts), group',
      'group',
      'bucket[8](event_id)',
    ]);
  });

  it('gets a new one whose fields keep the ids that they had', () => {
    expect(newSpec(metadata, schema, keys('month', 'group'))).toEqual({
      'spec-id': 4,
      fields: [field(1003, 'ts_month', 'month', 3), field(1001, 'group', 'identity', 4)],
    });
  });
});

describe('the partition of a data file', () => {
  const micros = (text: string) => BigInt(Date.parse(text)) * 1000n;
  const file = (partition: readonly PartitionComponent[], first: string, last = first): DataFile => ({
    table: 'events',
    path: 'a.parquet',
    byteSize: 1,
    rowCount: 1,
    partition,
    firstBlock: 'a',
    lastBlock: 'b',
    time: { minMicros: micros(first), maxMicros: micros(last) },
  });
  const values = (components: readonly string[], of: DataFile) =>
    partitionValuesOf(specOf(schema, keys(...components)), schema, events, of);

  it('is what its components say, counted from 1970', () => {
    const parts = [
      ['year', '2026'],
      ['group', 'a/b'],
      ['month', '01'],
      ['day', '05'],
    ] as const;
    expect(values(['year', 'group', 'month', 'day'], file(parts, '2026-01-05T23:59:59Z'))).toEqual([
      'a/b',
      20458,
    ]);
    expect(values(['month'], file([['month', '1969-12']], '1969-12-31T00:00:00Z'))).toEqual([-1]);
    expect(values(['hour'], file([['hour', '2026-01-05T13']], '2026-01-05T13:30:00Z'))).toEqual([491005]);
    expect(
      values(['year'], file([['year', '2026']], '2026-01-01T00:00:00Z', '2026-12-31T00:00:00Z')),
    ).toEqual([56]);
  });

  it('is known without rows', () => {
    const { time: _, ...empty } = file([['day', '2026-01-05']], '2026-01-05T00:00:00Z');
    expect(values(['day'], empty)).toEqual([20458]);
  });

  it('is of the type of its column', () => {
    const at = '2026-01-05T00:00:00Z';
    expect(values(['site_id'], file([['site_id', 7]], at))).toEqual([7n]);
    expect(values(['small'], file([['small', -7]], at))).toEqual([-7]);
    expect(values(['event_date'], file([['event_date', '2026-01-05']], at))).toEqual([20458]);
    expect(values(['group'], file([['group', null]], at))).toEqual([null]);
  });

  it('is refused where rows lie outside of it', () => {
    const stray = file([['day', '2026-01-05']], '2026-01-05T12:00:00Z', '2026-01-06T00:00:00Z');
    expect(() => values(['day'], stray)).toThrow(
      'a.parquet of `events` holds instants from 2026-01-05T12:00:00.000Z to 2026-01-06T00:00:00.000Z, which lie in another day than its partition',
    );
  });
});
