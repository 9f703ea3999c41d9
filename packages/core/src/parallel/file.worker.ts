import { Arena } from '../arrow/arena.ts';
import type { DatasetGenerator } from '../generator.ts';
import { createFromRef } from '../plugin.ts';
import { runBundle } from './run-bundle.ts';
import { RunControl, toPlainError, type WorkerResult, type WorkerTask } from './worker-protocol.ts';

const memory = new Arena();
/** The generator of the last task, with what it has cached; a run has one. */
let last: { readonly key: string; readonly generator: DatasetGenerator } | undefined;

/** Makes planned files on this worker thread. @public */
export async function runTask({ generator: ref, jobs, control }: WorkerTask): Promise<WorkerResult> {
  try {
    const key = JSON.stringify(ref);
    if (last?.key !== key) last = { key, generator: await createFromRef(ref) };
    return { files: await runBundle(last.generator, jobs, new RunControl(control), memory) };
  } catch (thrown) {
    return { error: toPlainError(thrown) };
  }
}
