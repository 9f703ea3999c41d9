import { setImmediate } from 'node:timers/promises';
import type { RecordBatch } from 'apache-arrow';
import { DatagenError, reasonOf, throwIfAborted } from './errors.ts';
import type { DatasetGenerator } from './generator.ts';
import { importRef, type ModuleRef } from './module-ref.ts';
import type { PlannedFile } from './plan.ts';
import type { TableDefinition } from './table.ts';
import type { DataFile, WriteDataFile } from './writer.ts';

/** One planned file and the function that writes it. Plain data. */
export interface FileJob {
  readonly file: PlannedFile;
  readonly fileWriter: ModuleRef;
}

export interface ExecutorOptions {
  readonly signal?: AbortSignal;
  /** Called with the number of rows made since the last call. */
  readonly onRows?: (table: string, rowCount: number) => void;
}

/** Runs planned files, in any order and on any threads, and yields each data file once it is whole. */
export interface Executor {
  run(
    generator: DatasetGenerator,
    jobs: readonly FileJob[],
    options: ExecutorOptions,
  ): AsyncIterable<DataFile>;
}

/** Runs one file after the other on the calling thread. */
export class InlineExecutor implements Executor {
  async *run(
    generator: DatasetGenerator,
    jobs: readonly FileJob[],
    options: ExecutorOptions,
  ): AsyncGenerator<DataFile> {
    for (const job of jobs) yield await runFileJob(generator, job, options);
  }
}

/** Makes the blocks of one planned file, encodes them and puts them into storage: the same code on every thread. */
async function runFileJob(
  generator: DatasetGenerator,
  job: FileJob,
  options: ExecutorOptions,
): Promise<DataFile> {
  const table = generator.tables.find(({ name }) => name === job.file.table) as TableDefinition;
  const write = await importRef<WriteDataFile>(job.fileWriter);
  return write(job.fileWriter.options, job.file, batchesOf(generator, table, job.file, options));
}

async function* batchesOf(
  generator: DatasetGenerator,
  table: TableDefinition,
  file: PlannedFile,
  { signal, onRows }: ExecutorOptions,
): AsyncGenerator<RecordBatch> {
  for (const block of file.blocks) {
    let rowCount = 0;
    try {
      for (const batch of generator.generate(table, block)) {
        yield batch;
        rowCount += batch.numRows;
        onRows?.(table.name, batch.numRows);
        // Lets timers, signals and storage have their turn between batches.
        await setImmediate();
        throwIfAborted(signal);
      }
    } catch (thrown) {
      if (thrown instanceof DatagenError) throw thrown;
      throw new DatagenError(
        'GENERATE_FAILED',
        `Block ${block.key} of \`${table.name}\` failed: ${reasonOf(thrown)}`,
        {
          cause: thrown,
          details: { table: table.name, block: block.key },
        },
      );
    }
    if (block.exact && rowCount !== block.rowCount) {
      throw new DatagenError(
        'INVALID_PLUGIN',
        `Block ${block.key} of \`${table.name}\` promised ${String(block.rowCount)} rows and made ${String(rowCount)}.`,
      );
    }
  }
}
