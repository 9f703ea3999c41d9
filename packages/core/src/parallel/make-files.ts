import { DatagenError } from '../errors.ts';
import type { DatasetGenerator } from '../generator.ts';
import type { DataFile } from '../writer.ts';
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
  let storing: Promise<DataFile> | undefined;
  let stored: Promise<DataFile> | undefined;
  let failure: { readonly thrown: unknown } | undefined;
  try {
    for (const job of jobs) {
      const options = optionsOf(job);
      await new Promise<void>((resolve, reject) => {
        storing = runFileJob(generator, job, {
          ...options,
          checkpoint: () => {
            if (failure !== undefined) throw new DatagenError('ABORTED', 'The file before this one failed.');
            options.checkpoint?.();
          },
          onGenerated: resolve,
        });
        storing
          .catch((thrown: unknown) => {
            failure ??= { thrown };
            reject(new Error('See `failure`.'));
          })
          // A writer need not ask for the end of the batches.
          .finally(resolve);
      });
      if (stored !== undefined) yield await stored;
      stored = storing;
    }
    if (stored !== undefined) yield await stored;
  } catch (thrown) {
    throw failure === undefined ? thrown : failure.thrown;
  } finally {
    await Promise.allSettled([storing, stored]);
  }
}
