import { randomUUID } from 'node:crypto';
import type { DatasetGenerator } from '../dataset/generator.ts';
import type { OpenTable, TableWriter } from '../writer/table-writer.ts';
import { compareDatasets } from './compare-datasets.ts';
import type { Executor } from './executor.ts';
import { type DatasetPlanOptions, resolveRun } from './options.ts';
import { openTables, warningsOf } from './plan-dataset.ts';
import type { DatasetReport, Progress } from './report.ts';
import { TableRuns } from './table-runs.ts';
import { refuseInsideWorker } from './threads/inside-worker.ts';
import { ParallelPipeline } from './threads/parallel-pipeline.ts';

export interface WriteDatasetOptions extends DatasetPlanOptions {
  /**
   * The most worker threads; 1 runs everything on the calling thread.
   * @default one per core, or per processor of the container's quota
   */
  readonly maxWorkers?: number;
  /**
   * What makes the files.
   * @default a ParallelPipeline with `maxWorkers`
   */
  readonly executor?: Executor;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Writes a dataset's tables: makes the files for blocks that the tables lack, then commits them. The same call
 * again adds nothing, an interrupted call is finished by the same call, and a longer window adds what is new.
 *
 * Throws a `DatagenError`: `INVALID_OPTION` and `UNKNOWN_NAME` for what cannot be asked for, `TABLE_CONFLICT` where
 * the output holds something that the mode does not allow, `COMMIT_CONFLICT` where somebody else changed a table in a
 * way that this run cannot be added to, `GENERATE_FAILED`, `ENCODE_FAILED` and `STORAGE_FAILED` with the block or file,
 * `INVALID_PLUGIN` where a generator or writer breaks its contract, `MISSING_DEPENDENCY` for an optional package that
 * is not installed, and `ABORTED` after the signal. Tables keep what they had.
 */
export async function writeDataset(
  generator: DatasetGenerator,
  writer: TableWriter,
  options: WriteDatasetOptions = {},
): Promise<DatasetReport> {
  const startedMs = performance.now();
  refuseInsideWorker();
  const run = resolveRun(generator, writer, options);
  const { maxWorkers, signal, onProgress } = options;
  const executor = options.executor ?? new ParallelPipeline(maxWorkers === undefined ? {} : { maxWorkers });
  const runId = randomUUID();
  const held: OpenTable[] = [];
  try {
    const warnings = await compareDatasets(generator, writer, run);
    const opened = await openTables(writer, run, runId, held);
    const encoder = opened.find((table) => table.encoder !== undefined)?.encoder;
    const runs = new TableRuns({ generator, writer, executor, run, runId, signal, onProgress, held });
    const tables = await runs.write(opened);
    return {
      dataset: run.dataset,
      outputUri: writer.outputUri,
      ...(encoder !== undefined && { encoder }),
      // What data files say of their storage, the storage of the writer may say too.
      warnings: [
        ...new Set([...warnings, ...warningsOf(held), ...runs.warnings, ...(writer.warnings ?? [])]),
      ],
      partitionSpec: run.spec,
      tables,
      elapsedMs: performance.now() - startedMs,
    };
  } finally {
    await Promise.allSettled(held.map((table) => table.release?.() ?? Promise.resolve()));
    await writer.close?.();
  }
}
