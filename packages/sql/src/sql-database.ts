import { reasonOf } from '@datagen/core/writer';

/** What a column of a table in SQL may hold here. */
export type SqlValue = string | number | boolean | null;

/** A table as it is created: the same on every database, which may know its types by other names. */
export interface SqlTable {
  readonly name: string;
  readonly columns: readonly SqlColumn[];
}

export interface SqlColumn {
  readonly name: string;
  readonly type: SqlType;
  readonly constraint?: 'PRIMARY KEY' | 'NOT NULL';
}

export type SqlType = 'BIGINT' | 'VARCHAR' | 'BOOLEAN' | 'UUID' | 'TIMESTAMPTZ';

/** How a value is read; with a question mark it may be null. Integers are exact up to 2^53. */
type Kind = 'integer' | 'text' | 'boolean' | 'integer?' | 'text?' | 'boolean?';
export type SqlShape = Readonly<Record<string, Kind>>;

interface ValueOf {
  readonly integer: number;
  readonly text: string;
  readonly boolean: boolean;
  readonly 'integer?': number | null;
  readonly 'text?': string | null;
  readonly 'boolean?': boolean | null;
}
export type SqlRow<S extends SqlShape> = { readonly [Name in keyof S]: ValueOf[S[Name]] };

/**
 * Why a database did not do what it was asked:
 *
 * - `conflict` somebody else has written what this transaction was about to write
 * - `busy` somebody else holds it
 * - `lost` the connection ended, and nobody knows whether a commit came through
 * - `failed` anything else
 */
export type SqlFailureKind = 'conflict' | 'busy' | 'lost' | 'failed';

export class SqlFailure extends Error {
  readonly kind: SqlFailureKind;

  constructor(kind: SqlFailureKind, cause: unknown) {
    super(reasonOf(cause), { cause });
    this.kind = kind;
  }
}

/** A transaction that is open. Its statements are one after the other; a driver runs them and gives back raw values. */
export abstract class SqlTransaction {
  /** Runs a statement that gives no rows. */
  abstract run(statement: string): Promise<void>;

  /** Adds rows, which name the columns that are not null: few or hundreds of thousands. */
  abstract insert(table: SqlTable, rows: readonly Readonly<Record<string, SqlValue>>[]): Promise<void>;

  abstract hasTable(name: string): Promise<boolean>;

  abstract hasColumn(table: string, column: string): Promise<boolean>;

  /** The rows of a query, values in the order of its columns. */
  protected abstract rows(query: string): Promise<readonly (readonly unknown[])[]>;

  /** What a type is called here. */
  protected typeName(type: SqlType): string {
    return type;
  }

  /** Reads columns by name: `select({ id: 'integer' }, 'FROM things WHERE …')`. */
  async select<S extends SqlShape>(shape: S, from: string): Promise<readonly SqlRow<S>[]> {
    const columns = Object.entries(shape);
    const found = await this.rows(`SELECT ${columns.map(([name]) => name).join(', ')} ${from}`);
    return found.map(
      (values) =>
        Object.fromEntries(
          columns.map(([name, kind], i) => [name, valueOf(name, kind, values[i])]),
        ) as SqlRow<S>,
    );
  }

  async create({ name, columns }: SqlTable): Promise<void> {
    const texts = columns.map((column) =>
      [column.name, this.typeName(column.type), column.constraint ?? []].flat().join(' '),
    );
    await this.run(`CREATE TABLE ${name} (${texts.join(', ')})`);
  }
}

/** A database that runs transactions of SQL. Its failures are `SqlFailure`s. */
export interface SqlDatabase {
  /** What it is called in messages; without a password. */
  readonly name: string;
  /** False where it would have to be made first. */
  exists(): boolean;
  /**
   * Runs something in a transaction: all of it is committed, or nothing where it throws. A transaction that writes
   * holds the database from its beginning, where the database can.
   */
  transaction<T>(access: 'read' | 'write', run: (transaction: SqlTransaction) => Promise<T>): Promise<T>;
  /** Ends connections; a later transaction opens new ones. */
  close(): Promise<void>;
}

/** A value as SQL writes it. */
export function sqlText(value: SqlValue): string {
  if (value === null) return 'NULL';
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
}

/** Puts values into SQL: sql`WHERE name = ${name}`; a list becomes `'a', 'b'`. */
export function sql(
  parts: TemplateStringsArray,
  ...values: readonly (SqlValue | readonly SqlValue[])[]
): string {
  return parts.reduce((text, part, i) => {
    const value = values[i - 1] ?? null;
    return `${text}${Array.isArray(value) ? value.map(sqlText).join(', ') : sqlText(value as SqlValue)}${part}`;
  });
}

/** One form of what drivers give: integers as numbers, texts of digits or bigints, booleans as 0 and 1 or t and f. */
function valueOf(name: string, kind: Kind, value: unknown): SqlValue {
  if (value === null || value === undefined) {
    if (kind.endsWith('?')) return null;
    throw new SqlFailure('failed', `expected a value in ${name}, got none`);
  }
  switch (kind) {
    case 'integer':
    case 'integer?':
      return Number(value);
    case 'boolean':
    case 'boolean?':
      return value === true || value === 't' || Number(value) === 1;
    default:
      // Drivers have classes of their own for UUIDs, which are what they print.
      return (value as { toString(): string }).toString();
  }
}
