import { createHash } from 'node:crypto';
import {
  type ChangeOutcome,
  columnTextsOf,
  DayCoverage,
  type FileIdentity,
  isDatagenError,
  type OpenTableOptions,
  type Storage,
  type TableChange,
  tableConflict,
  type TableDefinition,
  type TableFiles,
  type TableState,
} from '@datagen/core/writer';
import { ParquetCatalogWriter } from '@datagen/parquet/data-files';
import { type Catalog, type LoadedTable, nameOfTable, type TableIdentifier } from './catalog/catalog.ts';
import { coverageIn } from './commit/coverage.ts';
import { type Attempt, type BasedChange, prepareChanges } from './commit/prepare-change.ts';
import { currentSnapshot } from './commit/snapshot.ts';
import { nameOf, removedOf } from './commit/summary.ts';
import { parseProperties } from './commit/table-properties.ts';
import type { IcebergConfig } from './config.ts';
import { checkOutput, foldersOf } from './layout/folders.ts';
import { partitionKeysOf, specOf } from './layout/partitioning.ts';
import { refuseForgotten, refuseOtherPartitioning, refuseVersion } from './layout/refusals.ts';
import { columnTextsIn, currentSchema, fieldIdsOf, replacedSchema, schemaOf } from './layout/schema.ts';
import { sortOrderOf } from './layout/sort-order.ts';
import { locationOf } from './layout/location.ts';

/** A table as its catalog has it; `found` is absent where there is none. */
interface IcebergState extends TableState {
  readonly found?: LoadedTable;
  readonly isForgotten?: boolean;
}

/**
 * Tables of Apache Iceberg, format version 2, in a SQL or REST catalog. A run is one snapshot per table, pinned to the
 * one that was read; what a table holds lies in its properties.
 */
export class IcebergWriter extends ParquetCatalogWriter {
  /** Partitions are what manifests say of files; readers differ in what they make of folders with `=` or `%`. */
  protected override readonly partitionFolders = 'none';
  readonly #catalog: Catalog;
  readonly #namespace: readonly string[];
  readonly #properties: Readonly<Record<string, string>>;
  /** Where the data files of each table lie, by its name, once it was looked up. */
  readonly #folders = new Map<string, string>();

  constructor(storage: Storage, config: IcebergConfig, catalog: Catalog) {
    super(storage, config);
    checkOutput(storage);
    this.#catalog = catalog;
    this.#namespace = config.namespace.split('.');
    this.#properties = parseProperties(config.tableProperties);
  }

  close(): Promise<void> {
    return this.#catalog.close();
  }

  protected async load(table: TableDefinition): Promise<IcebergState> {
    const found = await this.#catalog.loadTable(this.#identifierOf(table));
    if (found === undefined) {
      const folder = this.#newFolder(table);
      this.#folders.set(table.name, `${folder}/data`);
      return {
        exists: false,
        version: '',
        incarnation: await this.#pastOf(folder),
        generation: 0,
        coverage: new DayCoverage(),
        datasets: [],
        columns: columnTextsOf(table),
      };
    }
    const { metadata } = found;
    const name = this.#nameOf(table);
    refuseVersion(name, metadata);
    this.#folders.set(table.name, foldersOf(this.storage, name, metadata).data);
    const { incarnation = metadata['table-uuid'], ...coverage } = coverageIn(name, metadata);
    return {
      exists: true,
      version: found.metadataLocation ?? '',
      incarnation,
      ...coverage,
      columns: columnTextsIn(currentSchema(metadata), table),
      found,
    };
  }

  protected override openFiles(
    table: TableDefinition,
    options: OpenTableOptions,
    identity: FileIdentity,
    state: IcebergState,
  ): Promise<TableFiles> {
    const components = options.spec.componentsFor(table);
    if (state.found !== undefined && options.mode !== 'overwrite') {
      const name = this.#nameOf(table);
      if (state.isForgotten === true) refuseForgotten(name);
      refuseOtherPartitioning(name, state.found.metadata, table, options);
    }
    // Without folders a file's name has to say how its table is partitioned, which decides its blocks.
    const incarnation = [identity.incarnation, ...components].join(' ');
    return super.openFiles(table, options, { ...identity, incarnation }, state);
  }

  protected override fieldIdsOf(
    table: TableDefinition,
    { mode }: OpenTableOptions,
    { found }: IcebergState,
  ): ReadonlyMap<string, number> | undefined {
    if (found === undefined) return undefined;
    const { metadata } = found;
    const schema = mode === 'overwrite' ? replacedSchema(metadata, table) : currentSchema(metadata);
    return fieldIdsOf(schema, table);
  }

  /** None: partition columns stay in the files (specification, "Partitioning"). Refuses partitionings that Iceberg lacks. */
  protected omittedColumns(table: TableDefinition, components: readonly string[]): readonly string[] {
    partitionKeysOf(table, components);
    return [];
  }

  protected override folderOf(table: TableDefinition): string {
    return this.#folders.get(table.name) ?? `${this.#newFolder(table)}/data`;
  }

  protected async commitChanges(
    changes: readonly TableChange[],
    { signal }: { readonly signal?: AbortSignal },
  ): Promise<readonly ChangeOutcome[]> {
    if (changes.some(({ base }) => !base.exists)) await this.#catalog.createNamespace(this.#namespace);
    const attempts = await this.#prepare(changes);
    if (attempts === undefined) {
      const by = await this.#lastWriter((changes[0] as TableChange).table);
      return changes.map(() => ({ committed: false, ...(by !== undefined && { by }) }));
    }
    const outcomes = await this.#catalog.commit(
      attempts.map(({ change }) => change),
      { ...(signal && { signal }) },
    );
    const answers: ChangeOutcome[] = [];
    for (const [i, outcome] of outcomes.entries()) {
      const { store, files } = attempts[i] as Attempt;
      const change = changes[i] as TableChange;
      if ('table' in outcome)
        answers.push({
          committed: true,
          ...(change.replaces !== 'nothing' && { removed: removedOf(files) }),
        });
      else {
        await store.removeWritten();
        const by = await this.#lastWriter(change.table);
        answers.push({ committed: false, by: by ?? outcome.conflict });
      }
    }
    return answers;
  }

  /** Puts what changes need; undefined, with nothing left, where somebody else has made one of the tables meanwhile. */
  async #prepare(changes: readonly TableChange[]): Promise<readonly Attempt[] | undefined> {
    const based: BasedChange[] = [];
    for (const change of changes) {
      const base = (change.base as IcebergState).found ?? (await this.#stage(change));
      if (base === undefined) return undefined;
      const isMade = change.replaces === 'everything' || !change.base.exists;
      based.push({ change, base, properties: isMade ? this.#propertiesOf(change) : {} });
    }
    return prepareChanges(this.storage, based);
  }

  /** Works out a table that is not there; undefined where somebody else has made it meanwhile. */
  async #stage({ table, spec }: TableChange): Promise<LoadedTable | undefined> {
    const identifier = this.#identifierOf(table);
    const schema = schemaOf(table);
    try {
      const staged = await this.#catalog.stageTable({
        identifier,
        schema,
        spec: specOf(schema, partitionKeysOf(table, spec.componentsFor(table))),
        sortOrder: sortOrderOf(schema, table),
        properties: {},
        location: locationOf(this.storage, this.#newFolder(table)),
      });
      this.#checkStaged(table, staged);
      return staged;
    } catch (thrown) {
      if (!isDatagenError(thrown) || (await this.#catalog.loadTable(identifier)) === undefined) throw thrown;
      return undefined;
    }
  }

  /** Data files were written for a table whose place and field ids a catalog gives as it is asked to. */
  #checkStaged(table: TableDefinition, { metadata }: LoadedTable): void {
    refuseVersion(this.#nameOf(table), metadata);
    const { data } = foldersOf(this.storage, this.#nameOf(table), metadata);
    const ids = fieldIdsOf(currentSchema(metadata), table);
    if (data === this.folderOf(table) && [...ids.values()].every((id, i) => id === i + 1)) return;
    throw tableConflict(
      `${this.#catalog.description} would put ${this.#nameOf(table)} to ${metadata.location} with the field ids ${[...ids.values()].join(', ')}, and its files are written for ${locationOf(this.storage, this.#newFolder(table))} with ids from 1. Make the table there first, or choose the output that the catalog has.`,
      { table: table.name, location: metadata.location },
    );
  }

  async #lastWriter(table: TableDefinition): Promise<string | undefined> {
    const found = await this.#catalog.loadTable(this.#identifierOf(table));
    return found && nameOf(currentSnapshot(found.metadata));
  }

  #propertiesOf({ table }: TableChange): Readonly<Record<string, string>> {
    return { comment: table.description, ...this.#properties };
  }

  /**
   * Files of a table of the same name that was dropped may still be removed by whoever dropped it: what it has left of its
   * metadata decides the names of new files, and is the same as long as nothing happens.
   */
  async #pastOf(folder: string): Promise<string> {
    const left = (await this.storage.list(`${folder}/metadata`))
      .map(({ path }) => path)
      .filter((path) => path.endsWith('.metadata.json'));
    return left.length === 0 ? '' : createHash('sha256').update(left.join('\n')).digest('hex').slice(0, 16);
  }

  #newFolder(table: TableDefinition): string {
    return [...this.#namespace, table.name].join('/');
  }

  #identifierOf({ name }: TableDefinition): TableIdentifier {
    return { namespace: this.#namespace, name };
  }

  #nameOf(table: TableDefinition): string {
    return nameOfTable(this.#identifierOf(table));
  }
}
