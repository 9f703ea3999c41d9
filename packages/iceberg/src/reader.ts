import {
  type ReadTable,
  type ReadTableOptions,
  type FormatReader,
  type Storage,
  tableConflict,
  type TableReader,
  unknownName,
} from '@datagen/core/writer';
import { type ListedFile, readParquetTable } from '@datagen/parquet/reader';
import { type Catalog, type LoadedTable, nameOfTable } from './catalog/catalog.ts';
import { openCatalog } from './catalog/open.ts';
import { ManifestStore } from './commit/manifest-store.ts';
import { currentSnapshot } from './commit/snapshot.ts';
import { CatalogConfig } from './config.ts';
import { byId, currentSchema, readColumnsIn } from './layout/schema.ts';
import { pathWithin } from './layout/location.ts';
import { DATA, type DataFileRecord, isLive } from './manifest/entry.ts';
import type { Snapshot, TableMetadata } from './metadata/index.ts';

const METADATA = /\/metadata\/[^/]+\.metadata\.json$/;
/** Of the specification: from version 3 on rows are deleted by vectors. */
const LAST_VERSION = 2;

/** Looks at tables of Apache Iceberg that a catalog names. */
class IcebergReader implements TableReader {
  readonly versionNoun = 'snapshot';
  readonly #storage: Storage;
  readonly #catalog: Catalog;
  readonly #namespace: readonly string[];

  constructor(storage: Storage, namespace: string, catalog: Catalog) {
    this.#storage = storage;
    this.#catalog = catalog;
    this.#namespace = namespace.split('.');
  }

  tableNames(): Promise<readonly string[]> {
    return this.#catalog.listTables(this.#namespace);
  }

  close(): Promise<void> {
    return this.#catalog.close();
  }

  async readTable(name: string, options: ReadTableOptions): Promise<ReadTable> {
    const found = await this.#catalog.loadTable({ namespace: this.#namespace, name });
    if (found === undefined) throw unknownName('table', name, await this.tableNames());
    const { metadata } = found;
    refuseUnreadable(found);
    const snapshot = snapshotOf(name, metadata, options.version);
    const { files, deletes } = await this.#filesOf(found, snapshot);
    return readParquetTable(
      this.#storage,
      {
        name,
        ...(snapshot && {
          version: String(snapshot['snapshot-id']),
          committedMs: snapshot['timestamp-ms'],
        }),
        files,
        // The newest columns may be newer than the newest rows.
        columns: readColumnsIn(
          options.version === undefined ? currentSchema(metadata) : schemaOf(metadata, snapshot),
        ),
        warnings: deletes.length === 0 ? [] : [deletesText(name, deletes)],
      },
      options,
    );
  }

  async #filesOf(
    { identifier }: LoadedTable,
    snapshot: Snapshot | undefined,
  ): Promise<{ readonly files: readonly ListedFile[]; readonly deletes: readonly DataFileRecord[] }> {
    const files: ListedFile[] = [];
    const deletes: DataFileRecord[] = [];
    if (snapshot === undefined) return { files, deletes };
    const store = new ManifestStore(this.#storage);
    for (const manifest of await store.manifestsOf(snapshot)) {
      const { entries } = await store.read(manifest);
      for (const { data_file: record } of entries.filter(isLive)) {
        if (manifest.content === DATA) files.push(this.#listed(nameOfTable(identifier), record));
        else deletes.push(record);
      }
    }
    // In the order of their names, which is that of their blocks.
    files.sort((a, b) => (a.path < b.path ? -1 : 1));
    return { files, deletes };
  }

  #listed(table: string, record: DataFileRecord): ListedFile {
    const { file_path: location, file_format: format } = record;
    const path = pathWithin(this.#storage, location);
    if (path === undefined || format.toUpperCase() !== 'PARQUET') {
      const problem =
        path === undefined ? `does not lie below ${this.#storage.uri}` : `is of the format ${format}`;
      throw tableConflict(`Cannot look at ${table}: its file ${location} ${problem}.`, { table, location });
    }
    return { path, byteSize: record.file_size_in_bytes, rowCount: record.record_count };
  }
}

export const icebergReader: FormatReader<typeof CatalogConfig> = {
  options: CatalogConfig,
  recognise: (paths) => (paths.some((path) => METADATA.test(path)) ? 'metadata' : undefined),
  open: (output, options) => new IcebergReader(output, options.namespace, openCatalog(output, options)),
};

function refuseUnreadable({ identifier, metadata: { 'format-version': version } }: LoadedTable): void {
  if (version <= LAST_VERSION) return;
  const table = nameOfTable(identifier);
  throw tableConflict(
    `Cannot look at ${table}: it is of format version ${String(version)} of Iceberg, and datagen reads up to version ${String(LAST_VERSION)}. Look at it with another engine.`,
    { table, formatVersion: version },
  );
}

function snapshotOf(name: string, metadata: TableMetadata, asked: string | undefined): Snapshot | undefined {
  if (asked === undefined) return currentSnapshot(metadata);
  const ids = metadata.snapshots.map((snapshot) => String(snapshot['snapshot-id']));
  const found = metadata.snapshots[ids.indexOf(asked)];
  if (found === undefined) throw unknownName(`snapshot of \`${name}\``, asked, ids);
  return found;
}

function schemaOf(metadata: TableMetadata, snapshot: Snapshot | undefined) {
  const id = snapshot?.['schema-id'];
  return id === undefined ? currentSchema(metadata) : byId(metadata.schemas, 'schema-id', id);
}

function deletesText(name: string, deletes: readonly DataFileRecord[]): string {
  const rows = deletes.reduce((sum, { record_count: count }) => sum + count, 0);
  return `Others have deleted rows of \`${name}\` by ${String(deletes.length)} delete files with ${String(rows)} entries, which are not taken off here: it has fewer rows than its files.`;
}
