import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
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

/** One action of a log entry, as it stands in the file. */
export type LogAction = Readonly<Record<string, Readonly<Record<string, never>>>>;

interface Added {
  readonly path: string;
  readonly partitionValues: Readonly<Record<string, string | null>>;
  readonly stats: string;
}

/** The entries of a table's log, oldest first; none where there is no table. */
export async function readLog(place: string, table: string): Promise<readonly (readonly LogAction[])[]> {
  const folder = path.join(place, table, '_delta_log');
  if (!existsSync(folder)) return [];
  const names = (await readdir(folder)).filter((name) => /^\d{20}\.json$/.test(name)).sort();
  const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
  return texts.map((text) =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as LogAction),
  );
}

/** The actions of one kind in the whole log. */
export async function actionsOf<T>(place: string, table: string, kind: string): Promise<readonly T[]> {
  const log = await readLog(place, table);
  return log.flat().flatMap((action) => (action[kind] === undefined ? [] : [action[kind] as unknown as T]));
}

export async function liveFiles(place: string, table: string): Promise<readonly Added[]> {
  const live = new Map<string, Added>();
  for (const entry of await readLog(place, table)) {
    for (const { remove } of entry) if (remove) live.delete(remove['path'] as unknown as string);
    for (const { add } of entry) if (add) live.set(add['path'] as unknown as string, add as unknown as Added);
  }
  return [...live.values()];
}

/** All rows of a table, its data files read by DuckDB, as the conformance suite compares them. */
export async function readRows(place: string, table: TableDefinition): Promise<readonly ReadRow[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const rows: ReadRow[] = [];
    for (const { path: encoded, partitionValues } of await liveFiles(place, table.name)) {
      const file = path.join(place, table.name, decodeURIComponent(encoded)).replaceAll("'", "''");
      const columns = table.schema.fields.map(({ name }) => {
        const value = partitionValues[name];
        return value === undefined
          ? `"${name}"`
          : value === null
            ? 'NULL'
            : `'${value.replaceAll("'", "''")}'`;
      });
      const read = await connection.runAndReadAll(
        `SELECT ${columns.join(', ')} FROM read_parquet('${file}', hive_partitioning = false)`,
      );
      rows.push(...read.getRows().map((row) => row.map(cellText)));
    }
    return rows;
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
