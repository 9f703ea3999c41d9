import { DatagenError } from '../support/errors.ts';
import type { DatasetGenerator } from '../dataset/generator.ts';
import type { DataFile } from '../writer/table-writer.ts';
import { type FileJob, type FileJobOptions, runFileJob } from './file-job.ts';

/**
 * Makes files one after the other and yields each once it is whole. Storing a file is mostly waiting, so the next one
 * is generated meanwhile; a thread has two files in memory at most. The first failure ends it, after what is under way.
 */
export async function* makeFiles<J extends FileJob>(
  generator: DatasetGenerator,
  jobs: Iterable<J>,
  optionsOf: (job: J) => FileJobOptions,
): AsyncGenerator<DataFile> {
  let last: Promise<DataFile> | undefined;
  let current: Promise<DataFile> | undefined;
  let failure: { readonly thrown: unknown } | undefined;
  try {
    for (const job of jobs) {
      const options = optionsOf(job);
      const checkpoint = () => {
        if (failure !== undefined) throw new DatagenError('ABORTED', 'The file before this one failed.');
        options.checkpoint?.();
      };
      const generated = new Promise<void>((resolve) => {
        current = runFileJob(generator, job, { ...options, checkpoint, onGenerated: resolve });
      });
      current?.catch((thrown: unknown) => {
        failure ??= { thrown };
      });
      // A writer need not ask for the end of the batches.
      await Promise.race([generated, current]);
      if (last !== undefined) yield await last;
      last = current;
    }
    if (last !== undefined) yield await last;
  } catch (thrown) {
    throw failure === undefined ? thrown : failure.thrown;
  } finally {
    await Promise.allSettled([last, current]);
  }
}
