import {
  type DataType,
  Field,
  type RecordBatch,
  Schema,
  Table,
  tableFromIPC,
  tableToIPC,
  Utf8,
} from 'apache-arrow';
import {
  blockRangeOf,
  calendarPath,
  columnKindOf,
  type Compression,
  dataFilePath,
  DatagenError,
  isDatagenError,
  type FileIdentity,
  type FileLimit,
  type DatasetIdentity,
  hivePath,
  importRef,
  type LyingFile,
  type ModuleRef,
  type OpenTable,
  option,
  type PlannedFile,
  reasonOf,
  type Sentence,
  sentence,
  type Storage,
  type TableDefinition,
  type TableFiles,
  tagOf,
} from '@datagen/core/writer';
import { ChunkCutter } from '../chunks/chunk-cutter.ts';
import { countRows, type RowCounts } from '../chunks/count-rows.ts';
import type { EncodeSettings } from '../encoders/encoder.ts';
import { fileRowsFor, rowGroupRowsFor } from '../encoders/limits.ts';
import { type EncoderName, loadEncoder } from '../encoders/load.ts';
import { adoptDataFile, type ExpectedFile } from './adopt.ts';
import { checkRowCount, limitBytes, limitRows } from './checks.ts';
import type { DataFileConfig } from './config.ts';
import { DATASET_KEY } from './dataset-metadata.ts';
import { describeDataFile, type ParquetDataFile } from './describe.ts';
import { type Footer, keptFooter, readFooter } from './footer.ts';
import { EXTENSION, flatFilePath } from './path.ts';
import { TailKeeper } from './tail-keeper.ts';

type PartitionFolders = 'components' | 'calendar' | 'none';

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
  /** @default 'modern' */
  readonly encodings?: DataFileConfig['encodings'];
  /**
   * Columns that the file leaves out because its folders say them.
   * @default []
   */
  readonly omittedColumns?: readonly string[];
  /**
   * Whether the data files that are returned have the statistics of their columns.
   * @default true
   */
  readonly statistics?: boolean;
  /**
   * Whether the folders of partitions are those of the components, `month=2026-01`, or the numbers of the calendar that
   * DuckDB writes, `year=2026/month=1`; or there are none, and no `%` in names. Without folders `identity` has to tell
   * partitionings of a table apart.
   * @default 'components'
   */
  readonly partitionFolders?: PartitionFolders;
  /** The field id of each column; by default they count from 1. */
  readonly fieldIds?: ReadonlyMap<string, number>;
  /** Of a table format: enters the tag in the file's name. A file with a tag is created, never replaced. */
  readonly identity?: FileIdentity;
}

/** The same as plain data, for `writeDataFile` on any thread. */
interface PlainOptions {
  readonly schema: Uint8Array;
  readonly storage: ModuleRef;
  readonly folder: string;
  readonly dataset: DatasetIdentity;
  readonly encoder: EncoderName;
  readonly settings: EncodeSettings;
  readonly fileLimit: FileLimit;
  readonly tag?: string;
  readonly timeColumn?: string;
  readonly statistics: boolean;
  readonly partitionFolders: PartitionFolders;
}

/**
 * Names the function that writes the data files of a table, of any format, and what a file can hold. Refuses columns a
 * file cannot hold, a compression the encoder lacks, and an encoder whose package is not installed.
 */
export async function dataFileWriter(
  options: DataFileOptions,
): Promise<Required<Pick<OpenTable, 'fileWriter' | 'fileLimit'>>> {
  const plain = await plainOptionsOf(options);
  return { fileWriter: refTo(plain, options.storage), fileLimit: plain.fileLimit };
}

/** The same for a table format: with the tag that is in the names of its files. */
export async function taggedDataFiles(
  options: DataFileOptions & { readonly identity: FileIdentity },
): Promise<Pick<TableFiles, 'tag' | 'fileWriter' | 'fileLimit' | 'pathOf'>> {
  const plain = await plainOptionsOf(options);
  const { tag = '', fileLimit } = plain;
  return {
    tag,
    fileLimit,
    fileWriter: refTo(plain, options.storage),
    pathOf: (file) => pathOf(file, plain),
  };
}

function pathOf(file: PlannedFile, { folder, dataset, tag, partitionFolders }: PlainOptions): string {
  const range = blockRangeOf(file, dataset.digest, partitionFolders === 'calendar' ? calendarPath : hivePath);
  if (partitionFolders === 'none') return flatFilePath(folder, file.table, range, tag);
  return dataFilePath(folder, file.table, range, EXTENSION, tag);
}

async function plainOptionsOf(options: DataFileOptions): Promise<PlainOptions> {
  const { table, storage, folder, dataset, encoder, compression, level, rowGroupRows } = options;
  const { omittedColumns = [], encodings = 'modern', statistics = true } = options;
  const { partitionFolders = 'components', fieldIds } = options;
  const { compressions, levels, limits, version } = await loadEncoder(encoder);
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
    .map((field, position) => {
      const id = fieldIds?.get(field.name) ?? position + 1;
      return { field, written: writtenField(field, id) };
    })
    .filter(({ field }) => !omittedColumns.includes(field.name));
  const schema = new Schema(kept.map(({ written }) => written));
  const namesOf = (isChosen: (field: Field) => boolean) =>
    kept.filter(({ field }) => isChosen(field)).map(({ field }) => field.name);
  const isClassic = encodings === 'classic';
  const distinct = namesOf(({ metadata }) => metadata.get('distinct') === 'true');
  const wide = namesOf((field) => ['int64', 'instant'].includes(columnKindOf(field)));
  // What a file's folders say is the same on all its rows: they are sorted by the rest. Of that the first column alone is
  // named: polars up to 1.30 takes each named column for sorted by itself, and computes wrongly.
  const [sortedBy] = (table.sortedBy ?? []).filter((name) => !omittedColumns.includes(name));
  const settings: EncodeSettings = {
    compression,
    ...(level !== undefined && { level }),
    rowGroupRows: rowGroupRowsFor(schema, rowGroupRows, limits),
    classic: isClassic,
    deltas: isClassic ? [] : wide,
    ...(sortedBy !== undefined && { sortedBy }),
    withoutDictionary: isClassic ? [...new Set([...distinct, ...wide])] : distinct,
    keyValue: { key: DATASET_KEY, value: JSON.stringify(dataset) },
  };
  const { timeColumn } = table;
  const { identity } = options;
  const columns = kept.map(
    ({ written }) => `${String(written)} ${written.metadata.get('PARQUET:field_id') ?? ''}`,
  );
  return {
    schema: tableToIPC(new Table(schema)),
    storage: storage.ref,
    folder,
    dataset,
    encoder,
    settings,
    fileLimit: {
      rowCount: fileRowsFor(schema, settings.rowGroupRows, limits),
      reason: limitReason(encoder, settings.rowGroupRows, limits.fileBytes),
    },
    ...(timeColumn !== undefined && schema.names.includes(timeColumn) && { timeColumn }),
    statistics,
    partitionFolders,
    ...(identity && { tag: tagOf({ encoder, version, settings, columns, identity }) }),
  };
}

function limitReason(encoder: EncoderName, rowGroupRows: number, fileBytes: number | undefined): Sentence {
  const bytes = fileBytes === undefined ? '' : ' and 4 GiB';
  const other = encoder === 'native' ? '' : sentence`, or use ${option('encoder', 'native')}`;
  return sentence`a file of the encoder "${encoder}" has at most 32,767 row groups of ${rowGroupRows} rows${bytes}. Choose larger ${option('rowGroupRows')}${other}.`;
}

function refTo(options: PlainOptions, storage: Storage): ModuleRef {
  const thisThreadOnly = storage.ref.thisThreadOnly ?? false;
  return { module: import.meta.url, export: 'writeDataFile', options, thisThreadOnly, copiesBatches: true };
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
 * Encodes one planned file and puts it into storage, then reads back what its footer says; with a tag it adopts a file
 * that lies there whole. Takes the options of `dataFileWriter`. In `columns`, `min` and `max` are numbers for int32,
 * float64 and date (days since 1970), bigints for int64, instant (microseconds since 1970) and decimal (units of the
 * last digit), booleans, or text, which Parquet may cut to a shorter text that still bounds the values. Throws
 * `ENCODE_FAILED`, and leaves no file, where the footer has not the rows that went in.
 */
export async function writeDataFile(
  options: unknown,
  file: PlannedFile,
  batches: AsyncIterable<RecordBatch>,
  lying?: LyingFile,
): Promise<ParquetDataFile> {
  const { dataset, settings, fileLimit, tag, timeColumn, statistics } = options as PlainOptions;
  const { storage, encoder, schema, cutter } = await prepare(options as PlainOptions);
  const path = pathOf(file, options as PlainOptions);
  const time = timeColumn === undefined ? {} : { timeColumn };
  const expected = { file, dataset, schema, ...time };
  if (lying?.isOld === false) {
    const adopted = await adoptDataFile(storage, path, lying.byteSize, expected);
    if (adopted !== undefined) return adopted;
  }
  const tail = new TailKeeper();
  const counts: RowCounts = { rowCount: 0, nanCounts: new Map() };
  let footer: Footer | undefined;
  async function* pieces(): AsyncGenerator<Uint8Array> {
    const chunks = countRows(schema, cutter.cut(batches), counts, statistics && !encoder.countsNans);
    const encoded = encoder.encode(
      schema,
      limitRows(file.table, chunks, fileLimit),
      settings,
      counts.nanCounts,
    );
    yield* tail.keep(limitBytes(file.table, encoded, encoder.limits));
    // Before the file is visible, unless its footer is too long to have been kept.
    footer = keptFooter(path, tail);
    if (footer !== undefined) checkRowCount(footer, counts, file.table, path);
  }
  const isNew = tag !== undefined && lying === undefined;
  const byteSize = await storage.write(path, named(file.table, path, pieces()), { ifAbsent: isNew });
  if (byteSize === undefined) return takeOthers(storage, path, expected);
  if (footer === undefined) {
    footer = await readFooter(path, (count) => storage.read(path, -count));
    try {
      checkRowCount(footer, counts, file.table, path);
    } catch (thrown) {
      await storage.remove(path);
      throw thrown;
    }
  }
  const described = describeDataFile(file, { path, byteSize, footer, ...time, nanCounts: counts.nanCounts });
  return statistics ? described : { ...described, columns: {}, splitOffsets: [] };
}

/** Another run has put the file while this one made it: the same path is the same bytes. */
async function takeOthers(storage: Storage, path: string, expected: ExpectedFile): Promise<ParquetDataFile> {
  const lying = await storage.list(path.slice(0, path.lastIndexOf('/')));
  const found = lying.find((stored) => stored.path === path);
  const adopted = found && (await adoptDataFile(storage, path, found.byteSize, expected));
  if (adopted !== undefined) return adopted;
  throw new DatagenError(
    'STORAGE_FAILED',
    `${storage.uri}/${path} was put by somebody else meanwhile and is not the file that its name says. Remove it and run the same command again.`,
    { details: { path } },
  );
}

/** What all files of a table need on this thread, by their options. */
const prepared = new WeakMap<PlainOptions, ReturnType<typeof open>>();

async function prepare(options: PlainOptions): ReturnType<typeof open> {
  const found = prepared.get(options) ?? open(options);
  prepared.set(options, found);
  return found;
}

async function open(options: PlainOptions) {
  const openStorage = await importRef<(options: unknown) => Storage>(options.storage);
  const { schema } = tableFromIPC(options.schema);
  const encoder = await loadEncoder(options.encoder);
  return {
    storage: openStorage(options.storage.options),
    encoder,
    schema,
    cutter: new ChunkCutter(schema, encoder.chunks),
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
    if (isDatagenError(cause)) throw cause;
    throw new DatagenError('ENCODE_FAILED', `Cannot encode ${path} of \`${table}\`: ${reasonOf(cause)}`, {
      cause,
      details: { table, path },
    });
  }
}
