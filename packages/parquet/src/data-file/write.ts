import { type DataType, Field, Schema, Table, tableFromIPC, tableToIPC, Utf8 } from 'apache-arrow';
import {
  blockRangeOf,
  type Compression,
  DatagenError,
  type DatasetIdentity,
  importRef,
  type ModuleRef,
  option,
  reasonOf,
  sentence,
  type Storage,
  type TableDefinition,
  type WriteDataFile,
} from '@datagen/core/writer';
import { columnKindOf } from '../chunks/column-kind.ts';
import { dataFilePath } from './path.ts';
import { describeDataFile } from './read.ts';
import { DATASET_KEY } from './dataset-metadata.ts';
import { readFooter } from './footer.ts';
import type { EncodeSettings } from '../encoders/encoder.ts';
import { type EncoderName, loadEncoder } from '../encoders/load.ts';
import { cutChunks } from '../chunks/row-chunks.ts';
import { TailKeeper } from './tail-keeper.ts';

export interface DataFileOptions {
  readonly table: TableDefinition;
  readonly storage: Storage;
  /** The table's folder in the storage. */
  readonly folder: string;
  readonly dataset: DatasetIdentity;
  readonly compression: Compression;
  readonly encoder: EncoderName;
  /** Of zstd (1 to 22) and gzip (0 to 10), where the encoder heeds it. */
  readonly level?: number;
  /** The most rows of a row group. */
  readonly rowGroupRows: number;
  /**
   * Columns that the file leaves out because its folders say them.
   * @default []
   */
  readonly omittedColumns?: readonly string[];
}

/** The same as plain data, for `writeDataFile` on any thread. */
interface PlainOptions {
  readonly schema: Uint8Array;
  readonly storage: ModuleRef;
  readonly folder: string;
  readonly dataset: DatasetIdentity;
  readonly encoder: EncoderName;
  readonly settings: EncodeSettings;
}

/**
 * Names the function that writes the data files of a table, of any format. Refuses columns a file cannot hold,
 * a compression the encoder lacks, and an encoder whose package is not installed.
 */
export async function dataFileWriter(options: DataFileOptions): Promise<ModuleRef> {
  const { table, storage, folder, dataset, encoder, compression, level, rowGroupRows } = options;
  const { omittedColumns = [] } = options;
  const { compressions, levels } = await loadEncoder(encoder);
  if (!compressions.includes(compression)) {
    throw new DatagenError(
      'INVALID_OPTION',
      `The encoder "${encoder}" cannot compress with ${compression}. Use one of ${compressions.join(', ')}, or the encoder "wasm".`,
      { details: { option: 'compression', encoder, compression } },
    );
  }
  if (!Number.isInteger(rowGroupRows) || rowGroupRows < 1) {
    throw new DatagenError(
      'INVALID_OPTION',
      sentence`Expected ${option('rowGroupRows')} to be a whole number from 1 on, got ${String(rowGroupRows)}.`,
      { details: { option: 'rowGroupRows' } },
    );
  }
  if (level !== undefined) refuseLevel(level, compression, levels ? undefined : encoder);
  const kept = table.schema.fields
    .map((field, position) => ({ field, written: writtenField(field, position + 1) }))
    .filter(({ field }) => !omittedColumns.includes(field.name));
  const settings: EncodeSettings = {
    compression,
    ...(level !== undefined && { level }),
    rowGroupRows,
    deltas: kept
      .filter(({ field }) => ['int64', 'instant'].includes(columnKindOf(field)))
      .map(({ field }) => field.name),
    // What a file's folders say is the same on all its rows: they are sorted by the rest.
    sortedBy: (table.sortedBy ?? []).filter((name) => !omittedColumns.includes(name)),
    withoutDictionary: kept
      .filter(({ field }) => field.metadata.get('distinct') === 'true')
      .map(({ field }) => field.name),
    keyValue: { key: DATASET_KEY, value: JSON.stringify(dataset) },
  };
  const plain: PlainOptions = {
    schema: tableToIPC(new Table(new Schema(kept.map(({ written }) => written)))),
    storage: storage.ref,
    folder,
    dataset,
    encoder,
    settings,
  };
  const thisThreadOnly = storage.ref.thisThreadOnly ?? false;
  return {
    module: import.meta.url,
    export: 'writeDataFile',
    options: plain,
    thisThreadOnly,
    copiesBatches: true,
  };
}

const LEVELS: Partial<Record<Compression, readonly [number, number]>> = { zstd: [1, 22], gzip: [0, 10] };

function refuseLevel(level: number, compression: Compression, unable: EncoderName | undefined): void {
  const [least, most] = LEVELS[compression] ?? [1, 0];
  if (unable === undefined && level >= least && level <= most) return;
  const expected =
    unable !== undefined
      ? sentence`the encoder "native" for a ${option('compressionLevel')}, got "${unable}"`
      : least > most
        ? sentence`zstd or gzip for a ${option('compressionLevel')}, got ${compression}`
        : sentence`a ${option('compressionLevel')} from ${String(least)} to ${String(most)} for ${compression}, got ${String(level)}`;
  throw new DatagenError('INVALID_OPTION', sentence`Expected ${expected}.`, {
    details: { option: 'compressionLevel', compression, level },
  });
}

/** Text is declared plain, because readers take a column's Arrow type from the file's Arrow schema. */
function writtenField(field: Field, fieldId: number): Field {
  const type = columnKindOf(field) === 'text' ? new Utf8() : (field.type as DataType);
  const metadata = new Map([['PARQUET:field_id', String(fieldId)]]);
  const doc = field.metadata.get('doc');
  if (doc !== undefined) metadata.set('doc', doc);
  return new Field(field.name, type, field.nullable, metadata);
}

/**
 * Encodes one planned file and puts it into storage, then reads back what its footer says. Takes the options of
 * `dataFileWriter`. In `columns`, `min` and `max` are numbers for int32, float64 and date (days since 1970),
 * bigints for int64, instant (microseconds since 1970) and decimal (units of the last digit), booleans, or text,
 * which Parquet may cut to a shorter text that still bounds the values.
 */
export const writeDataFile: WriteDataFile = async (options, file, batches) => {
  const { folder, dataset, settings } = options as PlainOptions;
  const { storage, encoder, schema } = await prepare(options as PlainOptions);

  const range = blockRangeOf(file, dataset.digest);
  const path = dataFilePath(folder, file.table, range);
  const tail = new TailKeeper();
  const pieces = encoder.encode(schema, cutChunks(schema, batches, encoder.chunks), settings);
  const byteSize = await storage.write(path, named(file.table, path, tail.keep(pieces)));
  const footer = await readFooter(
    path,
    async (count) => tail.last(count) ?? (await storage.read(path, -count)),
  );
  return describeDataFile(file, range, { path, byteSize }, footer);
};

/** What all files of a table need on this thread, by their options. */
const prepared = new WeakMap<PlainOptions, ReturnType<typeof open>>();

async function prepare(options: PlainOptions): ReturnType<typeof open> {
  const found = prepared.get(options) ?? open(options);
  prepared.set(options, found);
  return found;
}

async function open({ schema, storage, encoder }: PlainOptions) {
  const openStorage = await importRef<(options: unknown) => Storage>(storage);
  return {
    storage: openStorage(storage.options),
    encoder: await loadEncoder(encoder),
    schema: tableFromIPC(schema).schema,
  };
}

/** Says which table a failure of the encoder belongs to. */
async function* named(
  table: string,
  path: string,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
  } catch (cause) {
    if (cause instanceof DatagenError) throw cause;
    throw new DatagenError('ENCODE_FAILED', `Cannot encode ${path} of \`${table}\`: ${reasonOf(cause)}`, {
      cause,
      details: { table, path },
    });
  }
}
