import {
  DatagenError,
  type DatasetReport,
  ParallelPipeline,
  type TableReport,
  writeDataset,
} from '@datagen/core';
import type { Format } from '../builtins.ts';
import { commandLine } from '../request/command-line.ts';
import { formatTable } from '../terminal/format-table.ts';
import { bold, type Io } from '../terminal/io.ts';
import { ProgressDisplay } from '../report/progress.ts';
import type { RunRequest } from '../request/run-request.ts';
import { bytesText, countOf, countText, durationText, rateText, shellWord } from '../terminal/text.ts';

/** Writes the dataset and reports what was added. */
export async function generate(
  request: RunRequest,
  format: Format | undefined,
  isJson: boolean,
  io: Io,
): Promise<void> {
  const { generator, spec, tables, mode, maxWorkers, output } = request;
  if (output === undefined) {
    throw new DatagenError(
      'INVALID_OPTION',
      `Expected an output after the generator, as in datagen generate ${generator.name} ./out, or an output in a file given by --config.`,
    );
  }
  const progress = new ProgressDisplay(io);
  let report: DatasetReport;
  try {
    report = await writeDataset(generator, request.createWriter(output), {
      partitionSpec: spec,
      mode,
      signal: io.interruption(),
      onProgress: (now) => progress.update(now),
      ...(tables && { tables }),
      executor: new ParallelPipeline({
        ...(maxWorkers !== undefined && { maxWorkers }),
        usesCallingThread: true,
      }),
    });
  } catch (thrown) {
    throw interruptionIn(thrown, request) ?? thrown;
  } finally {
    progress.finish();
  }
  for (const warning of report.warnings) io.stderr.write(`datagen: ${warning}\n`);
  io.stdout.write(
    isJson
      ? `${JSON.stringify(jsonReport(report, request), undefined, 2)}\n`
      : textReport(report, request, output, format, io),
  );
}

/** What to do after an interruption, if that is what was thrown. */
function interruptionIn(thrown: unknown, request: RunRequest): DatagenError | undefined {
  if (!(thrown instanceof DatagenError) || thrown.code !== 'ABORTED') return undefined;
  const next =
    request.mode === 'overwrite'
      ? 'Nothing was removed; the same command starts again'
      : 'Finished files are kept; the same command continues';
  return new DatagenError('ABORTED', `Interrupted. ${next}: ${commandLine('generate', request)}`, {
    cause: thrown,
  });
}

function jsonReport(report: DatasetReport, request: RunRequest) {
  const { spec, format, mode, options, output, generator } = request;
  const { startDate, endDate, partitionBy } = spec;
  return {
    generator: generator.name,
    output,
    format,
    startDate,
    endDate,
    partitionBy,
    mode,
    options,
    dataset: report.dataset,
    ...(report.encoder !== undefined && { encoder: report.encoder }),
    warnings: report.warnings,
    tables: report.tables,
    elapsedMs: Math.round(report.elapsedMs),
    command: commandLine('generate', request),
  };
}

function textReport(
  report: DatasetReport,
  request: RunRequest,
  output: string,
  format: Format | undefined,
  io: Io,
): string {
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
    countText(table.presentRowCount),
  ]);
  const look = lookCommand(report, request, output, format);
  return [
    ...formatTable(columns, rows, (line) => bold(line, io.stdout, io.env)),
    '',
    summaryText(report, output),
    ...emptyText(report),
    '',
    `Again:  ${commandLine('generate', request)}`,
    ...(look === undefined ? [] : [`Look:   ${look}`]),
    '',
  ].join('\n');
}

function summaryText({ tables, elapsedMs, partitionSpec, encoder }: DatasetReport, output: string): string {
  const rowCount = sumOf(tables, 'rowCount');
  const presentRowCount = sumOf(tables, 'presentRowCount');
  const present = countOf(presentRowCount, 'row');
  const days = `${partitionSpec.startDate} to ${partitionSpec.endDate}`;
  if (rowCount === 0 && presentRowCount > 0)
    return `Nothing to do: all ${present} of ${days} are in ${output} already.`;
  const files = countOf(sumOf(tables, 'fileCount'), 'file');
  const written = `${countOf(rowCount, 'row')} of ${days} to ${output}: ${files}, ${bytesText(sumOf(tables, 'byteSize'))}`;
  const by = encoder === undefined ? '' : `, ${encoder} encoder`;
  const before = presentRowCount > 0 ? ` ${present} were there already.` : '';
  return `Wrote ${written} in ${durationText(elapsedMs)} (${rateText(rowCount, elapsedMs)}${by}).${before}`;
}

/** Names the tables without a row: a stock exchange on a weekend. */
function emptyText({ tables, partitionSpec: { startDate, endDate } }: DatasetReport): string[] {
  const empty = tables.filter(({ rowCount, presentRowCount }) => rowCount + presentRowCount === 0);
  if (empty.length === 0) return [];
  const names = empty.map(({ table }) => table).join(', ');
  return [`There are no rows from ${startDate} to ${endDate} in ${names}.`];
}

/** A command that shows rows of the largest table; undefined where DuckDB cannot reach it. */
function lookCommand(
  { tables }: DatasetReport,
  { generator, spec }: RunRequest,
  output: string,
  format: Format | undefined,
): string | undefined {
  const rowsOf = (table: TableReport) => table.rowCount + table.presentRowCount;
  const [largest] = [...tables].sort((a, b) => rowsOf(b) - rowsOf(a));
  const table = generator.tables.find(({ name }) => name === largest?.table);
  if (table === undefined || largest === undefined || rowsOf(largest) === 0) return undefined;
  if (format?.scan === undefined || output.startsWith('memory:')) return undefined;
  const isPartitioned = spec.componentsFor(table).length > 0;
  const source = format.scan(`${output.replace(/\/+$/, '')}/${table.name}`, isPartitioned);
  return `duckdb -c ${shellWord(`SELECT * FROM ${source} LIMIT 10`)}`;
}

type Count = 'rowCount' | 'fileCount' | 'byteSize' | 'presentRowCount';

function sumOf(tables: readonly TableReport[], key: Count): number {
  return tables.reduce((sum, table) => sum + table[key], 0);
}
