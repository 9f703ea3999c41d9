import type { Arena } from '../../arrow/arena.ts';
import { DatagenError } from '../../support/errors.ts';
import type { DatasetGenerator } from '../../dataset/generator.ts';
import type { DataFile } from '../../writer/table-writer.ts';
import { makeFiles } from '../make-files.ts';
import type { PlacedJob, RunControl } from './worker-protocol.ts';

/**
 * Makes the files of bundles that no other thread has taken, on thread number `thread` of a run, until none is left;
 * tells the others how far it is.
 */
export async function makeBundles(
  generator: DatasetGenerator,
  bundles: readonly (readonly PlacedJob[])[],
  control: RunControl,
  thread: number,
  memory: Arena,
): Promise<readonly DataFile[]> {
  const checkpoint = () => {
    if (control.isStopped) throw new DatagenError('ABORTED', 'The run was interrupted.');
  };
  checkpoint();
  const files: DataFile[] = [];
  const made = makeFiles(generator, takeJobs(bundles, control), ({ slot }) => ({
    memory,
    checkpoint,
    onBlock: (index) => control.beginBlock(thread, slot, index),
    onRows: (rowCount) => control.addRows(slot, rowCount),
  }));
  for await (const file of made) files.push(file);
  return files;
}

function* takeJobs(
  bundles: readonly (readonly PlacedJob[])[],
  control: RunControl,
): Generator<PlacedJob, undefined> {
  for (;;) {
    const bundle = bundles[control.takeBundle()];
    if (bundle === undefined) return;
    yield* bundle;
  }
}
