import { Arena } from '../../arrow/arena.ts';
import { createFromRef } from '../../plugin/plugin.ts';
import { markWorker } from './inside-worker.ts';
import { makeBundles } from './make-bundles.ts';
import { toPlainError } from './plain-error.ts';
import { RunControl, type WorkerResult, type WorkerTask } from './worker-protocol.ts';

/** Makes planned files on this worker thread until none of the run is left. @public */
export async function runTask({
  generator: ref,
  bundles,
  control,
  thread,
}: WorkerTask): Promise<WorkerResult> {
  markWorker();
  try {
    const generator = await createFromRef(ref);
    return { files: await makeBundles(generator, bundles, new RunControl(control), thread, new Arena()) };
  } catch (thrown) {
    return { error: toPlainError(thrown) };
  }
}
