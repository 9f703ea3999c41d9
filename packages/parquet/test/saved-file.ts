import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readMetadata } from './hyparquet-reader.ts';
import { createPlace } from './place.ts';

/** What hyparquet reads of the footer of a file with these bytes. */
export async function metadataOf(bytes: Uint8Array) {
  const file = path.join(await createPlace(), 'things.parquet');
  await writeFile(file, bytes);
  return readMetadata(file);
}
