import type { Arena } from '../arrow/arena.ts';
import { DatagenError } from '../errors.ts';
import type { DatasetGenerator } from '../generator.ts';
import type { DataFile } from '../writer.ts';
import { runFileJob } from './file-job.ts';
import type { PlacedJob, RunControl } from './worker-protocol.ts';

/** Makes the files of a bundle one after the other and tells the others of the run how far it is, on any thread. */
export async function runBundle(
  generator: DatasetGenerator,
  jobs: readonly PlacedJob[],
  control: RunControl,
  memory: Arena,
): Promise<readonly DataFile[]> {
  const checkpoint = () => {
    if (control.isStopped) throw new DatagenError('ABORTED', 'The run was interrupted.');
  };
  checkpoint();
  const files: DataFile[] = [];
  for (const { slot, ...job } of jobs) {
    files.push(
      await runFileJob(generator, job, {
        memory,
        checkpoint,
        onBlock: (index) => control.beginBlock(slot, index),
        onRows: (rowCount) => control.addRows(slot, rowCount),
      }),
    );
    control.endFile(slot);
  }
  return files;
}
