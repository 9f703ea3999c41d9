import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { TableDefinition } from '@datagen/core/writer';
import { type ReadRow, textOf } from '@datagen/testkit';
import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBInstance,
  DuckDBTimestampTZValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import Libsql from 'libsql';
import { isLive, type ManifestEntry } from '../../src/manifest/entry.ts';
import { decodeManifest } from '../../src/manifest/manifest.ts';
import { decodeManifestList, type ManifestFile } from '../../src/manifest/manifest-list.ts';
import { decodeMetadata, type TableMetadata } from '../../src/metadata/index.ts';

/** The metadata of a table as the catalog of a place names it; undefined where there is no such table. */
export async function metadataOf(place: string, table: string): Promise<TableMetadata | undefined> {
  const file = path.join(place, 'catalog.db');
  if (!existsSync(file)) return undefined;
  const database = new Libsql(file);
  try {
    const row = database
      .prepare('SELECT metadata_location AS location FROM iceberg_tables WHERE table_name = ?')
      .get(table) as { readonly location: string } | undefined;
    return row && (await decodeMetadata(await bytesAt(row.location), row.location));
  } finally {
    database.close();
  }
}

/** The manifests of a snapshot, by default of the current one. */
export async function manifestsOf(
  metadata: TableMetadata,
  id = metadata['current-snapshot-id'],
): Promise<readonly ManifestFile[]> {
  const snapshot = metadata.snapshots.find((each) => each['snapshot-id'] === id);
  const list = snapshot?.['manifest-list'];
  return list === undefined ? [] : decodeManifestList(await bytesAt(list)).manifests;
}

/** The entries of all manifests of a snapshot. */
export async function entriesOf(
  metadata: TableMetadata,
  id = metadata['current-snapshot-id'],
): Promise<readonly ManifestEntry[]> {
  const entries: ManifestEntry[] = [];
  for (const { manifest_path: location } of await manifestsOf(metadata, id))
    entries.push(...decodeManifest(await bytesAt(location)).entries);
  return entries;
}

function bytesAt(location: string): Promise<Uint8Array> {
  return readFile(location.replace(/^file:\/\//, ''));
}

/** All rows of a table, its data files read by DuckDB, as the conformance suite compares them. */
export async function readRows(place: string, table: TableDefinition): Promise<readonly ReadRow[]> {
  const metadata = await metadataOf(place, table.name);
  const entries = metadata === undefined ? [] : await entriesOf(metadata);
  const files = entries.filter(isLive).map(({ data_file: file }) => file.file_path);
  if (files.length === 0) return [];
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const columns = table.schema.fields.map(({ name }) => `"${name}"`).join(', ');
    const names = files.map((file) => `'${file.replaceAll("'", "''")}'`).join(', ');
    const read = await connection.runAndReadAll(
      `SELECT ${columns} FROM read_parquet([${names}], hive_partitioning = false)`,
    );
    return read.getRows().map((row) => row.map(cellText));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function cellText(value: DuckDBValue): string | null {
  if (value instanceof DuckDBDateValue) return textOf(value.days);
  if (value instanceof DuckDBTimestampTZValue) return textOf(value.micros);
  if (value instanceof DuckDBDecimalValue) return textOf(value.value);
  return textOf(value as string | number | bigint | boolean | null);
}
