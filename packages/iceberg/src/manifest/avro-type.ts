import avro from 'avsc';

/** An Avro schema as JSON, with the attributes that Iceberg adds (specification, appendix A, "Avro"). */
export type AvroSchema = string | readonly AvroSchema[] | AvroNode;

interface AvroNode {
  readonly type: AvroSchema;
  readonly name?: string;
  readonly fields?: readonly AvroField[];
  readonly items?: AvroSchema;
  readonly values?: AvroSchema;
  readonly [attribute: string]: unknown;
}

export interface AvroField {
  readonly name: string;
  readonly type: AvroSchema;
  readonly 'field-id'?: number;
  readonly default?: null;
}

const WORD = 2 ** 32;
/** High words of the integers that a double holds exactly. */
const EXACT = 2 ** 21;

/** The bytes of one long on its way into a file, which takes them at once. */
const scratch = Buffer.alloc(8);

/** Longs are numbers where they are exact as such, else bigints: snapshot ids have 63 bits. */
const long = avro.types.LongType.__with({
  fromBuffer: (bytes: Buffer) => {
    const high = bytes.readInt32LE(4);
    if (high >= EXACT || high <= -EXACT) return bytes.readBigInt64LE(0);
    return high * WORD + bytes.readUInt32LE(0);
  },
  toBuffer: (value: number | bigint) => {
    if (typeof value === 'bigint') scratch.writeBigInt64LE(value);
    else {
      const high = Math.floor(value / WORD);
      scratch.writeInt32LE(high, 4);
      scratch.writeUInt32LE(value - high * WORD, 0);
    }
    return scratch;
  },
  isValid: (value: unknown) => typeof value === 'bigint' || Number.isSafeInteger(value),
  fromJSON: Number,
  toJSON: Number,
  compare: (a: number | bigint, b: number | bigint) => (a < b ? -1 : a > b ? 1 : 0),
});

/**
 * What reads and writes records of a schema. A record's fields are called by `nameOf` of their Iceberg ids, whatever
 * the schema calls them: implementations differ in names, and in the binary form there are none.
 */
export function avroTypeOf(schema: AvroSchema, nameOf: (fieldId: number) => string): avro.Type {
  return avro.Type.forSchema(renamed(schema, nameOf) as avro.Schema, {
    registry: { long },
    omitRecordMethods: true,
    wrapUnions: 'never',
  });
}

function renamed(schema: AvroSchema, nameOf: (fieldId: number) => string): AvroSchema {
  if (typeof schema === 'string') return schema;
  if (isUnion(schema)) return schema.map((branch) => renamed(branch, nameOf));
  const { fields, items, values, type, ...rest } = schema;
  return {
    ...rest,
    type: typeof type === 'string' ? type : renamed(type, nameOf),
    ...(items !== undefined && { items: renamed(items, nameOf) }),
    ...(values !== undefined && { values: renamed(values, nameOf) }),
    ...(fields !== undefined && {
      fields: fields.map((field) => {
        const id = field['field-id'];
        return {
          ...field,
          name: id === undefined ? field.name : nameOf(id),
          type: renamed(field.type, nameOf),
        };
      }),
    }),
  };
}

function isUnion(schema: AvroSchema): schema is readonly AvroSchema[] {
  return Array.isArray(schema);
}

/** The field of a record, at any depth, that has an Iceberg id. */
export function fieldById(schema: AvroSchema, id: number): AvroField | undefined {
  if (typeof schema === 'string') return undefined;
  if (isUnion(schema)) return firstOf(schema, (branch) => fieldById(branch, id));
  const own = schema.fields?.find((field) => field['field-id'] === id);
  if (own !== undefined) return own;
  return (
    firstOf(schema.fields ?? [], (field) => fieldById(field.type, id)) ??
    (schema.items === undefined ? undefined : fieldById(schema.items, id))
  );
}

function firstOf<T, R>(all: readonly T[], find: (each: T) => R | undefined): R | undefined {
  for (const each of all) {
    const found = find(each);
    if (found !== undefined) return found;
  }
  return undefined;
}
