import { setImmediate } from 'node:timers/promises';
import {
  checkPartitionBy,
  identifyDataset,
  type PlannedFile,
  planTable,
  selectTables,
  subtractCoverage,
  type TablePlan,
  throwIfAborted,
} from '@datagen/core';
import type { RunRequest } from './run-request.ts';

/** A table's plan, and what of it the output lacks. */
export interface PlannedTable {
  readonly plan: TablePlan;
  readonly missing: readonly PlannedFile[];
  readonly missingRowCount: number;
}

/**
 * What `generate` would write: every table's plan and, if there is an output, what is missing there. Refuses what
 * `generate` would refuse before it writes, and makes no rows.
 */
export async function planDataset(
  request: RunRequest,
  signal: AbortSignal,
): Promise<readonly PlannedTable[]> {
  const { generator, spec, mode, output } = request;
  const dataset = identifyDataset(generator);
  const tables = selectTables(generator, request.tables);
  checkPartitionBy(spec, tables, generator.tables);
  const writer = output === undefined ? undefined : request.createWriter(output);
  const { fileRowsTarget, compression } = generator.config;
  const planned: PlannedTable[] = [];
  for (const table of tables) {
    // Signals have their turn.
    await setImmediate();
    throwIfAborted(signal);
    const plan = planTable(generator, table, spec, fileRowsTarget);
    const opened = await writer?.openTable(table, { spec, mode, dataset, compression });
    const missing =
      opened === undefined ? plan.files : subtractCoverage(plan.files, opened.coverage, dataset.digest);
    const missingRowCount = missing.reduce((sum, { rowCount }) => sum + rowCount, 0);
    planned.push({ plan, missing, missingRowCount });
  }
  return planned;
}
