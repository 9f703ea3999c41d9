import { DatagenError, type Storage, tableConflict, tableLocation } from '@datagen/core/writer';
import { locationOf, pathWithin } from './location.ts';
import type { TableMetadata } from '../metadata/index.ts';

/** Refuses a storage whose URIs table formats cannot name, or that readers of Iceberg misread. */
export function checkOutput(storage: Storage): void {
  tableLocation(storage, '', 'Iceberg');
  const location = locationOf(storage, '');
  const [found] = /[%?#]/.exec(location) ?? [];
  if (found !== undefined) {
    throw invalid(
      `Readers of Iceberg take a "${found}" in a location for a sign of a URI: ${location}. Choose an output without it.`,
    );
  }
}

/** Where the data files and the metadata of a table go, as paths in a storage. */
export interface TableFolders {
  readonly data: string;
  readonly metadata: string;
}

/** Throws `TABLE_CONFLICT` for a table whose files do not lie in the storage. */
export function foldersOf(storage: Storage, name: string, metadata: TableMetadata): TableFolders {
  const { properties } = metadata;
  const location = metadata.location.replace(/\/+$/, '');
  const folder = (text: string) => {
    const path = pathWithin(storage, text);
    if (path !== undefined) return path;
    throw tableConflict(
      `The table ${name} lies in ${text}, which is not below ${storage.uri}. Choose an output that it lies in.`,
      { table: name, location: text },
    );
  };
  return {
    data: folder(properties['write.data.path'] ?? `${location}/data`),
    metadata: folder(properties['write.metadata.path'] ?? `${location}/metadata`),
  };
}

function invalid(message: string): DatagenError {
  return new DatagenError('INVALID_OPTION', message, { details: { option: 'output' } });
}
