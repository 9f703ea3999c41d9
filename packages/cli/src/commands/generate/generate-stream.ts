import { DatagenError, type DatasetReport, selectTables, streamTable } from '@datagen/core';
import { streamJson, streamText } from '../../report/stream-report.ts';
import { ProgressDisplay } from '../../report/progress.ts';
import { commandLine } from '../../request/command-line.ts';
import type { RunRequest } from '../../request/run-request.ts';
import type { Offer } from '../../plugins/offer.ts';
import type { Io } from '../../terminal/io.ts';
import { OutputError } from '../../terminal/output.ts';

/** Writes the rows of one table to the standard output; all that is said about it goes to the other one. */
export async function generateStream(
  request: RunRequest,
  { formats }: Offer,
  isJson: boolean,
  io: Io,
): Promise<void> {
  const { generator, spec } = request;
  const stream = await streamOf(request, formats);
  const table = tableOf(request);
  const signal = io.interruption();
  const progress = new ProgressDisplay(io);
  let report: DatasetReport;
  try {
    report = await streamTable(generator, table, {
      startDate: spec.startDate,
      endDate: spec.endDate,
      encoder: stream,
      signal,
      // A stream may keep what it was given.
      take: (bytes) => unlessAborted(io.stdout.writeBytes(bytes.slice()), signal),
      // On a terminal the rows are progress enough.
      ...(io.stdout.isTTY !== true && { onProgress: (now) => progress.update(now) }),
    });
  } catch (thrown) {
    throw failureIn(thrown, request);
  } finally {
    progress.finish();
  }
  await io.stderr.write(isJson ? streamJson(report, request) : streamText(report, request));
}

/** How the format streams a table; refuses one that cannot, and what only files have. */
async function streamOf(
  { format, stream, spec }: RunRequest,
  formats: Offer['formats'],
): Promise<NonNullable<RunRequest['stream']>> {
  if (stream === undefined) {
    const able: string[] = [];
    for (const [name, { load }] of Object.entries(formats))
      if ((await load()).stream !== undefined) able.push(name);
    throw invalid(
      `Expected a folder or URI to write tables to, got "-": tables of the format "${format}" are files and cannot go to the standard output. Choose --format ${able.join(', ').replace(/, ([^,]*)$/, ' or $1')} for it, or write ./- for a folder of that name.`,
    );
  }
  if (spec.partitionBy.length > 0)
    throw invalid('Expected no --partition-by for the standard output, which has no folders.');
  return stream;
}

function tableOf({ generator, tables }: RunRequest): string {
  const selected = selectTables(generator, tables).map(({ name }) => name);
  const [table] = selected;
  if (table !== undefined && selected.length === 1) return table;
  throw invalid(
    `Expected one table for the standard output, got ${String(selected.length)}. Choose it with --tables: ${selected.join(', ')}.`,
  );
}

/** Gives up waiting for a reader at the signal: it may never read on. */
function unlessAborted(done: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      reject(new DatagenError('ABORTED', 'Interrupted.'));
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    done.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** A reader that is gone, or a signal, is no failure of the format. */
function failureIn(thrown: unknown, request: RunRequest): unknown {
  if (!(thrown instanceof DatagenError)) return thrown;
  if (thrown.cause instanceof OutputError) return thrown.cause;
  if (thrown.code !== 'ABORTED') return thrown;
  return new DatagenError(
    'ABORTED',
    `Interrupted: rows are missing at the end. The same command begins anew: ${commandLine('generate', request)}`,
    { cause: thrown },
  );
}

function invalid(message: string): DatagenError {
  return new DatagenError('INVALID_OPTION', message);
}
