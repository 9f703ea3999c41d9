import { setImmediate } from 'node:timers/promises';
import type { RecordBatch } from 'apache-arrow';
import type { Arena } from '../arrow/arena.ts';
import { DatagenError, reasonOf } from '../support/errors.ts';
import type { DatasetGenerator } from '../dataset/generator.ts';
import { importRef, type ModuleRef } from '../support/module-ref.ts';
import type { PlannedFile } from '../plan/plan.ts';
import type { TableDefinition } from '../dataset/table.ts';
import type { DataFile, WriteDataFile } from '../writer/table-writer.ts';

/** Timers, signals and storage have their turn between batches, but not between all of them: a turn takes some µs. */
const PAUSE_EVERY_MS = 5;

/** One planned file and the function that writes it. Plain data. */
export interface FileJob {
  readonly file: PlannedFile;
  readonly fileWriter: ModuleRef;
}

export interface FileJobOptions {
  /** Where batches are built, if the writer copies them; one file at a time. */
  readonly memory?: Arena;
  /** Throws once the run is to stop; called between batches. */
  readonly checkpoint?: () => void;
  /** Called before a block is made, with its place in the file. */
  readonly onBlock?: (index: number) => void;
  /** Called with the number of rows made since the last call. */
  readonly onRows?: (rowCount: number) => void;
  /** Called once all rows are made and the writer, if it copies batches, is done with the last one. */
  readonly onGenerated?: () => void;
}

/** Makes the blocks of one planned file, encodes them and puts them into storage: the same code on every thread. */
export async function runFileJob(
  generator: DatasetGenerator,
  job: FileJob,
  options: FileJobOptions,
): Promise<DataFile> {
  const table = generator.tables.find(({ name }) => name === job.file.table) as TableDefinition;
  const write = await importRef<WriteDataFile>(job.fileWriter);
  const { memory, ...hooks } = options;
  const batches = batchesOf(generator, table, job.file, {
    ...hooks,
    ...(memory && job.fileWriter.copiesBatches === true && { memory }),
  });
  return write(job.fileWriter.options, job.file, batches);
}

async function* batchesOf(
  generator: DatasetGenerator,
  table: TableDefinition,
  file: PlannedFile,
  { memory, checkpoint, onBlock, onRows, onGenerated }: FileJobOptions,
): AsyncGenerator<RecordBatch> {
  let pausedMs = performance.now();
  for (const [index, block] of file.blocks.entries()) {
    onBlock?.(index);
    let rowCount = 0;
    try {
      for (const batch of generator.generate(table, block, memory)) {
        yield batch;
        rowCount += batch.numRows;
        onRows?.(batch.numRows);
        if (performance.now() - pausedMs > PAUSE_EVERY_MS) {
          await setImmediate();
          pausedMs = performance.now();
        }
        checkpoint?.();
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
  onGenerated?.();
}
