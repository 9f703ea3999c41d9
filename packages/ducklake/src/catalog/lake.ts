import { randomUUID } from 'node:crypto';
import path from 'node:path';
import {
  DatagenError,
  option,
  sentence,
  type Storage,
  tableConflict,
  tableLocation,
} from '@datagen/core/writer';
import { sql, type SqlTransaction } from '@datagen/sql';
import { CATALOG_VERSION, TABLES } from './tables.ts';

/** What a lake is for a run: its catalog's name, and where its data lies. */
export interface LakePlace {
  readonly catalogName: string;
  readonly storage: Storage;
  /** What the user asked for. */
  readonly dataPath: string | undefined;
}

/** A schema of a lake and the folders of its tables, relative to the storage; without an id it is to be made. */
export interface LakeSchema {
  readonly id?: number;
  readonly name: string;
  readonly folder: string;
  readonly dataFolder: string;
}

const MAIN = 'main';

/** Makes the tables of a catalog and its first snapshot, as DuckDB's extension does, where there are none. */
export async function ensureCatalog(
  transaction: SqlTransaction,
  place: LakePlace,
  createdBy: string,
): Promise<void> {
  if (await transaction.hasTable(TABLES.metadata.name)) return;
  for (const table of Object.values(TABLES)) await transaction.create(table);
  const metadata = {
    version: CATALOG_VERSION,
    created_by: createdBy,
    data_path: `${rootOf(place.storage)}${newDataFolder(place)}`,
    encrypted: 'false',
  };
  await transaction.insert(
    TABLES.metadata,
    Object.entries(metadata).map(([key, value]) => ({ key, value })),
  );
  await transaction.insert(TABLES.snapshot, [
    { snapshot_id: 0, snapshot_time: sqlNow(), schema_version: 0, next_catalog_id: 1, next_file_id: 0 },
  ]);
  await transaction.insert(TABLES.snapshotChanges, [
    { snapshot_id: 0, changes_made: `created_schema:"${MAIN}"` },
  ]);
  await transaction.insert(TABLES.schema, [
    {
      schema_id: 0,
      schema_uuid: randomUUID(),
      begin_snapshot: 0,
      schema_name: MAIN,
      path: `${MAIN}/`,
      path_is_relative: true,
    },
  ]);
}

/** The schema of that name in a lake that is to be made. */
export function schemaOfNewLake(place: LakePlace, name: string): LakeSchema {
  return newSchema(name, newDataFolder(place));
}

/**
 * The schema of that name, as the catalog has it or will have it. Throws `TABLE_CONFLICT` for a lake that cannot be
 * written to.
 */
export async function findSchema(
  transaction: SqlTransaction,
  place: LakePlace,
  name: string,
): Promise<LakeSchema> {
  if (!(await transaction.hasTable(TABLES.metadata.name))) return schemaOfNewLake(place, name);
  const dataFolder = await dataFolderIn(transaction, place);
  // Names of SQL, in which DuckDB heeds no case.
  const [found] = await transaction.select(
    { schema_id: 'integer', schema_name: 'text', path: 'text', path_is_relative: 'boolean' },
    sql`FROM ducklake_schema WHERE lower(schema_name) = ${name.toLowerCase()} AND end_snapshot IS NULL`,
  );
  if (found === undefined) return newSchema(name, dataFolder);
  const folder = folderIn(place, dataFolder, found.path, found.path_is_relative);
  return { id: found.schema_id, name: found.schema_name, folder, dataFolder };
}

/** What a catalog writes for a folder: percent-encoded where its name would be more than one. */
export function pathOfName(name: string): string {
  return `${encodeURIComponent(name)}/`;
}

/** A folder that the catalog names, relative to another one or not, as a folder of the storage; it ends in `/`. */
export function folderIn(place: LakePlace, parent: string, text: string, isRelative: boolean): string {
  const folder = text.endsWith('/') ? text : `${text}/`;
  return isRelative ? `${parent}${folder}` : withinStorage(place, folder);
}

/** An instant of now as all databases take it. */
export function sqlNow(): string {
  return new Date().toISOString().replace('T', ' ').replace('Z', '+00');
}

function newSchema(name: string, dataFolder: string): LakeSchema {
  return { name, folder: `${dataFolder}${pathOfName(name)}`, dataFolder, ...(name === MAIN && { id: 0 }) };
}

/** Where a new lake's data goes, relative to the storage: empty, or a folder that ends in `/`. */
function newDataFolder({ storage, dataPath = '' }: LakePlace): string {
  tableLocation(storage, '', 'DuckLake');
  const folder = path.posix.normalize(`${dataPath}/`);
  if (folder === '/' || folder === './') return '';
  if (!path.posix.isAbsolute(folder) && !folder.startsWith('../')) return folder;
  throw new DatagenError(
    'INVALID_OPTION',
    sentence`Expected ${option('dataPath')} to be a folder below the output, got "${dataPath}". Choose the output so that the data lies below it.`,
    { details: { option: 'dataPath' } },
  );
}

async function dataFolderIn(transaction: SqlTransaction, place: LakePlace): Promise<string> {
  const rows = await transaction.select(
    { key: 'text', value: 'text' },
    `FROM ${TABLES.metadata.name} WHERE scope IS NULL`,
  );
  const metadata = new Map(rows.map(({ key, value }) => [key, value]));
  const { catalogName } = place;
  const version = metadata.get('version');
  if (version !== CATALOG_VERSION) {
    throw refused(
      place,
      `it is of version ${version ?? 'none'} of DuckLake, and datagen writes ${CATALOG_VERSION}. Open it once with DuckDB's extension and its option AUTOMATIC_MIGRATION, or choose another catalog`,
    );
  }
  if (metadata.get('encrypted') === 'true')
    throw refused(place, 'its files are encrypted, which datagen cannot do. Choose another catalog');
  const stored = metadata.get('data_path') ?? '';
  if (stored.startsWith('file:')) {
    throw refused(
      place,
      `its data path is ${stored}, and DuckDB's cleaning takes all files below such a path for orphans. Change \`data_path\` in its ducklake_metadata to the folder without file://`,
    );
  }
  // DuckDB takes a relative path from where it is started.
  const folder = withinStorage(place, isLocation(stored) ? stored : `${path.resolve(stored)}/`);
  if (place.dataPath !== undefined && newDataFolder(place) !== folder) {
    throw tableConflict(
      sentence`The lake in ${catalogName} keeps its data in ${stored}, and ${option('dataPath')} says "${place.dataPath}". Leave it out, or choose another catalog.`,
      { catalog: catalogName, dataPath: stored },
    );
  }
  return folder;
}

function withinStorage(place: LakePlace, location: string): string {
  const root = rootOf(place.storage);
  const folder = location.endsWith('/') ? location : `${location}/`;
  if (folder.startsWith(root)) return folder.slice(root.length);
  throw tableConflict(
    `The lake in ${place.catalogName} keeps its data in ${location}, which is not below ${place.storage.uri}. Choose ${location} as the output, or another catalog.`,
    { catalog: place.catalogName, dataPath: location },
  );
}

function isLocation(text: string): boolean {
  return path.isAbsolute(text) || /^[a-z][a-z0-9+.-]+:/i.test(text);
}

/** The storage as catalogs name it; it ends in `/`. */
function rootOf(storage: Storage): string {
  return `${storage.location('').replace(/\/+$/, '')}/`;
}

function refused({ catalogName }: LakePlace, reason: string): DatagenError {
  return tableConflict(`Cannot write to the lake in ${catalogName}: ${reason}.`, { catalog: catalogName });
}
