import { schemeOf } from '../storage/scheme.ts';
import type { Storage } from '../storage/storage.ts';
import { DatagenError } from '../support/errors.ts';

/**
 * Where a folder lies as logs and catalogs name it, an absolute path or `s3://…`. Throws `INVALID_OPTION` for a storage
 * that other engines do not reach; `format` is what tables are called in that message.
 */
export function tableLocation(storage: Storage, folder: string, format: string): string {
  const location = storage.location(folder);
  const scheme = schemeOf(location);
  if (scheme === undefined || scheme === 's3') return location;
  throw new DatagenError(
    'INVALID_OPTION',
    `${format} tables lie in local folders or on S3 (s3://bucket/prefix), got ${storage.uri}. Choose such an output.`,
    { details: { option: 'output' } },
  );
}
