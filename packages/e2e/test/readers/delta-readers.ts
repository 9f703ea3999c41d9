import { type DatasetGenerator, PartitionSpec } from '@datagen/core';
import { typeNameOf } from '@datagen/core/generator';
import { type DigestOfRows, RowsDigest } from '@datagen/testkit';
import { jsonLines } from './pyarrow.ts';

/** What a reader finds in a Delta table, alike for all of them and for what a generator makes. */
export interface DeltaContents {
  /** The type of each column, named as `typeNameOf` names it. */
  readonly schema: Readonly<Record<string, string>>;
  readonly rowCount: number;
  readonly digest: Pick<DigestOfRows, 'rows' | 'columns'>;
  /** With a filter: how many data files the reader opened of how many there are. */
  readonly files?: { readonly read: number; readonly total: number };
}

export interface DeltaQuestion {
  /** @default the newest */
  readonly version?: number;
  /** Which rows, as `COLUMN OPERATOR VALUE` with one of `= < <= > >=`: `day >= 2026-01-05`. */
  readonly filter?: string;
}

/** Options of the storage by the names that delta-rs has for them, like `aws_endpoint`. */
export type StorageOptions = Readonly<Record<string, string>>;

/** Readers of which each question is a process of its own; Spark is the fourth, in spark.ts. */
export const DELTA_READERS = ['deltalake', 'polars', 'duckdb'] as const;
export type DeltaReader = (typeof DELTA_READERS)[number];

export function readDelta(
  reader: DeltaReader,
  location: string,
  question?: DeltaQuestion,
  storage?: StorageOptions,
): DeltaContents {
  return readAllDelta(reader, [location], question, storage)[0] as DeltaContents;
}

/** The same of several tables, in one process. */
export function readAllDelta(
  reader: DeltaReader,
  locations: readonly string[],
  { version, filter }: DeltaQuestion = {},
  storage: StorageOptions = {},
): readonly DeltaContents[] {
  const words = [reader, ...locations, ...wordsOf(storage)];
  if (version !== undefined) words.push('--version', String(version));
  if (filter !== undefined) words.push('--filter', filter);
  return jsonLines('read_delta.py', ...words) as DeltaContents[];
}

/** What others do to a table, by delta-rs's own Python package: tools/interop/change_delta.py says what each does. */
export type DeltaChange =
  | readonly ['create', folder: string, ...partitionBy: string[]]
  | readonly ['append', rowCount: number]
  | readonly ['delete', predicate: string]
  | readonly ['optimize']
  | readonly ['vacuum']
  | readonly ['checkpoint']
  | readonly ['restore', version: number];

/** Changes a table and gives its version after that, and what the operation says of itself. */
export function changeDelta(
  location: string,
  change: DeltaChange,
  storage: StorageOptions = {},
): { version: number; result: unknown } {
  const [answer] = jsonLines('change_delta.py', location, ...wordsOf(storage), ...change.map(String));
  return answer as { version: number; result: unknown };
}

function wordsOf(storage: StorageOptions): string[] {
  return Object.entries(storage).flatMap(([key, value]) => ['--storage-option', `${key}=${value}`]);
}

/** What every reader has to find in a table that holds what a generator makes for a window of days. */
export function contentsOf(
  generator: DatasetGenerator,
  name: string,
  startDate: string,
  endDate: string,
): DeltaContents {
  const table = generator.tables.find((candidate) => candidate.name === name);
  if (table === undefined) throw new Error(`Expected a table of ${generator.name}, got ${name}.`);
  const rows = new RowsDigest();
  for (const block of generator.blocks(table, new PartitionSpec({ startDate, endDate }).window))
    for (const batch of generator.generate(table, block)) rows.add(batch);
  const { rowCount, ...digest } = rows.finish();
  const schema = Object.fromEntries(table.schema.fields.map((field) => [field.name, typeNameOf(field)]));
  return { schema, rowCount, digest };
}
