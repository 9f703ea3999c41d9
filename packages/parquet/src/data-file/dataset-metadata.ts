import { DatagenError, type DatasetIdentity, reasonOf } from '@datagen/core/writer';
import { z } from '@datagen/core/zod';

/** The key of a data file's metadata that says, as JSON, which dataset its rows belong to. */
export const DATASET_KEY = 'datagen.dataset';

const Identity = z.object({
  generator: z.string(),
  version: z.number(),
  options: z.record(z.string(), z.unknown()),
  digest: z.string(),
});

/** What a file says of its dataset; undefined when it does not say. */
export function datasetIn(keyValues: ReadonlyMap<string, string>): DatasetIdentity | undefined {
  const json = keyValues.get(DATASET_KEY);
  if (json === undefined) return undefined;
  try {
    return Identity.parse(JSON.parse(json));
  } catch (cause) {
    throw new DatagenError(
      'ENCODE_FAILED',
      `Cannot read the file metadata ${DATASET_KEY}: ${reasonOf(cause)}`,
      { cause },
    );
  }
}
