import type { RecordBatch } from 'apache-arrow';
import type { DatasetGenerator } from '../dataset/generator.ts';
import { selectTables } from '../dataset/generator.ts';
import type { Compression } from '../dataset/options.ts';
import type { TableDefinition } from '../dataset/table.ts';
import { FileCoverage } from '../plan/file-coverage.ts';
import type { PlannedFile } from '../plan/planned-file.ts';
import { receiptOf } from '../writer/receipt.ts';
import type { DataFile, EncodeRows, TableWriter } from '../writer/table-writer.ts';
import { InlineExecutor } from './executor.ts';
import type { DatasetReport } from './report.ts';
import { writeDataset, type WriteDatasetOptions } from './write-dataset.ts';

export interface StreamTableOptions extends Pick<
  WriteDatasetOptions,
  'startDate' | 'endDate' | 'compression' | 'signal' | 'onProgress'
> {
  /** How the rows are encoded: the `stream` of a format's plug-in, with its options. */
  readonly encoder: (table: TableDefinition, compression: Compression) => EncodeRows;
  /** Takes bytes of the stream; resolves once their memory may be used again and more may come. */
  readonly take: (bytes: Uint8Array) => Promise<void>;
}

/**
 * Writes the rows of one table, in the order of its blocks, as one stream of bytes, as for a pipe: on the calling
 * thread, and never more than one piece ahead of whoever takes them. Throws what `writeDataset` throws, and whatever
 * `take` throws.
 */
export async function streamTable(
  generator: DatasetGenerator,
  table: string,
  { encoder, take, ...options }: StreamTableOptions,
): Promise<DatasetReport> {
  selectTables(generator, [table]);
  return writeDataset(generator, streamWriter(encoder, take), {
    ...options,
    tables: table,
    // All rows are one file, in which blocks lie in their order.
    fileRowsTarget: Number.MAX_SAFE_INTEGER,
    executor: new InlineExecutor(),
  });
}

/** Nothing is read from where a stream goes, so every run is the whole window. */
function streamWriter(encoder: StreamTableOptions['encoder'], take: StreamTableOptions['take']): TableWriter {
  return {
    outputUri: '-',
    openTable: (table, { compression }) => {
      const options: StreamOptions = { encode: encoder(table, compression), take };
      const fileWriter = { module: import.meta.url, export: 'writeStream', options, copiesBatches: true };
      return Promise.resolve({ table, coverage: new FileCoverage(), fileWriter });
    },
    commit: (commits) => Promise.resolve(commits.map((commit) => ({ receipt: receiptOf(commit) }))),
  };
}

interface StreamOptions {
  readonly encode: EncodeRows;
  readonly take: StreamTableOptions['take'];
}

/** The `WriteDataFile` of a stream. @public */
export async function writeStream(
  options: unknown,
  { table, partition, firstBlock, lastBlock }: PlannedFile,
  batches: AsyncIterable<RecordBatch>,
): Promise<DataFile> {
  const { encode, take } = options as StreamOptions;
  let byteSize = 0;
  let rowCount = 0;
  async function* counted(): AsyncGenerator<RecordBatch> {
    for await (const batch of batches) {
      yield batch;
      rowCount += batch.numRows;
    }
  }
  for await (const piece of encode(counted())) {
    byteSize += piece.byteLength;
    await take(piece);
  }
  return { table, path: '-', byteSize, rowCount, partition, firstBlock, lastBlock };
}
