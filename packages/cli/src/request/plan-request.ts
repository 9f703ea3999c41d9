import { checkPartitionBy, planDataset, planTable, selectTables, type TablePlan } from '@datagen/core';
import type { RunRequest } from './run-request.ts';

/** The plan of every table, and sentences on what the run would break. */
export interface RequestPlan {
  readonly plans: readonly TablePlan[];
  readonly warnings: readonly string[];
}

/**
 * What `generate` would write: every table's plan and, if there is an output, what is missing there. Refuses what
 * `generate` would refuse, and makes no rows.
 */
export async function planRequest(request: RunRequest, signal: AbortSignal): Promise<RequestPlan> {
  const { generator, spec, mode, output, tables } = request;
  if (output !== undefined) {
    const options = { partitionSpec: spec, mode, signal, ...(tables && { tables }) };
    const { planned, warnings } = await planDataset(generator, request.createWriter(output), options);
    return { plans: planned.map(({ plan }) => plan), warnings };
  }
  return { plans: await planTables(request, signal), warnings: [] };
}

/** The plan of every table as if there were nothing yet. */
export async function planTables(
  { generator, spec, tables }: RunRequest,
  signal: AbortSignal,
): Promise<readonly TablePlan[]> {
  const { fileRowsTarget } = generator.config;
  const plans: TablePlan[] = [];
  const selected = selectTables(generator, tables);
  checkPartitionBy(spec, selected, generator.tables);
  for (const table of selected)
    plans.push(await planTable(generator, table, spec, { fileRowsTarget, signal }));
  return plans;
}
