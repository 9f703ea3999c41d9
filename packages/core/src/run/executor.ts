import { Arena } from '../arrow/arena.ts';
import { throwIfAborted } from '../support/errors.ts';
import type { DatasetGenerator } from '../dataset/generator.ts';
import type { DataFile } from '../writer/table-writer.ts';
import { bundleByTime } from './threads/bundles.ts';
import type { FileJob } from './file-job.ts';
import { makeFiles } from './make-files.ts';

export interface ExecutorOptions {
  readonly signal?: AbortSignal;
  /** Called with the number of rows made since the last call. */
  readonly onRows?: (table: string, rowCount: number) => void;
}

/** Runs planned files, in any order and on any threads, and yields the data files once they are whole. */
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
    yield* makeFiles(generator, bundleByTime(jobs).flat(), ({ file }) => ({
      memory,
      checkpoint: () => throwIfAborted(signal),
      onRows: (rowCount) => onRows?.(file.table, rowCount),
    }));
  }
}
