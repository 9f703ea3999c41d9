import { DatagenError } from '@datagen/core/writer';

/** A bucket and the folder in it that a storage is. */
export interface Location {
  readonly bucket: string;
  /** What keys begin with: empty, or ending in `/`. */
  readonly prefix: string;
}

/** What an `s3://bucket/prefix` URI names. Its text is that of the keys: nothing in it is decoded. */
export function parseLocation(uri: string): Location {
  const [, bucket, path] = /^s3:\/\/([^/]+)(?:\/(.*))?$/is.exec(uri) ?? [];
  if (bucket === undefined) throw invalid(uri, 'no bucket is named');
  const folder = (path ?? '').replace(/\/+$/, '');
  if (folder === '') return { bucket, prefix: '' };
  const parts = folder.split('/');
  if (parts.includes('')) throw invalid(uri, 'a folder has no name');
  // A URL cannot hold them: they would be resolved on the way.
  if (parts.some((part) => part === '.' || part === '..')) throw invalid(uri, 'keys know no . and ..');
  return { bucket, prefix: `${folder}/` };
}

function invalid(uri: string, problem: string): DatagenError {
  return new DatagenError(
    'INVALID_OPTION',
    `Expected the output to be s3://bucket or s3://bucket/prefix, got "${uri}": ${problem}.`,
    { details: { option: 'output' } },
  );
}
