import { DatagenError } from '../support/errors.ts';
import type { DatasetGenerator } from '../dataset/generator.ts';
import type { DataFile } from '../writer/table-writer.ts';
import { type FileJob, type FileJobOptions, runFileJob } from './file-job.ts';

/** Files of a thread that are stored while it makes another one: the answer of a remote store takes longer than a file. */
const MOST_STORED = 3;

/**
 * Makes files one after the other and yields each once it is whole. Storing a file is mostly waiting, so the next ones
 * are generated meanwhile. The first failure ends it, after what is under way.
 */
export async function* makeFiles<J extends FileJob>(
  generator: DatasetGenerator,
  jobs: Iterable<J>,
  optionsOf: (job: J) => FileJobOptions,
): AsyncGenerator<DataFile> {
  /** In the order of the jobs; the last one may still be generated. */
  const underWay: Promise<DataFile>[] = [];
  let failure: { readonly thrown: unknown } | undefined;
  try {
    for (const job of jobs) {
      const options = optionsOf(job);
      const checkpoint = () => {
        if (failure !== undefined) throw new DatagenError('ABORTED', 'A file before this one failed.');
        options.checkpoint?.();
      };
      const generated = new Promise<void>((resolve) => {
        const file = runFileJob(generator, job, { ...options, checkpoint, onGenerated: resolve });
        file.catch((thrown: unknown) => {
          failure ??= { thrown };
        });
        underWay.push(file);
      });
      // A writer need not ask for the end of the batches.
      await Promise.race([generated, underWay.at(-1)]);
      if (underWay.length > MOST_STORED) yield await (underWay.shift() as Promise<DataFile>);
    }
    for (let file = underWay.shift(); file !== undefined; file = underWay.shift()) yield await file;
  } catch (thrown) {
    throw failure === undefined ? thrown : failure.thrown;
  } finally {
    await Promise.allSettled(underWay);
  }
}
