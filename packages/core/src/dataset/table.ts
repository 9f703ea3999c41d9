import { DataType, Dictionary, Field, Schema } from 'apache-arrow';
import { DatagenError } from '../support/errors.ts';

export interface ForeignKey {
  readonly columns: readonly string[];
  readonly table: string;
  /** The columns of the parent's primary key, in the same order. */
  readonly references: readonly string[];
}

/** What a table is, apart from its rows. */
export interface TableDefinition {
  readonly name: string;
  /** One sentence on what a row stands for. */
  readonly description: string;
  /** Each field's metadata holds its `doc`: meaning, unit, range. */
  readonly schema: Schema;
  readonly primaryKey: readonly string[];
  readonly foreignKeys: readonly ForeignKey[];
  /** The column that time partitions are cut by; absent for master data. */
  readonly timeColumn?: string;
  /**
   * Columns that the rows of every block, and of blocks in key order, are sorted by, each rising: first by the first
   * one, equal values of it by the second, text by its UTF-8 bytes. So every data file is sorted by them, and says so
   * where its format can. Absent where no order holds.
   */
  readonly sortedBy?: readonly string[];
}

export interface ColumnOptions {
  /** @default false */
  readonly nullable?: boolean;
  /** Declares the values unique or nearly so (ids, timestamps): an encoder then spares the dictionary. */
  readonly distinct?: boolean;
}

/** A column: name, Arrow type, and the sentence that documents it everywhere. */
export function column(name: string, type: DataType, doc: string, options: ColumnOptions = {}): Field {
  const metadata = new Map([['doc', doc]]);
  if (options.distinct === true) metadata.set('distinct', 'true');
  return new Field(name, type, options.nullable ?? false, metadata);
}

export interface TableOptions extends Omit<TableDefinition, 'schema' | 'foreignKeys'> {
  readonly columns: readonly Field[];
  /** @default [] */
  readonly foreignKeys?: readonly ForeignKey[];
}

/**
 * Checks and assembles a table; field ids are the columns' positions from 1, so new columns go last. Throws
 * `INVALID_PLUGIN` for two columns of one name, for keys and orders of columns that are not there, and for an order
 * of columns with nulls, which have no place in it.
 */
export function defineTable({ columns, foreignKeys = [], ...table }: TableOptions): TableDefinition {
  const names = new Set(columns.map((field) => field.name));
  if (names.size !== columns.length) fail(table.name, 'has two columns of one name');
  const needed = [
    ...table.primaryKey,
    ...foreignKeys.flatMap((key) => key.columns),
    table.timeColumn ?? [],
  ].flat();
  for (const name of needed)
    if (!names.has(name)) fail(table.name, `has no column \`${name}\`, which its keys name`);
  for (const name of table.sortedBy ?? []) checkSortable(table.name, columns, name);
  return { ...table, foreignKeys, schema: new Schema(withOwnDictionaries(columns)) };
}

/** Arrow finds a column's dictionary by the id of its type, so columns that share a type would have to share texts. */
function withOwnDictionaries(columns: readonly Field[]): Field[] {
  const ids = new Set<number>();
  return columns.map((field) => {
    const type = field.type as DataType;
    if (!DataType.isDictionary(type)) return field;
    const own = ids.has(type.id) ? new Dictionary(type.dictionary, type.indices, null, type.isOrdered) : type;
    ids.add(own.id);
    return own === type ? field : field.clone({ type: own });
  });
}

function checkSortable(table: string, columns: readonly Field[], name: string): void {
  const field = columns.find((candidate) => candidate.name === name);
  if (field === undefined) fail(table, `has no column \`${name}\`, which its \`sortedBy\` names`);
  if (field.nullable)
    fail(table, `is \`sortedBy\` the nullable column \`${name}\`: nulls have no place in an order`);
}

function fail(table: string, problem: string): never {
  throw new DatagenError('INVALID_PLUGIN', `Table \`${table}\` ${problem}.`);
}

/** A column's documentation, as given to `column`. */
export function docOf(field: Field): string {
  return field.metadata.get('doc') ?? '';
}

/** A column's type as SQL would call it, however it is encoded: `int64`, `text`, `decimal(12,2)`, `timestamp`. */
export function typeNameOf(field: Field): string {
  const type = field.type as DataType;
  if (DataType.isDictionary(type) || DataType.isUtf8(type)) return 'text';
  if (DataType.isTimestamp(type)) return 'timestamp';
  if (DataType.isDate(type)) return 'date';
  if (DataType.isDecimal(type)) return `decimal(${type.precision},${type.scale})`;
  if (DataType.isBool(type)) return 'boolean';
  if (DataType.isInt(type)) return `int${type.bitWidth}`;
  if (DataType.isFloat(type)) return `float${16 << type.precision}`;
  throw new DatagenError(
    'INVALID_PLUGIN',
    `Column \`${field.name}\` is of a type no table may have: ${field.toString()}.`,
  );
}
