import { DatagenError, docOf, isTimeUnit, type TableDefinition, typeNameOf } from '@datagen/core/writer';
import type { ListedColumn } from '@datagen/parquet/reader';

/** A field of a Delta schema (protocol, "Schema Serialization Format"); nested types are none of ours. */
interface DeltaField {
  readonly name: string;
  readonly type: unknown;
  readonly nullable: boolean;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The types of @datagen/core's columns, by the names that `typeNameOf` gives them. */
const TYPES: Readonly<Record<string, string>> = {
  int32: 'integer',
  int64: 'long',
  float64: 'double',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
  text: 'string',
};
const NAMES = new Map(Object.entries(TYPES).map(([name, type]) => [type, name]));

/**
 * The schema of a table as JSON. Units of time that partition it, which the protocol wants among the columns, come last:
 * numbers below their parent (`year`, `month` of a `year`), and text where they name the whole instant (`2026-01`,
 * `2026-W02`), as their folders have them.
 */
export function schemaOf(table: TableDefinition, components: readonly string[]): string {
  const fields: DeltaField[] = table.schema.fields.map((field) => ({
    name: field.name,
    type: deltaTypeOf(typeNameOf(field)),
    nullable: field.nullable,
    metadata: { comment: docOf(field) },
  }));
  for (const name of components.filter(isTimeUnit)) {
    fields.push({
      name,
      type: isNumber(name, components) ? 'integer' : 'string',
      nullable: true,
      metadata: { comment: `The ${name} of \`${table.timeColumn ?? ''}\`, in UTC` },
    });
  }
  return JSON.stringify({ type: 'struct', fields });
}

function deltaTypeOf(name: string): string {
  const type = name.startsWith('decimal') ? name : TYPES[name];
  if (type === undefined)
    throw new DatagenError('INVALID_PLUGIN', `Delta tables have no type for columns of ${name}.`);
  return type;
}

/** Whether a unit of time says a number: the year, and what lies below its parent. A week is text. */
export function isNumber(unit: string, components: readonly string[]): boolean {
  if (unit === 'year') return true;
  const before = components.slice(0, components.indexOf(unit));
  return unit !== 'week' && before.some((name) => isTimeUnit(name) && name !== 'week');
}

/**
 * The columns of a table as `columnTextsOf` writes them, without the units of time that partition it. A type that datagen
 * does not write stands as Delta names it.
 */
export function columnsIn(schema: string, partitionColumns: readonly string[]): readonly string[] {
  const { fields } = JSON.parse(schema) as { readonly fields: readonly DeltaField[] };
  return fields
    .filter(({ name }) => !(partitionColumns.includes(name) && isTimeUnit(name)))
    .map(
      ({ name, type }) =>
        `${name} ${typeof type === 'string' ? (NAMES.get(type) ?? type) : JSON.stringify(type)}`,
    );
}

/** Columns that are partitioned by and not in the files, as the protocol wants it. Refuses what has no place in folders. */
export function omittedColumnsOf(table: TableDefinition, components: readonly string[]): readonly string[] {
  const own = new Map(table.schema.fields.map((field) => [field.name, typeNameOf(field)]));
  for (const name of components) {
    const type = own.get(name);
    if (type !== undefined && isTimeUnit(name)) {
      throw cannotPartition(table, name, 'the table has a column of that name');
    }
    if (type !== undefined && !['text', 'int32', 'int64', 'date'].includes(type)) {
      throw cannotPartition(
        table,
        name,
        `it is a column of ${type}; text, integers and days have a place in the log`,
      );
    }
  }
  if (components.length > 0 && [...own.keys()].every((name) => components.includes(name))) {
    throw cannotPartition(table, components.join(', '), 'no column would be left');
  }
  return components.filter((name) => own.has(name));
}

function cannotPartition(table: TableDefinition, name: string, reason: string): DatagenError {
  return new DatagenError('INVALID_OPTION', `Cannot partition \`${table.name}\` by \`${name}\`: ${reason}.`, {
    details: { option: 'partitionBy', table: table.name, column: name },
  });
}

/** The columns of a table for those who read it. */
export function readColumnsIn(schema: string): readonly ListedColumn[] {
  const { fields } = JSON.parse(schema) as { readonly fields: readonly DeltaField[] };
  return fields.map(({ name, type, metadata }): ListedColumn => {
    const doc = metadata['comment'];
    return {
      name,
      ...(typeof type === 'string' && { type: NAMES.get(type) ?? type }),
      ...(typeof doc === 'string' && { doc }),
    };
  });
}
