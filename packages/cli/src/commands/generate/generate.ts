import { DatagenError, type DatasetReport, ParallelPipeline, writeDataset } from '@datagen/core';
import { generateJson, generateText, type Places } from '../../report/generate-report.ts';
import { ProgressDisplay } from '../../report/progress.ts';
import { hiddenText } from '../../report/request-json.ts';
import { commandLine } from '../../request/command-line.ts';
import type { RunRequest } from '../../request/run-request.ts';
import { freeBytes, noRoomText } from '../../request/size/estimate.ts';
import type { Io } from '../../terminal/io.ts';
import { NO_FOLDER, workingFolder } from '../../terminal/working-folder.ts';

/** Writes the dataset and reports what was added. */
export async function generate(request: RunRequest, places: Places, isJson: boolean, io: Io): Promise<void> {
  const { generator, spec, tables, mode, maxWorkers, output } = request;
  if (output === undefined) {
    throw new DatagenError(
      'INVALID_OPTION',
      `Expected an output after the generator, as in ${io.program} generate ${generator.name} ./out/${generator.name}, or an output in a file given by --config.`,
    );
  }
  // No thread can start without one.
  if (workingFolder() === undefined) throw new DatagenError('INVALID_OPTION', NO_FOLDER);
  await warnOfDisk(request, io);
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
  for (const warning of report.warnings) void io.stderr.write(`datagen: ${warning}\n`);
  await io.stdout.write(isJson ? generateJson(report, request) : generateText(report, request, places, io));
}

/** A size in bytes is known before anything is planned; other runs are foretold by `plan`. */
async function warnOfDisk(request: RunRequest, io: Io): Promise<void> {
  const { size } = request;
  if (size?.key !== 'size') return;
  const warning = noRoomText({ byteSizes: [size.reached] }, await freeBytes(request, io.cwd), request);
  if (warning !== undefined) void io.stderr.write(`datagen: ${warning}\n`);
}

/** What to do after an interruption, if that is what was thrown. */
function interruptionIn(thrown: unknown, request: RunRequest): DatagenError | undefined {
  if (!(thrown instanceof DatagenError) || thrown.code !== 'ABORTED') return undefined;
  // Formats without commits show files as soon as they are whole, beside those that they are to replace.
  const next = request.mode.startsWith('overwrite')
    ? 'Nothing was removed. Where tables are plain files, old rows may lie beside new ones until the same command has come to its end'
    : 'Finished files are kept; the same command continues';
  const lines = [`Interrupted. ${next}: ${commandLine('generate', request)}`, ...hiddenText(request)];
  return new DatagenError('ABORTED', lines.join('\n'), { cause: thrown });
}
