import path from 'node:path';
import {
  type ChangeOutcome,
  columnTextsOf,
  type FileIdentity,
  type OpenTableOptions,
  option,
  sentence,
  type Storage,
  type TableChange,
  tableConflict,
  type TableDefinition,
  type TableFiles,
  type TableState,
} from '@datagen/core/writer';
import { ParquetCatalogWriter } from '@datagen/parquet/data-files';
import { SqlCatalog } from '@datagen/sql';
import { commitSnapshot, isCommitted, partitionText, versionOf } from './commit/commit.ts';
import { parseTags } from './catalog/coverage-tags.ts';
import { findSchema, type LakePlace, schemaOfNewLake } from './catalog/lake.ts';
import { findTable, firstLiveFile, type FoundTable, newTable } from './catalog/lake-table.ts';
import { databaseOf } from './catalog/location.ts';
import type { DuckLakeConfig } from './config.ts';
import { partitionKeysOf } from './partitioning.ts';
import { columnTextsIn, haveFieldIds } from './schema.ts';

/** A table as its catalog has it. */
interface LakeState extends TableState {
  readonly found: FoundTable;
}

/**
 * Tables of DuckLake 1.0 in a catalog of DuckDB, SQLite or PostgreSQL, written without DuckDB's extension. A run is one
 * snapshot of all its tables; what a table holds lies in its tags.
 */
export class DuckLakeWriter extends ParquetCatalogWriter {
  /** DuckDB merges files of one partition only where they lie in the folder that it would have given them. */
  protected override readonly partitionFolders = 'calendar';
  readonly #catalog: SqlCatalog;
  readonly #place: LakePlace;
  readonly #schema: string;
  /** Where the files of each table lie, by its name, once it was looked up. */
  readonly #folders = new Map<string, string>();

  constructor(storage: Storage, config: DuckLakeConfig) {
    super(storage, config);
    const { catalog, dataPath, schema, lockSeconds } = config;
    this.#catalog = new SqlCatalog(databaseOf(catalog, storage, lockSeconds), lockSeconds);
    this.#place = { catalogName: this.#catalog.name, storage, dataPath };
    this.#schema = schema;
  }

  close(): Promise<void> {
    return this.#catalog.close();
  }

  protected async load(table: TableDefinition): Promise<LakeState> {
    const found =
      (await this.#catalog.read(async (transaction) => {
        const schema = await findSchema(transaction, this.#place, this.#schema);
        return findTable(transaction, this.#place, schema, table);
      })) ?? newTable(schemaOfNewLake(this.#place, this.#schema), table);
    this.#folders.set(table.name, found.folder.slice(0, -1));
    const { table: present, past } = found;
    const { incarnation, ...tags } = parseTags(present?.tags ?? new Map());
    return {
      exists: present !== undefined,
      version: versionOf(found),
      incarnation: incarnation ?? present?.uuid ?? past,
      ...tags,
      columns: present === undefined ? columnTextsOf(table) : columnTextsIn(present.columns, table),
      found,
    };
  }

  protected override async openFiles(
    table: TableDefinition,
    options: OpenTableOptions,
    identity: FileIdentity,
    state: LakeState,
  ): Promise<TableFiles> {
    if (options.mode !== 'overwrite') {
      this.#refuseLayout(table, options, state.found);
      await this.#refuseLostData(table, state.found);
    }
    return super.openFiles(table, options, identity, state);
  }

  /** None: a partition is what the catalog says of a file, which has all columns. Refuses partitionings that DuckLake lacks. */
  protected omittedColumns(table: TableDefinition, components: readonly string[]): readonly string[] {
    partitionKeysOf(table, components);
    return [];
  }

  protected override folderOf(table: TableDefinition): string {
    return this.#folders.get(table.name) ?? table.name;
  }

  protected commitChanges(
    changes: readonly TableChange[],
    { signal }: { readonly signal?: AbortSignal },
  ): Promise<readonly ChangeOutcome[]> {
    return this.#catalog.write(signal, async (transaction, isRepeated) => {
      const [{ runId } = { runId: '' }] = changes;
      if (isRepeated && (await isCommitted(transaction, runId)))
        return changes.map(() => ({ committed: true }) as const);
      return commitSnapshot(transaction, this.#place, this.#schema, changes);
    });
  }

  /**
   * Refuses to add to a table whose data is not there any more, as after its folder was moved: catalog and data lie apart,
   * and rows of the window alone would look like success. One file is looked for, the first.
   */
  async #refuseLostData(table: TableDefinition, found: FoundTable): Promise<void> {
    const file = await this.#catalog.read((transaction) => firstLiveFile(transaction, found));
    if (file === undefined) return;
    const folder = path.posix.dirname(file);
    const listed = await this.storage.list(folder);
    if (listed.some((stored) => stored.path === file)) return;
    const { name } = this.#catalog;
    throw tableConflict(
      sentence`Cannot add to \`${table.name}\` in ${name}: its data file ${this.storage.location(file)} is not there any more. Put the data back, or replace the table with ${option('mode', 'overwrite')}.`,
      { catalog: name, table: table.name, file },
    );
  }

  /** Refuses what a table cannot become without being replaced. */
  #refuseLayout(table: TableDefinition, { spec }: OpenTableOptions, { table: present }: FoundTable): void {
    if (present === undefined) return;
    const { name } = this.#catalog;
    if (!haveFieldIds(present.columns, table)) {
      throw tableConflict(
        sentence`Cannot add to \`${table.name}\` in ${name}: its columns have other numbers than those of this run, as after a column was dropped. Choose another ${option('schema')}, or replace the table with ${option('mode', 'overwrite')}.`,
        { catalog: name, table: table.name },
      );
    }
    const there = partitionText(present.partitioning?.keys ?? []);
    const asked = spec.componentsFor(table);
    if (partitionText(partitionKeysOf(table, asked)) === there) return;
    throw tableConflict(
      sentence`Cannot add to \`${table.name}\` in ${name} with ${option('partitionBy')} ${asked.join() || 'none'}: this table is partitioned by ${there || 'nothing'}. Ask for that, or replace the table with ${option('mode', 'overwrite')}.`,
      { catalog: name, table: table.name, found: there, asked },
    );
  }
}
