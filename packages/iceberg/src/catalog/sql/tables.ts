import { sql, type SqlTransaction } from '@datagen/sql';
import { DatagenError, tableConflict } from '@datagen/core/writer';
import type { TableIdentifier } from '../catalog.ts';

/** Names of Java's JdbcCatalog, which pyiceberg shares. */
const TABLES = 'iceberg_tables';
const NAMESPACES = 'iceberg_namespace_properties';
/** What tells tables from views, which databases of before 2024 do not have. */
const TYPE = 'iceberg_type';
/** The property that a namespace without any is known by. */
const EXISTS = { key: 'exists', value: 'true' };

/** The tables of a database in which catalogs of Iceberg keep where the metadata of each table lies: schema version V1. */
const DEFINITIONS = {
  [TABLES]: `CREATE TABLE ${TABLES} (catalog_name VARCHAR(255) NOT NULL, table_namespace VARCHAR(255) NOT NULL, table_name VARCHAR(255) NOT NULL, metadata_location VARCHAR(1000), previous_metadata_location VARCHAR(1000), ${TYPE} VARCHAR(5), PRIMARY KEY (catalog_name, table_namespace, table_name))`,
  [NAMESPACES]: `CREATE TABLE ${NAMESPACES} (catalog_name VARCHAR(255) NOT NULL, namespace VARCHAR(255) NOT NULL, property_key VARCHAR(255), property_value VARCHAR(1000), PRIMARY KEY (catalog_name, namespace, property_key))`,
};

function namespaceText(namespace: readonly string[]): string {
  return namespace.join('.');
}

/** The rows of one catalog in a transaction; several catalogs may share a database. */
export class CatalogRows {
  readonly #transaction: SqlTransaction;
  readonly #catalog: string;

  constructor(transaction: SqlTransaction, catalog: string) {
    this.#transaction = transaction;
    this.#catalog = catalog;
  }

  async createTables(): Promise<void> {
    for (const [name, definition] of Object.entries(DEFINITIONS))
      if (!(await this.#transaction.hasTable(name))) await this.#transaction.run(definition);
  }

  /** Where the metadata of a table lies; undefined where there is no such table. */
  async metadataLocation(identifier: TableIdentifier): Promise<string | undefined> {
    if (!(await this.#transaction.hasTable(TABLES))) return undefined;
    const hasTypes = await this.#hasTypes();
    const [found] = await this.#transaction.select(
      { metadata_location: 'text?', ...(hasTypes && { [TYPE]: 'text?' as const }) },
      `FROM ${TABLES} ${this.#where(identifier)}`,
    );
    if ((found as { readonly [TYPE]?: string | null } | undefined)?.[TYPE] === 'VIEW') {
      const name = `${namespaceText(identifier.namespace)}.${identifier.name}`;
      throw tableConflict(`Expected ${name} to be a table, got a view. Choose another namespace.`, {
        table: name,
      });
    }
    return found?.metadata_location ?? undefined;
  }

  /** The names of the tables in a namespace, without views. */
  async names(namespace: readonly string[]): Promise<readonly string[]> {
    if (!(await this.#transaction.hasTable(TABLES))) return [];
    const found = await this.#transaction.select(
      { table_name: 'text' },
      `FROM ${TABLES} ${sql`WHERE catalog_name = ${this.#catalog} AND table_namespace = ${namespaceText(namespace)}`}${
        (await this.#hasTypes()) ? ` AND (${TYPE} IS NULL OR ${TYPE} <> 'VIEW')` : ''
      } ORDER BY table_name`,
    );
    return found.map(({ table_name: name }) => name);
  }

  async insert({ namespace, name }: TableIdentifier, location: string): Promise<void> {
    if (!(await this.hasNamespace(namespace))) {
      throw new DatagenError(
        'UNKNOWN_NAME',
        `There is no namespace ${namespaceText(namespace)}. Make it first.`,
      );
    }
    const [column, value] = (await this.#hasTypes()) ? [`, ${TYPE}`, ", 'TABLE'"] : ['', ''];
    const values = [this.#catalog, namespaceText(namespace), name, location];
    await this.#transaction.run(
      `INSERT INTO ${TABLES} (catalog_name, table_namespace, table_name, metadata_location${column})
       VALUES (${sql`${values}`}${value})`,
    );
  }

  async update(identifier: TableIdentifier, location: string, previous: string): Promise<void> {
    await this.#transaction.run(
      `UPDATE ${TABLES} ${sql`SET metadata_location = ${location}, previous_metadata_location = ${previous}`}
       ${this.#where(identifier)} ${sql`AND metadata_location = ${previous}`}`,
    );
  }

  /** As Java and pyiceberg do: one with properties or tables in it, or with one below it that has. */
  async hasNamespace(namespace: readonly string[]): Promise<boolean> {
    const name = namespaceText(namespace);
    for (const [table, column] of [
      [NAMESPACES, 'namespace'],
      [TABLES, 'table_namespace'],
    ] as const) {
      const found = await this.#transaction.select(
        { catalog_name: 'text' },
        `FROM ${table} ${sql`WHERE catalog_name = ${this.#catalog}`}
         AND (${column} ${sql`= ${name}`} OR substr(${column}, 1, ${String(name.length + 1)}) ${sql`= ${`${name}.`}`})
         LIMIT 1`,
      );
      if (found.length > 0) return true;
    }
    return false;
  }

  async createNamespace(namespace: readonly string[]): Promise<void> {
    if (await this.hasNamespace(namespace)) return;
    const values = [this.#catalog, namespaceText(namespace), EXISTS.key, EXISTS.value];
    await this.#transaction.run(
      `INSERT INTO ${NAMESPACES} (catalog_name, namespace, property_key, property_value) VALUES (${sql`${values}`})`,
    );
  }

  #where({ namespace, name }: TableIdentifier): string {
    return sql`WHERE catalog_name = ${this.#catalog} AND table_namespace = ${namespaceText(namespace)} AND table_name = ${name}`;
  }

  #hasTypes(): Promise<boolean> {
    return this.#transaction.hasColumn(TABLES, TYPE);
  }
}
