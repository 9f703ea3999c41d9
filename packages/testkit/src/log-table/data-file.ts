import type { RecordBatch, Vector } from 'apache-arrow';
import {
  type DataFile,
  hivePath,
  importRef,
  type LyingFile,
  type ModuleRef,
  type PlannedFile,
  type Storage,
  storageWarnings,
} from '@datagen/core/writer';
import { cellReader } from '../rows/cell-reader.ts';
import { textOf } from '../rows/text-of.ts';

/** Options of `writeRows`: plain data, for any thread. */
export interface RowsOptions {
  readonly storage: ModuleRef;
  readonly digest: string;
  readonly tag: string;
}

/** The last line of a data file: without it a file is not whole, with other words it is not the expected one. */
interface End {
  readonly table: string;
  readonly digest: string;
  readonly firstBlock: string;
  readonly lastBlock: string;
  readonly rowCount: number;
}

/** Where a planned file is put: the name says table, dataset, blocks and tag. */
export function rowsPath(
  { table, partition, firstBlock, lastBlock }: PlannedFile,
  { digest, tag }: Omit<RowsOptions, 'storage'>,
): string {
  const name = [table, digest, encodeURIComponent(firstBlock), encodeURIComponent(lastBlock), tag].join('~');
  return [table, hivePath(partition), `${name}.jsonl`].filter((part) => part !== '').join('/');
}

/** Names `writeRows` with its options, for any thread that can open the storage. */
export function rowsWriter(options: RowsOptions): ModuleRef {
  const thisThreadOnly = options.storage.thisThreadOnly ?? false;
  return { module: import.meta.url, export: 'writeRows', options, thisThreadOnly, copiesBatches: true };
}

/** A `WriteDataFile` of JSON lines: one row each, and at the end what the file is. */
export async function writeRows(
  options: unknown,
  file: PlannedFile,
  batches: AsyncIterable<RecordBatch>,
  lying?: LyingFile,
): Promise<DataFile> {
  const { storage: ref, digest, tag } = options as RowsOptions;
  const storage = (await importRef<(options: unknown) => Storage>(ref))(ref.options);
  const path = rowsPath(file, { digest, tag });
  if (lying?.isOld === false) {
    const adopted = await adopt(storage, path, file, digest);
    if (adopted !== undefined) return adopted;
  }
  let rowCount = 0;
  async function* lines() {
    for await (const batch of batches) {
      const readers = batch.schema.fields.map(({ name }) => cellReader(batch.getChild(name) as Vector));
      for (let row = 0; row < batch.numRows; row++) yield lineOf(readers.map((read) => textOf(read(row))));
      rowCount += batch.numRows;
    }
    yield lineOf(endOf(file, digest, rowCount));
  }
  const byteSize = await storage.write(path, lines(), { ifAbsent: lying === undefined });
  if (byteSize !== undefined)
    return { ...described(file, path, byteSize, rowCount), ...storageWarnings(storage) };
  // Another run has put the same rows under the same name.
  const adopted = await adopt(storage, path, file, digest);
  if (adopted !== undefined) return adopted;
  throw new Error(`${path} was put by somebody else and is not what its name says`);
}

/** The rows of a data file and what it is; undefined where it is not whole. */
export function parseRows(
  bytes: Uint8Array,
): { readonly rows: readonly (readonly (string | null)[])[]; readonly end: End } | undefined {
  const lines = new TextDecoder().decode(bytes).trimEnd().split('\n');
  try {
    const parsed = lines.map((line) => JSON.parse(line) as unknown);
    const end = parsed.pop() as End;
    const rows = parsed as (string | null)[][];
    return end.rowCount === rows.length ? { rows, end } : undefined;
  } catch {
    return undefined;
  }
}

async function adopt(
  storage: Storage,
  path: string,
  file: PlannedFile,
  digest: string,
): Promise<DataFile | undefined> {
  const bytes = await storage.read(path);
  const found = parseRows(bytes);
  if (found === undefined) return undefined;
  const expected = endOf(file, digest, file.exact ? file.rowCount : found.rows.length);
  return JSON.stringify(found.end) === JSON.stringify(expected)
    ? { ...described(file, path, bytes.byteLength, found.rows.length), adopted: true }
    : undefined;
}

function described(
  { table, partition, firstBlock, lastBlock }: PlannedFile,
  path: string,
  byteSize: number,
  rowCount: number,
): DataFile {
  return { table, path, byteSize, rowCount, partition, firstBlock, lastBlock };
}

function endOf({ table, firstBlock, lastBlock }: PlannedFile, digest: string, rowCount: number): End {
  return { table, digest, firstBlock, lastBlock, rowCount };
}

function lineOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(value)}\n`);
}
