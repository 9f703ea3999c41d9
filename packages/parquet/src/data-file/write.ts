import { type RecordBatch, tableFromIPC } from 'apache-arrow';
import {
  blockRangeOf,
  calendarPath,
  dataFilePath,
  DatagenError,
  isDatagenError,
  type FileIdentity,
  hivePath,
  importRef,
  type LyingFile,
  type ModuleRef,
  type OpenTable,
  type PlannedFile,
  reasonOf,
  type Storage,
  storageWarnings,
  type TableFiles,
} from '@datagen/core/writer';
import { ChunkCutter } from '../chunks/chunk-cutter.ts';
import { countRows, type RowCounts } from '../chunks/count-rows.ts';
import { loadEncoder } from '../encoders/load.ts';
import { adoptDataFile, type ExpectedFile } from './adopt.ts';
import { checkRowCount, limitBytes, limitRows } from './checks.ts';
import { describeDataFile, type ParquetDataFile } from './footer/describe.ts';
import { type Footer, keptFooter, readFooter } from './footer/footer.ts';
import { type DataFileOptions, type PlainOptions, plainOptionsOf } from './options.ts';
import { EXTENSION, flatFilePath } from './path.ts';
import { TailKeeper } from './footer/tail-keeper.ts';

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

function refTo(options: PlainOptions, storage: Storage): ModuleRef {
  const thisThreadOnly = storage.ref.thisThreadOnly ?? false;
  return { module: import.meta.url, export: 'writeDataFile', options, thisThreadOnly, copiesBatches: true };
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
  const byteSize = await storage.write(path, named(file, path, pieces()), { ifAbsent: isNew });
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
  const described = {
    ...describeDataFile(file, { path, byteSize, footer, ...time, nanCounts: counts.nanCounts }),
    ...storageWarnings(storage),
  };
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

/**
 * Says which file a failure of the encoder belongs to. Where its sentence is one of datagen, the run says so, which
 * knows whether it came from the generator.
 */
async function* named(
  { table, firstBlock, lastBlock }: PlannedFile,
  path: string,
  pieces: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
  } catch (cause) {
    if (isDatagenError(cause)) throw cause;
    throw new DatagenError('ENCODE_FAILED', `Cannot encode ${path} of \`${table}\`: ${reasonOf(cause)}`, {
      cause,
      details: { table, path, firstBlock, lastBlock },
    });
  }
}
