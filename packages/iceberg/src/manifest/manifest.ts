import type { PartitionSpec, Schema } from '../metadata/index.ts';
import { type AvroHeader, decodeAvroFile, encodeAvroFile } from './avro-file.ts';
import { type AvroSchema, fieldById } from './avro-type.ts';
import { type ManifestEntry } from './entry.ts';
import { nameOfField } from './field-names.ts';
import { partitionSchema } from './partition-schema.ts';
import { manifestSchema } from './schemas.ts';

const PARTITION = 102;

/** What the header of a manifest says: what its files are, by which schema and which spec (specification, "Manifests"). */
export interface ManifestHeader {
  readonly content: 'data' | 'deletes';
  /** JSON, as the metadata of the table has it. */
  readonly schema: string;
  readonly schemaId: number;
  /** The spec's fields as JSON. */
  readonly partitionSpec: string;
  readonly partitionSpecId: number;
  /** The Avro record of the files' partitions. */
  readonly partition: AvroSchema;
}

/** The header of a manifest of data files that are added to a table. */
export function manifestHeader(schema: Schema, spec: PartitionSpec): ManifestHeader {
  return {
    content: 'data',
    schema: JSON.stringify(schema),
    schemaId: schema['schema-id'],
    partitionSpec: JSON.stringify(spec.fields),
    partitionSpecId: spec['spec-id'],
    partition: partitionSchema(spec, schema),
  };
}

/** The bytes of a manifest of version 2. */
export function encodeManifest(header: ManifestHeader, entries: Iterable<ManifestEntry>): Uint8Array {
  const metadata = new Map([
    ['schema', header.schema],
    ['schema-id', String(header.schemaId)],
    ['partition-spec', header.partitionSpec],
    ['partition-spec-id', String(header.partitionSpecId)],
    ['format-version', '2'],
    ['content', header.content],
  ]);
  return encodeAvroFile({ schema: manifestSchema(header.partition), metadata }, nameOfField, entries);
}

/** The entries of a manifest of version 1 or 2, whoever wrote it, and its header. */
export function decodeManifest(bytes: Uint8Array): {
  readonly header: ManifestHeader;
  readonly entries: readonly ManifestEntry[];
} {
  const { header, records } = decodeAvroFile(bytes, nameOfField);
  return { header: headerOf(header), entries: records as readonly ManifestEntry[] };
}

function headerOf({ schema, metadata }: AvroHeader): ManifestHeader {
  const partition = fieldById(schema, PARTITION)?.type;
  if (partition === undefined) throw new Error('it is no manifest: its schema has no field 102 (partition)');
  return {
    content: metadata.get('content') === 'deletes' ? 'deletes' : 'data',
    schema: metadata.get('schema') ?? '{}',
    schemaId: Number(metadata.get('schema-id') ?? 0),
    partitionSpec: metadata.get('partition-spec') ?? '[]',
    partitionSpecId: Number(metadata.get('partition-spec-id') ?? 0),
    partition,
  };
}
