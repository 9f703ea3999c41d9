import type { DatasetReport, TableReport } from '@datagen/core';
import { bytesText, countOf } from '@datagen/look/text';
import { commandLine } from '../request/command-line.ts';
import type { RunRequest } from '../request/run-request.ts';
import { durationText, rateText } from '../terminal/text.ts';
import { hiddenText, requestJson } from './request-json.ts';

/** The report of a table that went to the standard output, as one JSON object. */
export function streamJson(report: DatasetReport, request: RunRequest): string {
  const { dataset, ...asked } = requestJson(request);
  const { tables, elapsedMs } = report;
  const command = commandLine('generate', request);
  const json = { ...asked, dataset, tables, elapsedMs: Math.round(elapsedMs), command };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

/** The same in two lines. */
export function streamText({ tables, elapsedMs, partitionSpec }: DatasetReport, request: RunRequest): string {
  const { table, rowCount, byteSize } = tables[0] as TableReport;
  const days = `${partitionSpec.startDate} to ${partitionSpec.endDate}`;
  const speed = `${durationText(elapsedMs)} (${rateText(rowCount, elapsedMs)})`;
  return [
    `Wrote ${countOf(rowCount, 'row')} of ${table} of ${days} as ${request.format}: ${bytesText(byteSize)} in ${speed}.`,
    `Again:  ${commandLine('generate', request)}`,
    ...hiddenText(request),
    '',
  ].join('\n');
}
