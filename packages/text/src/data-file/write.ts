import {
  type RecordBatch,
  type Schema,
  Schema as ArrowSchema,
  Table,
  tableFromIPC,
  tableToIPC,
} from 'apache-arrow';
import {
  blockRangeOf,
  columnKindOf,
  type DataFile,
  dataFilePath,
  importRef,
  type ModuleRef,
  type PlannedFile,
  type Storage,
  storageWarnings,
  type TableDefinition,
} from '@datagen/core/writer';
import { type Codec, compress } from '../rows/compress.ts';
import { encodeRows } from '../rows/encode-rows.ts';
import type { RowFormat } from '../rows/row-format.ts';

export interface TextFileOptions {
  readonly table: TableDefinition;
  readonly storage: Storage;
  readonly digest: string;
  /** Columns that the folders of the file say. */
  readonly omittedColumns: readonly string[];
  readonly format: RowFormat;
  readonly codec: Codec;
  readonly extension: string;
}

/** The same as plain data, for `writeTextFile` on any thread. */
interface PlainOptions extends Omit<TextFileOptions, 'table' | 'storage' | 'omittedColumns'> {
  readonly schema: Uint8Array;
  readonly storage: ModuleRef;
}

/** Names the function that writes the data files of a table as text. Refuses columns that a file cannot hold. */
export function textFileWriter({ table, storage, omittedColumns, ...options }: TextFileOptions): ModuleRef {
  const schema = schemaWithout(table, omittedColumns);
  const plain: PlainOptions = { ...options, schema: tableToIPC(new Table(schema)), storage: storage.ref };
  return {
    module: import.meta.url,
    export: 'writeTextFile',
    options: plain,
    thisThreadOnly: storage.ref.thisThreadOnly ?? false,
    copiesBatches: true,
  };
}

/** The columns of a table's files; refuses what no file can hold. */
export function schemaWithout({ schema }: TableDefinition, omittedColumns: readonly string[]): Schema {
  const fields = schema.fields.filter(({ name }) => !omittedColumns.includes(name));
  for (const field of fields) columnKindOf(field);
  return new ArrowSchema(fields);
}

/** Writes one planned file as text and puts it into storage. Takes the options of `textFileWriter`. @public */
export async function writeTextFile(
  options: unknown,
  file: PlannedFile,
  batches: AsyncIterable<RecordBatch>,
): Promise<DataFile> {
  const { storage: ref, schema, digest, format, codec, extension } = options as PlainOptions;
  const openStorage = await importRef<(options: unknown) => Storage>(ref);
  const { table, partition, firstBlock, lastBlock } = file;
  const path = dataFilePath(table, table, blockRangeOf(file, digest), extension);
  const counted = { rowCount: 0 };
  const pieces = encodeRows(schemaOf(schema), format, batches, counted);
  const storage = openStorage(ref.options);
  // Without `ifAbsent` every write answers with a size.
  const byteSize = (await storage.write(path, compress(pieces, codec))) as number;
  const { rowCount } = counted;
  return { table, path, byteSize, rowCount, partition, firstBlock, lastBlock, ...storageWarnings(storage) };
}

/** Schemas that were read on this thread. */
const schemas = new WeakMap<Uint8Array, Schema>();

function schemaOf(bytes: Uint8Array): Schema {
  const known = schemas.get(bytes) ?? tableFromIPC(bytes).schema;
  schemas.set(bytes, known);
  return known;
}
