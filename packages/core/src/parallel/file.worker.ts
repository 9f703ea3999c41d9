import { Arena } from '../arrow/arena.ts';
import { DatagenError } from '../errors.ts';
import type { DatasetGenerator } from '../generator.ts';
import { createFromRef } from '../plugin.ts';
import type { DataFile } from '../writer.ts';
import { runFileJob } from './file-job.ts';
import { RunControl, toPlainError, type WorkerResult, type WorkerTask } from './worker-protocol.ts';

/** The generator of the last task, with what it has cached; a run has one. */
const memory = new Arena();
let last: { readonly key: string; readonly generator: DatasetGenerator } | undefined;

/** Makes planned files on this worker thread. @public */
export async function runTask({ generator: ref, jobs, control }: WorkerTask): Promise<WorkerResult> {
  const run = new RunControl(control);
  const checkpoint = () => {
    if (run.isStopped) throw new DatagenError('ABORTED', 'The run was interrupted.');
  };
  try {
    checkpoint();
    const key = JSON.stringify(ref);
    if (last?.key !== key) last = { key, generator: await createFromRef(ref) };
    const files: DataFile[] = [];
    for (const { slot, ...job } of jobs) {
      files.push(
        await runFileJob(last.generator, job, {
          memory,
          checkpoint,
          onBlock: (index) => run.beginBlock(slot, index),
          onRows: (rowCount) => run.addRows(slot, rowCount),
        }),
      );
      run.endFile(slot);
    }
    return { files };
  } catch (thrown) {
    return { error: toPlainError(thrown) };
  }
}
