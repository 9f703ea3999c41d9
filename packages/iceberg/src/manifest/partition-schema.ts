import type { PartitionSpec, Schema } from '../metadata/index.ts';
import { primitiveType } from '../values/primitive.ts';
import { parseTransform } from '../values/transforms.ts';
import type { AvroSchema } from './avro-type.ts';

/** The record of a partition of a spec, whose fields may all be null. */
export function partitionSchema(spec: PartitionSpec, schema: Schema): AvroSchema {
  const types = partitionTypes(spec, schema);
  const defined = new Set<string>();
  return {
    type: 'record',
    name: 'r102',
    fields: spec.fields.map(({ name, 'field-id': id }, i) => {
      const avroName = compatibleName(name);
      return {
        name: avroName,
        type: ['null', onceDefined(avroTypeOfPrimitive(types[i] ?? 'int'), defined)],
        default: null,
        'field-id': id,
        ...(avroName !== name && { 'iceberg-field-name': name }),
      };
    }),
  };
}

/** The types of a spec's partition values. */
export function partitionTypes(spec: PartitionSpec, schema: Schema): readonly string[] {
  const types = new Map(schema.fields.map(({ id, type }) => [id, type]));
  return spec.fields.map(({ transform, 'source-id': sourceId }) => {
    const source = types.get(sourceId);
    // Of a column that was dropped no type is known, and its void values are null in any.
    const result = typeof source === 'string' ? parseTransform(transform)?.resultType(source) : undefined;
    return result ?? 'int';
  });
}

/** A name as Avro takes it, by the rules of Java's `AvroSchemaUtil`. */
export function compatibleName(name: string): string {
  const escaped = name.replace(
    /[^A-Za-z0-9_]/g,
    (character) => `_x${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}`,
  );
  return escaped.replace(/^\d/, '_$&');
}

/** A type of Avro that has a name is defined where it stands first, and named elsewhere. */
function onceDefined(type: AvroSchema, defined: Set<string>): AvroSchema {
  const name = typeof type === 'object' && 'name' in type ? type.name : undefined;
  if (name === undefined) return type;
  if (defined.has(name)) return name;
  defined.add(name);
  return type;
}

/** Primitive types in Avro (specification, appendix A). */
function avroTypeOfPrimitive(type: string): AvroSchema {
  const { name, precision, scale } = primitiveType(type);
  switch (name) {
    case 'date':
      return { type: 'int', logicalType: 'date' };
    case 'time':
      return { type: 'long', logicalType: 'time-micros' };
    case 'timestamp':
    case 'timestamptz':
      return { type: 'long', logicalType: 'timestamp-micros', 'adjust-to-utc': name === 'timestamptz' };
    case 'uuid':
      return { type: 'fixed', name: 'uuid_fixed', size: 16, logicalType: 'uuid' };
    case 'decimal':
      return {
        type: 'fixed',
        name: `decimal_${String(precision)}_${String(scale)}`,
        size: decimalBytes(precision),
        logicalType: 'decimal',
        precision,
        scale,
      };
    case 'fixed': {
      const size = Number(/\[(\d+)\]/.exec(type)?.[1] ?? 0);
      return { type: 'fixed', name: `fixed_${String(size)}`, size };
    }
    case 'binary':
      return 'bytes';
    default:
      return name;
  }
}

/** The bytes that hold all numbers of so many digits. */
function decimalBytes(precision: number): number {
  return Math.ceil((precision * Math.log2(10) + 1) / 8);
}
