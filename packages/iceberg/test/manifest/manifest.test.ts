import { describe, expect, it } from '@jest/globals';
import { decodeAvroFile, encodeAvroFile } from '../../src/manifest/avro-file.ts';
import type { AvroSchema } from '../../src/manifest/avro-type.ts';
import { ADDED, type ManifestEntry } from '../../src/manifest/entry.ts';
import { decodeManifest, encodeManifest, manifestHeader } from '../../src/manifest/manifest.ts';
import {
  decodeManifestList,
  encodeManifestList,
  type ManifestFile,
} from '../../src/manifest/manifest-list.ts';
import { compatibleName, partitionSchema } from '../../src/manifest/partition-schema.ts';
import type { PartitionSpec, Schema } from '../../src/metadata/index.ts';

const schema: Schema = {
  type: 'struct',
  'schema-id': 3,
  fields: [
    { id: 1, name: 'id', required: true, type: 'long' },
    { id: 2, name: 'ts', required: true, type: 'timestamptz' },
    { id: 3, name: 'price', required: false, type: 'decimal(12, 2)' },
    { id: 4, name: 'code', required: false, type: 'uuid' },
    { id: 5, name: 'hash', required: false, type: 'fixed[5]' },
  ],
};
const nameOf = (id: number) => `f${String(id)}`;
const field = (id: number, name: string, transform: string, sourceId: number) => ({
  name,
  transform,
  'source-id': sourceId,
  'field-id': id,
});
const spec: PartitionSpec = {
  'spec-id': 7,
  fields: [field(1000, 'ts_day', 'day', 2), field(1001, 'ts_hour', 'hour', 2)],
};
const entry: ManifestEntry = {
  status: ADDED,
  snapshot_id: 8_835_305_759_777_357_307n,
  sequence_number: null,
  file_sequence_number: null,
  data_file: {
    content: 0,
    file_path: 's3://bucket/t/data/a.parquet',
    file_format: 'PARQUET',
    partition: { f1000: 20458, f1001: 491005 },
    record_count: 10,
    file_size_in_bytes: 5_000_000_000,
    column_sizes: [{ key: 1, value: 80 }],
    value_counts: [{ key: 1, value: 10 }],
    null_value_counts: [{ key: 1, value: 0 }],
    nan_value_counts: [],
    lower_bounds: [{ key: 1, value: Buffer.from('0100000000000000', 'hex') }],
    upper_bounds: [{ key: 1, value: Buffer.from('0a00000000000000', 'hex') }],
    key_metadata: null,
    split_offsets: [4, 4_000_000_000],
    equality_ids: null,
    sort_order_id: 1,
    referenced_data_file: null,
  },
};

interface FieldJson {
  readonly name: string;
  readonly type: unknown;
  readonly 'field-id'?: number;
  readonly 'element-id'?: number;
}

/** All fields of a schema as `id name`, a union's null left out. */
function fieldsOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(fieldsOf);
  if (typeof node !== 'object' || node === null) return [];
  const { fields = [], items, type } = node as { fields?: FieldJson[]; items?: unknown; type?: unknown };
  return [
    ...fields.flatMap((each) => [`${String(each['field-id'])} ${each.name}`, ...fieldsOf(each.type)]),
    ...fieldsOf(items),
    ...(typeof type === 'string' ? [] : fieldsOf(type)),
  ];
}

describe('a manifest', () => {
  const bytes = encodeManifest(manifestHeader(schema, spec), [entry]);

  it('gives back its entries and its header', () => {
    const { header, entries } = decodeManifest(bytes);
    expect(
      JSON.parse(
        JSON.stringify(entries, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
      ),
    ).toEqual([
      JSON.parse(
        JSON.stringify(entry, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
      ),
    ]);
    expect(header).toMatchObject({ content: 'data', schemaId: 3, partitionSpecId: 7 });
    expect(JSON.parse(header.schema)).toEqual(schema);
    expect(JSON.parse(header.partitionSpec)).toEqual(spec.fields);
  });

  it('has the metadata that the specification asks for', () => {
    const { metadata } = decodeAvroFile(bytes, nameOf).header;
    expect([...metadata.keys()].sort()).toEqual([
      'avro.codec',
      'avro.schema',
      'content',
      'format-version',
      'partition-spec',
      'partition-spec-id',
      'schema',
      'schema-id',
    ]);
    expect([metadata.get('format-version'), metadata.get('partition-spec-id')]).toEqual(['2', '7']);
  });

  it('has every field under the id and the name of the specification', () => {
    expect(fieldsOf(decodeAvroFile(bytes, nameOf).header.schema)).toEqual([
      '0 status',
      '1 snapshot_id',
      '3 sequence_number',
      '4 file_sequence_number',
      '2 data_file',
      '134 content',
      '100 file_path',
      '101 file_format',
      '102 partition',
      '1000 ts_day',
      '1001 ts_hour',
      '103 record_count',
      '104 file_size_in_bytes',
      '108 column_sizes',
      '117 key',
      '118 value',
      '109 value_counts',
      '119 key',
      '120 value',
      '110 null_value_counts',
      '121 key',
      '122 value',
      '137 nan_value_counts',
      '138 key',
      '139 value',
      '125 lower_bounds',
      '126 key',
      '127 value',
      '128 upper_bounds',
      '129 key',
      '130 value',
      '131 key_metadata',
      '132 split_offsets',
      '135 equality_ids',
      '140 sort_order_id',
      '143 referenced_data_file',
    ]);
  });

  it('has partition values of any type', () => {
    const typed: PartitionSpec = {
      'spec-id': 1,
      fields: [
        field(1000, 'price', 'identity', 3),
        field(1001, 'code', 'identity', 4),
        field(1002, 'hash', 'identity', 5),
        field(1003, 'gone', 'void', 99),
        field(1004, 'rounded', 'truncate[100]', 3),
      ],
    };
    const values = {
      f1000: Buffer.from('00000000058c', 'hex'),
      f1001: Buffer.alloc(16, 7),
      f1002: Buffer.alloc(5, 1),
      f1003: null,
      f1004: Buffer.from('000000000578', 'hex'),
    };
    const written = { ...entry, data_file: { ...entry.data_file, partition: values } };
    const { entries } = decodeManifest(encodeManifest(manifestHeader(schema, typed), [written]));
    expect({ ...entries[0]?.data_file.partition }).toEqual(values);
  });

  it('has partition fields under names that Avro takes', () => {
    expect(['plain', 'a b', '7days', 'größe', 'a.b'].map(compatibleName)).toEqual([
      'plain',
      'a_x20b',
      '_7days',
      'gr_xF6_xDFe',
      'a_x2Eb',
    ]);
    const named = { 'spec-id': 0, fields: [field(1000, 'a b', 'identity', 1)] };
    expect(partitionSchema(named, schema)).toMatchObject({
      fields: [{ name: 'a_x20b', 'iceberg-field-name': 'a b', 'field-id': 1000 }],
    });
  });

  it('of version 1 is read by the ids of its fields, whatever their names', () => {
    const old: AvroSchema = {
      type: 'record',
      name: 'manifest_entry',
      fields: [
        { name: 'status', type: 'int', 'field-id': 0 },
        { name: 'snap', type: ['null', 'long'], 'field-id': 1 },
        {
          name: 'file',
          'field-id': 2,
          type: {
            type: 'record',
            name: 'r2',
            fields: [
              { name: 'path', type: 'string', 'field-id': 100 },
              { name: 'format', type: 'string', 'field-id': 101 },
              { name: 'part', type: { type: 'record', name: 'r102', fields: [] }, 'field-id': 102 },
              { name: 'rows', type: 'long', 'field-id': 103 },
              { name: 'bytes', type: 'long', 'field-id': 104 },
              { name: 'block_size_in_bytes', type: 'long', 'field-id': 105 },
            ],
          },
        },
      ],
    };
    const nameInOld: Readonly<Record<number, string>> = {
      0: 'status',
      1: 'snap',
      2: 'file',
      100: 'path',
      101: 'format',
      102: 'part',
      103: 'rows',
      104: 'bytes',
      105: 'block',
    };
    const file = { path: 'a', format: 'PARQUET', part: {}, rows: 3, bytes: 9, block: 1 };
    const bytesOfOld = encodeAvroFile({ schema: old, metadata: new Map() }, (id) => nameInOld[id] ?? '', [
      { status: 1, snap: 5, file },
    ]);
    const { entries } = decodeManifest(bytesOfOld);
    expect(entries[0]).toMatchObject({
      status: 1,
      snapshot_id: 5,
      data_file: { file_path: 'a', file_format: 'PARQUET', record_count: 3, file_size_in_bytes: 9 },
    });
  });

  it('is told from another file of Avro', () => {
    const list = encodeManifestList({ 'snapshot-id': 1n, 'sequence-number': 1 }, []);
    expect(() => decodeManifest(list)).toThrow('it is no manifest: its schema has no field 102 (partition)');
  });
});

describe('a manifest list', () => {
  const manifest: ManifestFile = {
    manifest_path: 's3://bucket/t/metadata/m0.avro',
    manifest_length: 5_000_000_000,
    partition_spec_id: 7,
    content: 0,
    sequence_number: 2,
    min_sequence_number: 1,
    added_snapshot_id: 8_835_305_759_777_357_307n,
    added_files_count: 1,
    existing_files_count: 2,
    deleted_files_count: 3,
    added_rows_count: 4,
    existing_rows_count: 5,
    deleted_rows_count: 6,
    partitions: [
      {
        contains_null: true,
        contains_nan: false,
        lower_bound: Buffer.from([1]),
        upper_bound: null,
      },
    ],
    key_metadata: null,
  };

  it('gives back its manifests, and says of which snapshot it is', () => {
    const ids = { 'snapshot-id': 8n, 'parent-snapshot-id': 7n, 'sequence-number': 2 };
    const bytes = encodeManifestList(ids, [manifest]);
    const { manifests, uncounted } = decodeManifestList(bytes);
    expect(
      manifests.map(({ partitions, ...rest }) => ({
        ...rest,
        partitions: partitions?.map((each) => ({ ...each })),
      })),
    ).toEqual([manifest]);
    expect([...uncounted]).toEqual([]);
    const { metadata } = decodeAvroFile(bytes, nameOf).header;
    expect(Object.fromEntries(metadata)).toMatchObject({
      'snapshot-id': '8',
      'parent-snapshot-id': '7',
      'sequence-number': '2',
      'format-version': '2',
    });
  });

  it('has every field under the id and the name of the specification', () => {
    const bytes = encodeManifestList({ 'snapshot-id': 1n, 'sequence-number': 1 }, []);
    expect(fieldsOf(decodeAvroFile(bytes, nameOf).header.schema)).toEqual([
      '500 manifest_path',
      '501 manifest_length',
      '502 partition_spec_id',
      '517 content',
      '515 sequence_number',
      '516 min_sequence_number',
      '503 added_snapshot_id',
      '504 added_files_count',
      '505 existing_files_count',
      '506 deleted_files_count',
      '512 added_rows_count',
      '513 existing_rows_count',
      '514 deleted_rows_count',
      '507 partitions',
      '509 contains_null',
      '518 contains_nan',
      '510 lower_bound',
      '511 upper_bound',
      '519 key_metadata',
    ]);
  });

  it('of version 1 may leave counts open', () => {
    const old: AvroSchema = {
      type: 'record',
      name: 'manifest_file',
      fields: [
        { name: 'manifest_path', type: 'string', 'field-id': 500 },
        { name: 'manifest_length', type: 'long', 'field-id': 501 },
        { name: 'partition_spec_id', type: 'int', 'field-id': 502 },
        { name: 'added_snapshot_id', type: ['null', 'long'], 'field-id': 503 },
        { name: 'added_data_files_count', type: ['null', 'int'], 'field-id': 504 },
      ],
    };
    const names: Readonly<Record<number, string>> = { 500: 'p', 501: 'l', 502: 's', 503: 'i', 504: 'c' };
    const bytes = encodeAvroFile({ schema: old, metadata: new Map() }, (id) => names[id] ?? '', [
      { p: 'a', l: 1, s: 0, i: 5, c: null },
    ]);
    const { manifests, uncounted } = decodeManifestList(bytes);
    expect([...uncounted]).toEqual(['a']);
    expect(manifests).toMatchObject([
      { manifest_path: 'a', content: 0, sequence_number: 0, min_sequence_number: 0, added_snapshot_id: 5 },
    ]);
  });
});
