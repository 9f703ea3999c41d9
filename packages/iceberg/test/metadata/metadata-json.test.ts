import { describe, expect, test } from '@jest/globals';
import { formatTableMetadata, parseTableMetadata } from '../../src/metadata/index.ts';
import { formatJson, parseJson } from '../../src/metadata/json.ts';

/** As Java writes it, with keys of versions to come and numbers of all sizes. */
const JAVA = `{"format-version":2,"table-uuid":"9c12d441-03fe-4693-9a96-a0705ddf69c1","location":"s3://b/t",
"last-sequence-number":34,"last-updated-ms":1602638573590,"last-column-id":1,"current-schema-id":0,
"schemas":[{"type":"struct","schema-id":0,"fields":[{"id":1,"name":"x","required":true,"type":"double","initial-default":1.0}]}],
"default-spec-id":0,"partition-specs":[{"spec-id":0,"fields":[]}],"last-partition-id":999,
"default-sort-order-id":0,"sort-orders":[{"order-id":0,"fields":[]}],"properties":{"a":"9007199254740993"},
"current-snapshot-id":8835305759777357307,"refs":{"main":{"snapshot-id":8835305759777357307,"type":"branch","max-ref-age-ms":5}},
"snapshots":[{"sequence-number":34,"snapshot-id":8835305759777357307,"parent-snapshot-id":3,"timestamp-ms":1515100955770,
"summary":{"operation":"append","x":"y"},"manifest-list":"s3://b/t/metadata/s.avro","schema-id":0,"first-row-id":9007199254740993}],
"statistics":[],"partition-statistics":[],"snapshot-log":[{"timestamp-ms":1515100955770,"snapshot-id":8835305759777357307}],
"metadata-log":[{"timestamp-ms":1515100,"metadata-file":"s3://b/t/metadata/0.json"}],"a-key-to-come":{"n":18446744073709551615}}`;

describe('table metadata as JSON', () => {
  test('what was read is written again, with all keys and all digits', () => {
    const text = formatTableMetadata(parseTableMetadata(JAVA, 'a test'));
    expect(sorted(parseJson(text))).toEqual(sorted(parseJson(JAVA)));
  });

  test('snapshot ids are bigints, small ones too', () => {
    const table = parseTableMetadata(JAVA, 'a test');
    expect(table['current-snapshot-id']).toBe(8_835_305_759_777_357_307n);
    expect(table.refs['main']?.['snapshot-id']).toBe(8_835_305_759_777_357_307n);
    expect(table.snapshots[0]?.['parent-snapshot-id']).toBe(3n);
    expect(table['last-sequence-number']).toBe(34);
  });

  test.each(['-1', 'null'])('a current snapshot of %s is none', (id) => {
    const text = JAVA.replace(
      '"current-snapshot-id":8835305759777357307',
      `"current-snapshot-id":${id}`,
    ).replace(/"refs":\{.*?\}\},/, '');
    const table = parseTableMetadata(text, 'a test');
    expect(table).not.toHaveProperty('current-snapshot-id');
    expect(table.refs).toEqual({});
  });

  test('metadata of before branches gets the branch main', () => {
    const table = parseTableMetadata(JAVA.replace(/"refs":\{.*?\}\},/, ''), 'a test');
    expect(table.refs).toEqual({
      main: { 'snapshot-id': 8_835_305_759_777_357_307n, type: 'branch' },
    });
  });

  test('metadata of version 1 is read as if it were newer', () => {
    const table = parseTableMetadata(
      `{"format-version":1,"location":"l","last-updated-ms":5,"last-column-id":2,
        "schema":{"type":"struct","fields":[{"id":1,"name":"x","required":true,"type":"long"}]},
        "partition-spec":[{"name":"x","transform":"identity","source-id":1,"field-id":1003}],
        "current-snapshot-id":7,"snapshots":[{"snapshot-id":7,"timestamp-ms":5,"manifests":["m.avro"]}]}`,
      'a test',
    );
    expect(table).toMatchObject({
      'format-version': 1,
      schemas: [{ 'schema-id': 0, fields: [{ name: 'x' }] }],
      'current-schema-id': 0,
      'partition-specs': [{ 'spec-id': 0, fields: [{ 'field-id': 1003 }] }],
      'last-partition-id': 1003,
      'sort-orders': [{ 'order-id': 0 }],
      snapshots: [{ 'snapshot-id': 7n, 'sequence-number': 0 }],
      'last-sequence-number': 0,
      properties: {},
      'metadata-log': [],
    });
  });

  test.each([
    [
      '{',
      'Expected the metadata of an Iceberg table in x.json: unexpected end at position 1 of the JSON text.',
    ],
    ['[]', 'Expected the metadata of an Iceberg table in x.json, with a format version and a schema'],
    ['null', 'with a format version and a schema, got something else'],
    ['{"format-version":2}', 'with a format version and a schema, got something else'],
    [JAVA.replace('"format-version":2', '"format-version":4'), 'is of format version 4 of Iceberg'],
  ])('%s is refused in a sentence', (text, message) => {
    expect(() => parseTableMetadata(text, 'x.json')).toThrow(message);
  });
});

/** Objects with their keys in one order, so that two of them can be compared as text. */
function sorted(value: unknown): string {
  return formatJson(ordered(value));
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null || 'text' in value) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, member]) => [key, ordered(member)]));
}
