import type { DatasetGenerator } from '../dataset/generator.ts';
import { refuseLargeFiles, targetWithin } from '../plan/file-limit.ts';
import { planTable, type TablePlan } from '../plan/plan.ts';
import type { OpenTable, TableWriter } from '../writer/table-writer.ts';
import { compareDatasets } from './compare-datasets.ts';
import { type DatasetPlanOptions, type ResolvedRun, resolveRun } from './options.ts';

/** A table as it was found, and what a run would add to it. */
export interface PlannedTable {
  readonly opened: OpenTable;
  readonly plan: TablePlan;
}

/** What a run would write where, and what is there. */
export interface DatasetPlan extends ResolvedRun {
  readonly planned: readonly PlannedTable[];
  /** Sentences on what the run would break or lack, though it may go on. */
  readonly warnings: readonly string[];
}

/**
 * Plans what `writeDataset` would do with the same arguments, and refuses what it would refuse; writes nothing and
 * makes no rows. Costs a few hundred nanoseconds a block and one look at each table.
 */
export async function planDataset(
  generator: DatasetGenerator,
  writer: TableWriter,
  options: DatasetPlanOptions = {},
): Promise<DatasetPlan> {
  const run = resolveRun(generator, writer, options);
  try {
    const warnings = await compareDatasets(generator, writer, run);
    const planned: PlannedTable[] = [];
    for (const opened of await openTables(writer, run))
      planned.push({ opened, plan: await planOpened(generator, opened, run, options.signal) });
    return { ...run, planned, warnings: [...warnings, ...warningsOf(planned.map(({ opened }) => opened))] };
  } finally {
    await writer.close?.();
  }
}

/** Opens all tables of a run, parents first; without a `runId` only to look at them. */
export async function openTables(
  writer: TableWriter,
  { tables, spec, mode, dataset, compression }: ResolvedRun,
  runId?: string,
  held: OpenTable[] = [],
): Promise<readonly OpenTable[]> {
  for (const table of tables) {
    held.push(
      await writer.openTable(table, {
        spec,
        mode,
        dataset,
        compression,
        ...(runId !== undefined && { runId }),
      }),
    );
  }
  return [...held];
}

/** What a run adds to a table as it was opened. Throws `INVALID_OPTION` where a block is too large for one file. */
export async function planOpened(
  generator: DatasetGenerator,
  { table, coverage, fileLimit }: OpenTable,
  { spec, dataset, ...run }: ResolvedRun,
  signal: AbortSignal | undefined,
): Promise<TablePlan> {
  const present = { coverage, digest: dataset.digest };
  const fileRowsTarget = targetWithin(run.fileRowsTarget, fileLimit);
  const plan = await planTable(generator, table, spec, {
    fileRowsTarget,
    present,
    ...(signal && { signal }),
  });
  refuseLargeFiles(plan, fileLimit);
  return plan;
}

/** Each warning once. */
export function warningsOf(opened: readonly OpenTable[]): readonly string[] {
  return [...new Set(opened.flatMap(({ warnings = [] }) => warnings))];
}
