import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { TableDefinition } from '@datagen/core/writer';
import { type ReadRow, textOf } from '@datagen/testkit';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';

/** hyparquet gives dates and instants as Date, which is too coarse for microseconds. */
const parsers = {
  timestampFromMicroseconds: (micros: bigint) => micros,
  dateFromDays: (days: number) => days,
} as never;

export async function readMetadata(file: string) {
  return parquetMetadataAsync(await asyncBufferFromFile(file), { parsers });
}

/** Rows of one file as objects: instants as microseconds, dates as days, decimals in units of the last digit. */
export async function readFileRows(file: string): Promise<Record<string, unknown>[]> {
  const buffer = await asyncBufferFromFile(file);
  const { schema } = await parquetMetadataAsync(buffer);
  const compressors = { GZIP: (input: Uint8Array) => gunzipSync(input) };
  const rows = await parquetReadObjects({ file: buffer, parsers, compressors });
  for (const { name, converted_type: type, scale = 0 } of schema) {
    if (type !== 'DECIMAL') continue;
    for (const row of rows)
      if (typeof row[name] === 'number') row[name] = Math.round(row[name] * 10 ** scale);
  }
  return rows;
}

/** Paths of all files below a folder, sorted; none if it does not exist. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** All rows of a table's folder with the values that its hive folders hold, as the conformance suite compares them. */
export async function readTableRows(place: string, table: TableDefinition): Promise<ReadRow[]> {
  const rows: ReadRow[] = [];
  for (const file of await filesBelow(path.join(place, table.name))) {
    const folders = path.relative(place, file).split(path.sep).slice(1, -1);
    const partition = Object.fromEntries(
      folders.map((folder) => folder.split('=').map(decodeURIComponent) as [string, string]),
    );
    for (const row of await readFileRows(file)) {
      const values: Record<string, unknown> = { ...partition, ...row };
      rows.push(table.schema.fields.map(({ name }) => textOf(values[name] as ReadRow[number])));
    }
  }
  return rows;
}
