import { DatagenError, docOf, type TableDefinition, typeNameOf } from '@datagen/core/writer';
import type { ListedColumn } from '@datagen/parquet/reader';
import type { NestedField, Schema, TableMetadata } from '../metadata/index.ts';
import { primitiveType, typeText } from '../values/primitive.ts';

/** The types of @datagen/core's columns, by the names that `typeNameOf` gives them (specification, "Primitive Types"). */
const TYPES: Readonly<Record<string, string>> = {
  int32: 'int',
  int64: 'long',
  float64: 'double',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamptz',
  text: 'string',
};
const NAMES = new Map(Object.entries(TYPES).map(([name, type]) => [type, name]));

/** The schema of a table that is to be made; field ids are the columns' positions from 1, as catalogs give them anew. */
export function schemaOf(table: TableDefinition): Schema {
  return withIdentifiers(
    0,
    table.schema.fields.map((field, i) => nestedField(table, field.name, i + 1)),
    table,
  );
}

/**
 * The schema of a table from an overwrite on, which may be of other columns than before. A column that was there with
 * the same type keeps its id, all others get ids that no column has had. A schema that the table has had already is that
 * one, otherwise its id is new, as catalogs number them.
 */
export function replacedSchema(metadata: TableMetadata, table: TableDefinition): Schema {
  const present = new Map(currentSchema(metadata).fields.map((field) => [field.name, field]));
  let lastId = metadata['last-column-id'];
  const fields = table.schema.fields.map(({ name }) => {
    const field = nestedField(table, name, 0);
    const before = present.get(name);
    const keepsId = before !== undefined && typeText(before.type) === typeText(field.type);
    return { ...field, id: keepsId ? before.id : ++lastId };
  });
  const made = withIdentifiers(0, fields, table);
  const known = metadata.schemas.find((schema) => sameFields(schema, made));
  return known ?? { ...made, 'schema-id': nextId(metadata.schemas.map((schema) => schema['schema-id'])) };
}

/** The schema that readers see unless they ask for an older snapshot. */
export function currentSchema(metadata: TableMetadata): Schema {
  return byId(metadata.schemas, 'schema-id', metadata['current-schema-id']);
}

/**
 * The columns of a table as `columnTextsOf` of @datagen/core writes them, in the order of the run's own ones: columns
 * are found by their ids, so their order says nothing. A type that datagen does not write stands as Iceberg names it; one
 * that the run's own type may be widened to stands as that; a column that was added later and may be null is left out,
 * since rows without it are right.
 */
export function columnTextsIn(
  schema: Schema,
  { schema: { fields: own } }: TableDefinition,
): readonly string[] {
  const found = new Map(schema.fields.map((field) => [field.name, field]));
  const shared = own.flatMap((field) => {
    const there = found.get(field.name);
    if (there === undefined) return [];
    const written = typeNameOf(field);
    const type = typeText(there.type);
    const isWidened = canWiden(icebergType(written), type);
    return [`${field.name} ${isWidened ? written : (NAMES.get(type) ?? type)}`];
  });
  const names = new Set(own.map(({ name }) => name));
  // One that was renamed stands under its new name where a reader looks for the old one.
  const isWhole = shared.length === own.length;
  const others = schema.fields.filter(({ name, required }) => (required || !isWhole) && !names.has(name));
  return [
    ...shared,
    ...others.map(({ name, type }) => `${name} ${NAMES.get(typeText(type)) ?? typeText(type)}`),
  ];
}

/** The ids that a table has for the columns of a run, by their names. */
export function fieldIdsOf(schema: Schema, table: TableDefinition): ReadonlyMap<string, number> {
  const ids = new Map(schema.fields.map(({ name, id }) => [name, id]));
  return new Map(table.schema.fields.map(({ name }) => [name, ids.get(name) ?? 0]));
}

/** One more than the greatest of some ids: how catalogs number schemas, specs and orders. */
export function nextId(ids: readonly number[]): number {
  return Math.max(-1, ...ids) + 1;
}

/** The element of a list in metadata that has an id. */
export function byId<K extends string, T extends Readonly<Record<K, number>>>(
  all: readonly T[],
  key: K,
  id: number,
): T {
  const found = all.find((each) => each[key] === id);
  if (found === undefined)
    throw new DatagenError(
      'TABLE_CONFLICT',
      `The table's metadata has no ${key.replace('-id', '')} ${String(id)}, which it names. Restore it, or choose another output.`,
    );
  return found;
}

function nestedField(
  table: TableDefinition,
  name: string,
  id: number,
): NestedField & { readonly type: string } {
  const field = table.schema.fields.find((candidate) => candidate.name === name);
  if (field === undefined) throw new RangeError(`\`${table.name}\` has no column \`${name}\``);
  const doc = docOf(field);
  return {
    id,
    name,
    required: !field.nullable,
    type: icebergType(typeNameOf(field)),
    ...(doc !== '' && { doc }),
  };
}

function icebergType(name: string): string {
  // With a space, as Java and pyiceberg write it.
  const type = name.startsWith('decimal') ? name.replace(',', ', ') : TYPES[name];
  if (type === undefined)
    throw new DatagenError('INVALID_PLUGIN', `Iceberg tables have no type for columns of ${name}.`);
  return type;
}

/** With the primary key as identifier fields, where it can be one: required, and of no floating-point type. */
function withIdentifiers(
  id: number,
  fields: readonly NestedField[],
  { primaryKey }: TableDefinition,
): Schema {
  const keys = primaryKey.map((name) => fields.find((field) => field.name === name));
  const isKey = keys.length > 0 && keys.every((key) => key?.required === true && key.type !== 'double');
  const ids = keys.map((key) => key?.id ?? 0);
  return {
    type: 'struct',
    'schema-id': id,
    ...(isKey && { 'identifier-field-ids': ids }),
    fields,
  };
}

function sameFields(a: Schema, b: Schema): boolean {
  const text = ({ fields, 'identifier-field-ids': ids = [] }: Schema) =>
    JSON.stringify([
      fields.map(({ id, name, required, type, doc }) => [id, name, required, typeText(type), doc]),
      [...ids].sort((x, y) => x - y),
    ]);
  return text(a) === text(b);
}

/** Whether files of one type may be read as another one (specification, "Schema Evolution"). */
function canWiden(from: string, to: string): boolean {
  if (from === to || (from === 'int' && to === 'long')) return true;
  const [before, after] = [primitiveType(from), primitiveType(to)];
  return (
    before.name === 'decimal' &&
    after.name === 'decimal' &&
    before.scale === after.scale &&
    before.precision <= after.precision
  );
}

/** The columns of a table for those who read it, found in files by their ids. */
export function readColumnsIn({ fields }: Schema): readonly ListedColumn[] {
  return fields.map(({ id, name, type, doc }) => {
    const text = typeText(type);
    return {
      name,
      fieldId: id,
      type: NAMES.get(text) ?? text.replace(', ', ','),
      ...(doc !== undefined && { doc }),
    };
  });
}
