import { bytesText, countOf, countText } from '@datagen/look/text';
import { noteText } from '../flags/flag-text.ts';
import type { DatasetReport, TableReport } from '@datagen/core';
import type { Format, OfferedStorage } from '../plugins/offer.ts';
import { commandLine, lookLine } from '../request/command-line.ts';
import { globOf } from '../request/output.ts';
import type { RunRequest } from '../request/run-request.ts';
import { formatTable } from '../terminal/format-table.ts';
import { bold, type Io } from '../terminal/io.ts';
import { durationText, estimateText, rateText, shellWord } from '../terminal/text.ts';
import { keptLayoutJson, keptLayoutText } from './kept-layout.ts';
import { nativeHint } from './native-hint.ts';
import { hiddenText, requestJson, sizeText } from './request-json.ts';

/** The report of `generate --json`. */
export function generateJson(report: DatasetReport, request: RunRequest): string {
  const { dataset, ...asked } = requestJson(request);
  const json = {
    ...asked,
    mode: request.mode,
    dataset,
    ...(report.encoder !== undefined && { encoder: report.encoder }),
    warnings: report.warnings,
    tables: report.tables,
    ...keptLayoutJson(request, sumOf(report.tables, 'presentRowCount')),
    elapsedMs: Math.round(report.elapsedMs),
    command: commandLine('generate', request),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

/** How tables are looked at where they lie. */
export interface Places {
  readonly format?: Format | undefined;
  /** Absent where core opens the output by itself. */
  readonly storage?: OfferedStorage | undefined;
}

/** The report of `generate`: what was written, how to repeat it and how to look at it. */
export function generateText(report: DatasetReport, request: RunRequest, places: Places, io: Io): string {
  const showsPresent = sumOf(report.tables, 'presentRowCount') > 0;
  const columns = [
    { header: 'table' },
    { header: showsPresent ? 'new rows' : 'rows', align: 'right' },
    { header: 'files', align: 'right' },
    { header: 'size', align: 'right' },
    ...(showsPresent ? [{ header: 'there before', align: 'right' } as const] : []),
  ] as const;
  const rows = report.tables.map((table) => [
    table.table,
    countText(table.rowCount),
    countText(table.fileCount),
    bytesText(table.byteSize),
    estimateText(table.presentRowCount, isExact(table)),
  ]);
  const look = lookLine(request);
  const query = queryCommand(report, request, places);
  const hint = request.options['encoder'] === 'auto' ? nativeHint(report.encoder, io.env) : undefined;
  const rowsWritten = sumOf(report.tables, 'rowCount');
  const lines = [
    ...formatTable(columns, rows, (line) => bold(line, io.stdout, io.env)),
    '',
    ...sizeText(request),
    summaryText(report, request),
    ...(report.tables.every(isExact) ? [] : ['A number after ~ is an estimate.']),
    ...adoptedText(report),
    ...removedText(report),
    ...emptyText(report),
    ...(rowsWritten === 0 ? [] : request.notes.map(noteText)),
    ...(hint === undefined ? [] : [hint]),
    '',
    `Again:  ${commandLine('generate', request)}`,
    ...hiddenText(request),
    ...(look === undefined ? [] : [`Look:   ${look}`]),
    ...(query === undefined ? [] : [`Query:  ${query}`]),
    '',
  ];
  return lines.join('\n');
}

function summaryText(
  { tables, elapsedMs, partitionSpec, encoder }: DatasetReport,
  request: RunRequest,
): string {
  const { output } = request;
  const rowCount = sumOf(tables, 'rowCount');
  const presentRowCount = sumOf(tables, 'presentRowCount');
  const present = `${estimateText(presentRowCount, tables.every(isExact))} ${presentRowCount === 1 ? 'row' : 'rows'}`;
  const days = `${partitionSpec.startDate} to ${partitionSpec.endDate}`;
  const place = output?.shown ?? '';
  if (rowCount === 0 && presentRowCount > 0)
    return `Nothing to do: all ${present} of ${days} are in ${place} already.${keptLayoutText(request)}`;
  const files = countOf(sumOf(tables, 'fileCount'), 'file');
  const written = `${countOf(rowCount, 'row')} of ${days} to ${place}: ${files}, ${bytesText(sumOf(tables, 'byteSize'))}`;
  const by = encoder === undefined ? '' : `, ${encoder} encoder`;
  const before = presentRowCount > 0 ? ` ${present} were there already.${keptLayoutText(request)}` : '';
  return `Wrote ${written} in ${durationText(elapsedMs)} (${rateText(rowCount, elapsedMs)}${by}).${before}`;
}

/** Nothing is an exact number, whatever the plan. */
function isExact({ presentRowCount, exact }: TableReport): boolean {
  return exact || presentRowCount === 0;
}

/** Says that an earlier run did part of the work. */
function adoptedText({ tables }: DatasetReport): string[] {
  const rowCount = sumOf(tables, 'adoptedRowCount');
  if (rowCount === 0) return [];
  return [`${countOf(rowCount, 'row')} of them lay there whole, made by a run that did not come to its end.`];
}

/** Says what an overwrite took away, which may be more than it put there. */
function removedText({ tables }: DatasetReport): string[] {
  const removed = tables.flatMap((table) => table.removed ?? []);
  const sum = (counts: readonly (number | undefined)[]) =>
    counts.reduce<number>((total, count = 0) => total + count, 0);
  const fileCount = sum(removed.map((files) => files.fileCount));
  if (fileCount === 0) return [];
  // Sizes are given where they are known of all of them.
  const rows = removed.every(({ rowCount }) => rowCount !== undefined)
    ? `${countOf(sum(removed.map(({ rowCount }) => rowCount)), 'row')} in `
    : '';
  const bytes = removed.every(({ byteSize }) => byteSize !== undefined)
    ? ` (${bytesText(sum(removed.map(({ byteSize }) => byteSize)))})`
    : '';
  return [`Replaced what was there: removed ${rows}${countOf(fileCount, 'file')}${bytes}.`];
}

/** Names the tables without a row: a stock exchange on a weekend. */
function emptyText({ tables, partitionSpec: { startDate, endDate } }: DatasetReport): string[] {
  const empty = tables.filter(({ rowCount, presentRowCount }) => rowCount + presentRowCount === 0);
  if (empty.length === 0) return [];
  const names = empty.map(({ table }) => table).join(', ');
  return [`There are no rows from ${startDate} to ${endDate} in ${names}.`];
}

/** A command that shows rows of the largest table; undefined where DuckDB cannot reach it. */
function queryCommand(
  { tables }: DatasetReport,
  { generator, spec, output, options }: RunRequest,
  { format, storage }: Places,
): string | undefined {
  const rowsOf = (table: TableReport) => table.rowCount + table.presentRowCount;
  const [largest] = [...tables].sort((a, b) => rowsOf(b) - rowsOf(a));
  const table = generator.tables.find(({ name }) => name === largest?.table);
  if (table === undefined || largest === undefined || rowsOf(largest) === 0) return undefined;
  const folder = output && globOf(output, storage?.duckdb !== undefined);
  if (format?.scan === undefined || folder === undefined) return undefined;
  const partitionBy = spec.componentsFor(table);
  const source = format.scan(`${folder === '/' ? '' : folder}/${table.name}`, partitionBy, options);
  const before = [storage?.duckdb?.(options), format.attach?.(folder, options)]
    .filter((statement) => statement !== undefined)
    .map((statement) => `${statement}; `)
    .join('');
  return `duckdb -c ${shellWord(`${before}SELECT * FROM ${source} LIMIT 10`)}`;
}

type Count = 'rowCount' | 'fileCount' | 'byteSize' | 'presentRowCount' | 'adoptedRowCount';

function sumOf(tables: readonly TableReport[], key: Count): number {
  return tables.reduce((sum, table) => sum + table[key], 0);
}
