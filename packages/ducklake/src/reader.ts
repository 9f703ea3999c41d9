import {
  type ReadTable,
  type ReadTableOptions,
  type FormatReader,
  type Storage,
  type TableReader,
  unknownName,
} from '@datagen/core/writer';
import { type ListedTable, readParquetTable } from '@datagen/parquet/reader';
import { SqlCatalog } from '@datagen/sql';
import { findSchema, type LakePlace } from './catalog/lake.ts';
import { LakeContents, type LakeTableFolder } from './catalog/lake-contents.ts';
import { DEFAULT_FILE, databaseOf } from './catalog/location.ts';
import { CatalogConfig } from './config.ts';

/** Looks at tables of DuckLake, in a catalog of DuckDB, SQLite or PostgreSQL. */
class DuckLakeReader implements TableReader {
  readonly versionNoun = 'snapshot';
  readonly #storage: Storage;
  readonly #catalog: SqlCatalog;
  readonly #place: LakePlace;
  readonly #schema: string;

  constructor(storage: Storage, { catalog, schema, lockSeconds }: CatalogConfig) {
    this.#storage = storage;
    this.#catalog = new SqlCatalog(databaseOf(catalog, storage, lockSeconds), lockSeconds);
    this.#place = { catalogName: this.#catalog.name, storage, dataPath: undefined };
    this.#schema = schema;
  }

  close(): Promise<void> {
    return this.#catalog.close();
  }

  async tableNames(): Promise<readonly string[]> {
    return (await this.#read(undefined, async (lake) => (await lake.tables()).map(({ name }) => name))) ?? [];
  }

  async readTable(name: string, options: ReadTableOptions): Promise<ReadTable> {
    const listed = await this.#read(options.version, async (lake, committedMs) => {
      const tables = await lake.tables();
      // Names of SQL, in which DuckDB heeds no case.
      const table = tables.find((each) => each.name.toLowerCase() === name.toLowerCase());
      if (table !== undefined) return listedOf(lake, table, committedMs);
      throw unknownName(
        'table',
        name,
        tables.map((each) => each.name),
      );
    });
    if (listed === undefined) throw unknownName('table', name, []);
    return readParquetTable(this.#storage, listed, options);
  }

  /** Undefined where there is no lake. */
  #read<T>(
    asked: string | undefined,
    run: (lake: LakeContents, committedMs: number | undefined) => Promise<T>,
  ): Promise<T | undefined> {
    return this.#catalog.read(async (transaction) => {
      if (!(await transaction.hasTable('ducklake_snapshot'))) return undefined;
      const schema = await findSchema(transaction, this.#place, this.#schema);
      const snapshots = await LakeContents.snapshots(transaction);
      const snapshot =
        asked === undefined ? snapshots.at(-1) : snapshots.find(({ id }) => String(id) === asked);
      if (snapshot === undefined) {
        throw unknownName(
          'snapshot',
          asked ?? '',
          snapshots.map(({ id }) => String(id)),
        );
      }
      const committedMs = snapshot.time === null ? Number.NaN : Date.parse(snapshot.time);
      const lake = new LakeContents(transaction, this.#place, schema, snapshot.id);
      return run(lake, Number.isNaN(committedMs) ? undefined : committedMs);
    });
  }
}

export const ducklakeReader: FormatReader<typeof CatalogConfig> = {
  options: CatalogConfig,
  // Where datagen puts the catalog by default; one that lies elsewhere has to be named.
  recognise: (paths) => (paths.includes(DEFAULT_FILE) ? 'metadata' : undefined),
  open: (output, options) => new DuckLakeReader(output, options),
};

async function listedOf(
  lake: LakeContents,
  table: LakeTableFolder,
  committedMs: number | undefined,
): Promise<ListedTable> {
  const { name } = table;
  const deletedRowCount = await lake.deletedRowCount(table);
  const inlinedRowCount = await lake.inlinedRowCount(table);
  const warnings = [
    ...(deletedRowCount === 0
      ? []
      : [
          `${String(deletedRowCount)} rows of \`${name}\` were deleted by others: its row count leaves them out, all else is of its files with them.`,
        ]),
    ...(inlinedRowCount === 0
      ? []
      : [
          `${String(inlinedRowCount)} rows of \`${name}\` lie in the catalog itself and in no file (data inlining): they are left out here.`,
        ]),
  ];
  return {
    name,
    version: String(lake.snapshot),
    ...(committedMs !== undefined && { committedMs }),
    files: await lake.files(table),
    columns: await lake.columns(table),
    deletedRowCount,
    warnings,
  };
}
