import { isMainThread } from 'node:worker_threads';
import type { RecordBatch } from 'apache-arrow';
import {
  type DataFile,
  importRef,
  type LyingFile,
  type PlannedFile,
  type Storage,
} from '@datagen/core/writer';
import { type RowsOptions, writeRows } from '../../src/log-table/data-file.ts';
import { adoptAnything } from '../schedules/mutants.ts';

type Batches = AsyncIterable<RecordBatch>;

/** Empty texts in the place of nulls. @public */
export async function withoutNulls(
  options: unknown,
  file: PlannedFile,
  batches: Batches,
  lying?: LyingFile,
): Promise<DataFile> {
  const made = await writeRows(options, file, batches, lying);
  const { storage: ref } = options as RowsOptions;
  const storage = (await importRef<(options: unknown) => Storage>(ref))(ref.options);
  const text = new TextDecoder().decode(await storage.read(made.path));
  const changed = new TextEncoder().encode(text.replaceAll('null', '""'));
  await storage.write(
    made.path,
    (async function* () {
      yield await Promise.resolve(changed);
    })(),
  );
  return made;
}

/** The same, on threads alone. @public */
export function withoutNullsOnThreads(...args: Parameters<typeof withoutNulls>): Promise<DataFile> {
  return isMainThread ? writeRows(...args) : withoutNulls(...args);
}

/** Makes every file, whatever lies there. @public */
export function adoptsNothing(options: unknown, file: PlannedFile, batches: Batches): Promise<DataFile> {
  return writeRows(options, file, batches, { byteSize: 0, isOld: true });
}

/** Puts what there is of a file when its run is stopped, and takes whatever lies under its name for whole. @public */
export async function keepsHalves(
  options: unknown,
  file: PlannedFile,
  batches: Batches,
  lying?: LyingFile,
): Promise<DataFile> {
  if (lying !== undefined) return adoptAnything(options, file, batches, lying);
  const stop: { reason?: unknown } = {};
  async function* untilStopped(): AsyncGenerator<RecordBatch> {
    try {
      yield* batches;
    } catch (thrown) {
      stop.reason = thrown;
    }
  }
  const made = await writeRows(options, file, untilStopped());
  if (stop.reason !== undefined) throw stop.reason as Error;
  return made;
}
