import type { TablePlan } from '@datagen/core';
import { bytesText, countOf, countText } from '@datagen/look/text';
import { commandLine } from '../request/command-line.ts';
import type { RunRequest } from '../request/run-request.ts';
import type { Estimate } from '../request/size/estimate.ts';
import { formatTable } from '../terminal/format-table.ts';
import { bold, type Io } from '../terminal/io.ts';
import { estimateText, roughDurationText } from '../terminal/text.ts';
import { keptLayoutJson, keptLayoutText } from './kept-layout.ts';
import { hiddenText, requestJson, sizeText } from './request-json.ts';

/** What is planned, what is to be made in bytes and time, and the room there is for it. */
export interface PlanFigures {
  readonly plans: readonly TablePlan[];
  readonly estimate: Estimate;
  readonly freeBytes?: number;
}

/** The report of `plan --json`. */
export function planJson({ plans, estimate, freeBytes }: PlanFigures, request: RunRequest): string {
  const json = {
    ...requestJson(request),
    tables: plans.map((plan, i) => ({
      table: plan.table.name,
      partitionCount: plan.partitionCount,
      fileCount: plan.files.length,
      rowCount: plan.rowCount,
      exact: plan.exact,
      ...(request.output !== undefined && {
        presentRowCount: plan.rowCount - plan.missingRowCount,
        missingFileCount: plan.missing.length,
        missingRowCount: plan.missingRowCount,
      }),
      estimatedByteSize: Math.round(estimate.byteSizes[i] ?? 0),
    })),
    ...keptLayoutJson(request, sum(plans.map(({ rowCount, missingRowCount }) => rowCount - missingRowCount))),
    estimatedByteSize: Math.round(sum(estimate.byteSizes)),
    estimatedMs: Math.round(estimate.ms),
    ...(freeBytes !== undefined && { freeBytes }),
    command: commandLine('plan', request),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

/** The report of `plan`; where there is an output, with what is there and what is missing. */
export function planText({ plans, estimate, freeBytes }: PlanFigures, request: RunRequest, io: Io): string {
  const { startDate, endDate } = request.spec;
  const showsMissing = plans.some(({ rowCount, missingRowCount }) => missingRowCount < rowCount);
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
  const rows = plans.map((plan) => [
    plan.table.name,
    countText(plan.partitionCount),
    countText(plan.files.length),
    estimateText(plan.rowCount, plan.exact),
    estimateText(plan.rowCount - plan.missingRowCount, plan.exact || plan.missingRowCount === plan.rowCount),
    estimateText(plan.missingRowCount, isExact(plan.missing)),
    countText(plan.missing.length),
  ]);
  const total = sum(plans.map(({ rowCount }) => rowCount));
  const missing = plans.flatMap((plan) => plan.missing);
  const missingRowCount = sum(plans.map((plan) => plan.missingRowCount));
  const exact = plans.every((plan) => plan.exact);
  const days = `${startDate} to ${endDate}`;
  const all = `${estimateText(total, exact)} rows in ${countOf(sum(plans.map(({ files }) => files.length)), 'file')}`;
  const output = request.output ?? { uri: '', shown: `./out/${request.generator.name}` };
  const state = !showsMissing
    ? `${all}, ${days}. Nothing was written.`
    : missing.length === 0
      ? `${all}, ${days}: all of them are in ${output.shown} already. Nothing was written.${keptLayoutText(request)}`
      : `${all}, ${days}: ${estimateText(missingRowCount, isExact(missing))} rows in ${countOf(missing.length, 'file')} are missing in ${output.shown}. Nothing was written.${keptLayoutText(request)}`;
  const withOutput = { ...request, output };
  return [
    ...formatTable(columns, rows, (line) => bold(line, io.stdout, io.env)),
    '',
    ...sizeText(request),
    state,
    ...(missing.length === 0 ? [] : [estimateLine(estimate, freeBytes)]),
    ...(exact ? [] : ['A number after ~ is an estimate.']),
    '',
    ...(missing.length === 0 && showsMissing ? [] : [`To write it:  ${commandLine('generate', withOutput)}`]),
    ...hiddenText(request),
    '',
  ].join('\n');
}

/** Time is foretold within a factor of two, which the bench checks: more digits would promise more. */
function estimateLine({ byteSizes, ms }: Estimate, freeBytes: number | undefined): string {
  const free = freeBytes === undefined ? '' : ` ${bytesText(freeBytes)} are free.`;
  return `It takes about ${bytesText(sum(byteSizes))}, and about ${roughDurationText(ms)} on this machine, as busy as it is (half to twice that).${free}`;
}

function isExact(files: TablePlan['missing']): boolean {
  return files.every((file) => file.exact);
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
