import { DatagenError, type TableDefinition, typeNameOf } from '@datagen/core/writer';

/** The types of @datagen/core's columns, by the names that `typeNameOf` gives them (specification, "Data Types"). */
const TYPES: Readonly<Record<string, string>> = {
  int32: 'int32',
  int64: 'int64',
  float64: 'float64',
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamptz',
  text: 'varchar',
};
const NAMES = new Map(Object.entries(TYPES).map(([name, type]) => [type, name]));

/** A column of a table as the catalog has it. */
export interface LakeColumn {
  readonly id: number;
  readonly name: string;
  /** As DuckLake names it. */
  readonly type: string;
  readonly isNullable: boolean;
}

/** The columns of a table; their ids are the field ids of its data files. */
export function columnsOf({ schema }: TableDefinition): readonly LakeColumn[] {
  return schema.fields.map((field, i) => {
    const name = typeNameOf(field);
    const type = name.startsWith('decimal') ? name : TYPES[name];
    if (type === undefined)
      throw new DatagenError('INVALID_PLUGIN', `DuckLake tables have no type for columns of ${name}.`);
    return { id: i + 1, name: field.name, type, isNullable: field.nullable };
  });
}

/**
 * The columns of a table as `columnTextsOf` writes them. A type that datagen does not write stands as DuckLake names it;
 * a column that was added later and may be null is left out, since rows without it are right.
 */
export function columnTextsIn(found: readonly LakeColumn[], { schema }: TableDefinition): readonly string[] {
  const own = new Set(schema.fields.map(({ name }) => name));
  return found
    .filter(({ name, isNullable }) => own.has(name) || !isNullable)
    .map(({ name, type }) => `${name} ${typeNameIn(type)}`);
}

/** Whether the field ids of a table's data files name the columns that the catalog has under their names. */
export function haveFieldIds(found: readonly LakeColumn[], table: TableDefinition): boolean {
  const ids = new Map(found.map(({ name, id }) => [name, id]));
  return columnsOf(table).every(({ name, id }) => ids.get(name) === id);
}

/** A type of DuckLake as `typeNameOf` of @datagen/core names it; one that datagen does not write stands as it is. */
export function typeNameIn(type: string): string {
  return NAMES.get(type) ?? type;
}
