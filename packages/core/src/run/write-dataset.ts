import { throwIfAborted } from '../support/errors.ts';
import {
  type DatasetGenerator,
  type DatasetIdentity,
  identifyDataset,
  selectTables,
} from '../dataset/generator.ts';
import { checkPartitionBy, PartitionSpec } from '../plan/partition-spec.ts';
import type { Executor } from './executor.ts';
import type { FileJob } from './file-job.ts';
import { ParallelPipeline } from './threads/parallel-pipeline.ts';
import { planTable, subtractCoverage } from '../plan/plan.ts';
import { DAY_MS, formatDay, parseDay } from '../support/time.ts';
import type { DataFile, OpenTable, TableWriter, WriteMode } from '../writer/table-writer.ts';

/** How far a run has come, over all tables; the totals are known before the first row is made. */
export interface Progress {
  readonly table: string;
  readonly rowCount: number;
  readonly totalRowCount: number;
}

export interface WriteDatasetOptions {
  /** Window and partitioning; the default is the generator's `startDate` and `endDate`, else the last 30 full days. */
  readonly partitionSpec?: PartitionSpec;
  /** Names of the tables to write; the default is all of them. */
  readonly tables?: readonly string[];
  /** @default 'error' */
  readonly mode?: WriteMode;
  /**
   * The most worker threads; 1 runs everything on the calling thread.
   * @default one per core
   */
  readonly maxWorkers?: number;
  /**
   * What makes the files.
   * @default a ParallelPipeline with `maxWorkers`
   */
  readonly executor?: Executor;
  /** Stops the run between two batches; tables keep what they had. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

export interface TableReport {
  readonly table: string;
  /** What this run added. */
  readonly rowCount: number;
  readonly fileCount: number;
  readonly byteSize: number;
  /** Rows of the window that the table held already. */
  readonly presentRowCount: number;
  /** Whether `presentRowCount` is exact; false where the plan it is taken from estimates the rows of blocks. */
  readonly exact: boolean;
}

export interface DatasetReport {
  readonly dataset: DatasetIdentity;
  readonly outputUri: string;
  /** What encoded the data files, if the writer says. */
  readonly encoder?: string;
  /** Sentences on what is not as it should be though the run went well: an encoder slower than need be. */
  readonly warnings: readonly string[];
  readonly partitionSpec: PartitionSpec;
  readonly tables: readonly TableReport[];
  readonly elapsedMs: number;
}

/**
 * Writes a dataset's tables: makes the files for blocks that the tables lack, then commits them. The same call
 * again adds nothing, an interrupted call is finished by the same call, and a longer window adds what is new.
 */
export async function writeDataset(
  generator: DatasetGenerator,
  writer: TableWriter,
  options: WriteDatasetOptions = {},
): Promise<DatasetReport> {
  const startedMs = performance.now();
  const { mode = 'error', maxWorkers, signal, onProgress } = options;
  const executor = options.executor ?? new ParallelPipeline(maxWorkers === undefined ? {} : { maxWorkers });
  const spec = options.partitionSpec ?? defaultPartitionSpec(generator);
  const dataset = identifyDataset(generator);
  const tables = selectTables(generator, options.tables);
  checkPartitionBy(spec, tables, generator.tables);

  const { fileRowsTarget, compression } = generator.config;
  // All plans and all tables are checked before the first file is written.
  const plans = tables.map((table) => planTable(generator, table, spec, fileRowsTarget));
  const opened: OpenTable[] = [];
  for (const table of tables)
    opened.push(await writer.openTable(table, { spec, mode, dataset, compression }));

  const missing = plans.map((plan, i) =>
    subtractCoverage(plan.files, (opened[i] as OpenTable).coverage, dataset.digest),
  );
  const jobs: FileJob[] = missing.flatMap((files, i) =>
    files.map((file) => ({ file, fileWriter: (opened[i] as OpenTable).fileWriter })),
  );
  const encoder = opened.find((table) => table.encoder !== undefined)?.encoder;
  const totalRowCount = jobs.reduce((sum, { file }) => sum + file.rowCount, 0);
  let doneRowCount = 0;
  const onRows = (table: string, rowCount: number) => {
    doneRowCount += rowCount;
    onProgress?.({ table, rowCount: doneRowCount, totalRowCount });
  };

  const written = new Map<string, DataFile[]>(tables.map(({ name }) => [name, []]));
  for await (const file of executor.run(generator, jobs, { ...(signal && { signal }), onRows })) {
    written.get(file.table)?.push(file);
  }
  throwIfAborted(signal);
  // Threads finish in any order; a commit lists files in one.
  for (const files of written.values()) files.sort((a, b) => (a.path < b.path ? -1 : 1));
  await writer.commit(
    opened.map((table) => ({ opened: table, mode, dataset, files: written.get(table.table.name) ?? [] })),
  );

  return {
    dataset,
    outputUri: writer.outputUri,
    ...(encoder !== undefined && { encoder }),
    warnings: [...new Set(opened.flatMap(({ warning }) => warning ?? []))],
    partitionSpec: spec,
    tables: plans.map((plan, i) => {
      const files = written.get(plan.table.name) ?? [];
      const missingRowCount = (missing[i] ?? []).reduce((sum, file) => sum + file.rowCount, 0);
      return {
        table: plan.table.name,
        rowCount: files.reduce((sum, file) => sum + file.rowCount, 0),
        fileCount: files.length,
        byteSize: files.reduce((sum, file) => sum + file.byteSize, 0),
        presentRowCount: plan.rowCount - missingRowCount,
        exact: plan.exact || missingRowCount === plan.rowCount,
      };
    }),
    elapsedMs: performance.now() - startedMs,
  };
}

/** The window a generator's options ask for: 30 days up to `endDate`, or all days since `startDate`, by default up to yesterday. */
export function defaultPartitionSpec(
  { config }: DatasetGenerator,
  partitionBy: readonly string[] = [],
): PartitionSpec {
  const endDate = config.endDate ?? formatDay(Date.now() - DAY_MS);
  const startDate = config.startDate ?? formatDay(parseDay(endDate, 'endDate') - 29 * DAY_MS);
  return new PartitionSpec({ startDate, endDate, partitionBy });
}
