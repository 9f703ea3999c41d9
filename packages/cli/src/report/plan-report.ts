import { commandLine } from '../request/command-line.ts';
import type { PlannedTable } from '../request/plan-dataset.ts';
import type { RunRequest } from '../request/run-request.ts';
import { formatTable } from '../terminal/format-table.ts';
import { bold, type Io } from '../terminal/io.ts';
import { countOf, countText, estimateText } from '../terminal/text.ts';
import { hiddenText, requestJson } from './request-json.ts';

/** The report of `plan --json`. */
export function planJson(planned: readonly PlannedTable[], request: RunRequest): string {
  const json = {
    ...requestJson(request),
    tables: planned.map(({ plan, missing, missingRowCount }) => ({
      table: plan.table.name,
      partitionCount: plan.partitionCount,
      fileCount: plan.files.length,
      rowCount: plan.rowCount,
      exact: plan.exact,
      ...(request.output !== undefined && {
        presentRowCount: plan.rowCount - missingRowCount,
        missingFileCount: missing.length,
        missingRowCount,
      }),
    })),
    command: commandLine('plan', request),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

/** The report of `plan`; where there is an output, with what is there and what is missing. */
export function planText(planned: readonly PlannedTable[], request: RunRequest, io: Io): string {
  const { startDate, endDate } = request.spec;
  const showsMissing = planned.some(({ plan, missingRowCount }) => missingRowCount < plan.rowCount);
  const columns = [
    { header: 'table' },
    { header: 'partitions', align: 'right' },
    { header: 'files', align: 'right' },
    { header: 'rows', align: 'right' },
    ...(showsMissing
      ? ([
          { header: 'there', align: 'right' },
          { header: 'missing', align: 'right' },
          { header: 'in files', align: 'right' },
        ] as const)
      : []),
  ] as const;
  const rows = planned.map(({ plan, missing, missingRowCount }) => [
    plan.table.name,
    countText(plan.partitionCount),
    countText(plan.files.length),
    estimateText(plan.rowCount, plan.exact),
    estimateText(plan.rowCount - missingRowCount, plan.exact || missingRowCount === plan.rowCount),
    estimateText(missingRowCount, isExact(missing)),
    countText(missing.length),
  ]);
  const total = sum(planned.map(({ plan }) => plan.rowCount));
  const missing = planned.flatMap((table) => table.missing);
  const missingRowCount = sum(planned.map((table) => table.missingRowCount));
  const exact = planned.every(({ plan }) => plan.exact);
  const days = `${startDate} to ${endDate}`;
  const all = `${estimateText(total, exact)} rows in ${countOf(sum(planned.map(({ plan }) => plan.files.length)), 'file')}`;
  const output = request.output ?? { uri: '', shown: `./out/${request.generator.name}` };
  const state = !showsMissing
    ? `${all}, ${days}. Nothing was written.`
    : missing.length === 0
      ? `${all}, ${days}: all of them are in ${output.shown} already. Nothing was written.`
      : `${all}, ${days}: ${estimateText(missingRowCount, isExact(missing))} rows in ${countOf(missing.length, 'file')} are missing in ${output.shown}. Nothing was written.`;
  const withOutput = { ...request, output };
  return [
    ...formatTable(columns, rows, (line) => bold(line, io.stdout, io.env)),
    '',
    state,
    ...(exact ? [] : ['A number after ~ is an estimate.']),
    '',
    ...(missing.length === 0 && showsMissing ? [] : [`To write it:  ${commandLine('generate', withOutput)}`]),
    ...hiddenText(request),
    '',
  ].join('\n');
}

function isExact(files: PlannedTable['missing']): boolean {
  return files.every((file) => file.exact);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
