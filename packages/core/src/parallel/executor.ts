import { Arena } from '../arrow/arena.ts';
import { throwIfAborted } from '../errors.ts';
import type { DatasetGenerator } from '../generator.ts';
import type { DataFile } from '../writer.ts';
import { bundleByTime } from './bundles.ts';
import { type FileJob, runFileJob } from './file-job.ts';

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

/** Runs one file after the other on the calling thread, in the order of time. */
export class InlineExecutor implements Executor {
  async *run(
    generator: DatasetGenerator,
    jobs: readonly FileJob[],
    { signal, onRows }: ExecutorOptions,
  ): AsyncGenerator<DataFile> {
    const memory = new Arena();
    for (const job of bundleByTime(jobs).flat()) {
      yield await runFileJob(generator, job, {
        memory,
        checkpoint: () => throwIfAborted(signal),
        onRows: (rowCount) => onRows?.(job.file.table, rowCount),
      });
    }
  }
}
