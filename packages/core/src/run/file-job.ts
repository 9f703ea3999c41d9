import { setImmediate } from 'node:timers/promises';
import type { RecordBatch } from 'apache-arrow';
import type { Arena } from '../arrow/arena.ts';
import type { DatasetGenerator } from '../dataset/generator.ts';
import type { TableDefinition } from '../dataset/table.ts';
import { blocksOf, type PlannedFile } from '../plan/planned-file.ts';
import { DatagenError, isDatagenError, reasonOf } from '../support/errors.ts';
import { importRef, type ModuleRef } from '../support/module-ref.ts';
import { nameFailure } from '../writer/name-failure.ts';
import type { DataFile, LyingFile, WriteDataFile } from '../writer/table-writer.ts';

/** Timers, signals and storage have their turn between batches, but not between all of them: a turn takes some µs. */
const PAUSE_EVERY_MS = 5;

/** One planned file and the function that writes it. Plain data. */
export interface FileJob {
  readonly file: PlannedFile;
  readonly fileWriter: ModuleRef;
  /** What lies under the file's path already. */
  readonly lying?: LyingFile;
}

export interface FileJobOptions {
  /** Where batches are built, if the writer copies them; one file at a time. */
  readonly memory?: Arena;
  /** Throws once the run is to stop; called between batches. */
  readonly checkpoint?: () => void;
  /** Called before a block is made, with its place in the file. */
  readonly onBlock?: (index: number) => void;
  /** Called with the number of rows made, or adopted, since the last call. */
  readonly onRows?: (rowCount: number) => void;
  /** Called once all rows are made and the writer, if it copies batches, is done with the last one. */
  readonly onGenerated?: () => void;
}

/**
 * Makes the blocks of one planned file, encodes them and puts them into storage: the same code on every thread. Throws
 * `INVALID_PLUGIN` where the writer has not read all rows or tells of another file than was planned, what the generator
 * threw, as it is, and what the writer threw, with the table and the blocks.
 */
export async function runFileJob(
  generator: DatasetGenerator,
  { file, fileWriter, lying }: FileJob,
  options: FileJobOptions,
): Promise<DataFile> {
  const table = generator.tables.find(({ name }) => name === file.table) as TableDefinition;
  const write = await importRef<WriteDataFile>(fileWriter);
  const { memory, ...hooks } = options;
  const source = new BatchSource(generator, table, file, {
    ...hooks,
    ...(memory && fileWriter.copiesBatches === true && { memory }),
  });
  let written: DataFile;
  try {
    written = await write(fileWriter.options, file, source.batches(), lying);
  } catch (thrown) {
    throw source.failure === undefined ? nameFailure(file, thrown) : source.failure.thrown;
  }
  // A writer may have taken a failure for the end of the rows.
  if (source.failure !== undefined) throw source.failure.thrown;
  if (written.adopted === true) {
    source.skip(written.rowCount);
    checkWritten(file, written, file.exact ? file.rowCount : written.rowCount);
  } else {
    if (!source.isAtEnd)
      throw broken(file, `stopped after ${String(source.rowCount)} rows without asking for the rest`);
    checkWritten(file, written, source.rowCount);
  }
  return written;
}

function checkWritten(file: PlannedFile, written: DataFile, rowCount: number): void {
  if (written.table !== file.table) throw broken(file, `returned a file of \`${written.table}\``);
  if (written.rowCount !== rowCount)
    throw broken(
      file,
      `returned a file of ${String(written.rowCount)} rows where it was given ${String(rowCount)}`,
    );
}

function broken({ table, firstBlock, lastBlock }: PlannedFile, problem: string): DatagenError {
  return new DatagenError(
    'INVALID_PLUGIN',
    `The writer of data files of \`${table}\` ${problem} (blocks ${firstBlock} to ${lastBlock}).`,
    { details: { table, firstBlock, lastBlock } },
  );
}

/** The rows of a planned file, and how far somebody has read them. */
class BatchSource {
  readonly #generator: DatasetGenerator;
  readonly #table: TableDefinition;
  readonly #file: PlannedFile;
  readonly #options: FileJobOptions;
  /** Rows handed out. */
  rowCount = 0;
  isAtEnd = false;
  /** What ended the rows early: the generator or the end of the run, and never the writer. */
  failure: { readonly thrown: unknown } | undefined;

  constructor(
    generator: DatasetGenerator,
    table: TableDefinition,
    file: PlannedFile,
    options: FileJobOptions,
  ) {
    this.#generator = generator;
    this.#table = table;
    this.#file = file;
    this.#options = options;
  }

  /** Takes rows as done that nobody had to make. */
  skip(rowCount: number): void {
    this.#options.onRows?.(rowCount - this.rowCount);
    this.#options.onGenerated?.();
  }

  async *batches(): AsyncGenerator<RecordBatch> {
    try {
      yield* this.#make();
    } catch (thrown) {
      this.failure = { thrown };
      throw thrown;
    }
  }

  async *#make(): AsyncGenerator<RecordBatch> {
    const { memory, checkpoint, onBlock, onRows, onGenerated } = this.#options;
    const table = this.#table;
    let pausedMs = performance.now();
    let index = 0;
    for (const block of blocksOf(this.#generator, table, this.#file)) {
      onBlock?.(index++);
      let rowCount = 0;
      try {
        for (const batch of this.#generator.generate(table, block, memory)) {
          yield batch;
          rowCount += batch.numRows;
          this.rowCount += batch.numRows;
          onRows?.(batch.numRows);
          if (performance.now() - pausedMs > PAUSE_EVERY_MS) {
            await setImmediate();
            pausedMs = performance.now();
          }
          checkpoint?.();
        }
      } catch (thrown) {
        if (isDatagenError(thrown)) throw thrown;
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
    this.isAtEnd = true;
    onGenerated?.();
  }
}
