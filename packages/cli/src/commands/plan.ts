import { checkPartitionBy, identifyDataset, planTable, selectTables, type TablePlan } from '@datagen/core';
import { commandLine } from '../command-line.ts';
import { formatTable } from '../format-table.ts';
import { bold, type Io } from '../io.ts';
import type { RunRequest } from '../run-request.ts';
import { countOf, countText } from '../text.ts';

/** Says what `generate` would write and what is there, and refuses what it would refuse; writes nothing. */
export async function plan(request: RunRequest, isJson: boolean, io: Io): Promise<void> {
  const { generator, spec, tables: names, output } = request;
  const tables = selectTables(generator, names);
  checkPartitionBy(spec, tables);
  // A bad URI is refused here as it would be there.
  if (output !== undefined) request.createWriter(output);
  const { fileRowsTarget } = generator.config;
  const plans: TablePlan[] = [];
  for (const table of tables) plans.push(await planTable(generator, table, spec, { fileRowsTarget }));
  io.stdout.write(isJson ? jsonPlan(plans, request) : textPlan(plans, request, io));
}

function jsonPlan(plans: readonly TablePlan[], request: RunRequest): string {
  const { generator, spec, format, output } = request;
  const { startDate, endDate, partitionBy } = spec;
  const json = {
    generator: generator.name,
    ...(output !== undefined && { output }),
    format,
    startDate,
    endDate,
    partitionBy,
    options: request.options,
    dataset: identifyDataset(generator),
    tables: plans.map(({ table, partitionCount, files, rowCount, exact }) => ({
      table: table.name,
      partitionCount,
      fileCount: files.length,
      rowCount,
      exact,
    })),
    command: commandLine('plan', request),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

function textPlan(plans: readonly TablePlan[], request: RunRequest, io: Io): string {
  const { startDate, endDate } = request.spec;
  const columns = [
    { header: 'table' },
    { header: 'partitions', align: 'right' },
    { header: 'files', align: 'right' },
    { header: 'rows', align: 'right' },
  ] as const;
  const rows = plans.map(({ table, partitionCount, files, rowCount, exact }) => [
    table.name,
    countText(partitionCount),
    countText(files.length),
    estimateText(rowCount, exact),
  ]);
  const rowCount = plans.reduce((sum, { rowCount: count }) => sum + count, 0);
  const fileCount = plans.reduce((sum, { files }) => sum + files.length, 0);
  const isExact = plans.every(({ exact }) => exact);
  return [
    ...formatTable(columns, rows, (line) => bold(line, io.stdout, io.env)),
    '',
    `${estimateText(rowCount, isExact)} rows in ${countOf(fileCount, 'file')}, ${startDate} to ${endDate}. Nothing was written.`,
    ...(isExact ? [] : ['A number after ~ is an estimate.']),
    '',
    `To write it:  ${commandLine('generate', { ...request, output: request.output ?? './out' })}`,
    '',
  ].join('\n');
}

function estimateText(rowCount: number, exact: boolean): string {
  return exact ? countText(rowCount) : `~${countText(rowCount)}`;
}
