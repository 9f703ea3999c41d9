import path from 'node:path';
import type { Storage } from '@datagen/core/writer';

/**
 * What Iceberg calls a file or folder of a storage: a URI, also on local disk, since engines take a path without a scheme
 * for one of their own default file system. Nothing in it is percent-encoded: the readers take it as it is.
 */
export function locationOf(storage: Storage, file: string): string {
  const location = storage.location(file);
  return path.isAbsolute(location) ? `file://${asUnix(location)}` : location;
}

/** The path within a storage of what a table's metadata names; undefined for what lies elsewhere. */
export function pathWithin(storage: Storage, location: string): string | undefined {
  const root = `${plain(storage.location('')).replace(/\/+$/, '')}/`;
  const found = plain(location);
  if (`${found}/` === root) return '';
  return found.startsWith(root) ? found.slice(root.length) : undefined;
}

/** One form of what engines write: `file:/a`, `file:///a` and `/a`; `s3a://`, `s3n://` and `s3://`. */
function plain(location: string): string {
  if (/^file:/i.test(location)) return location.replace(/^file:\/*/i, '/');
  return path.isAbsolute(location) ? asUnix(location) : location.replace(/^s3[an]:/i, 's3:');
}

function asUnix(file: string): string {
  const unix = file.replaceAll(path.sep, '/');
  return unix.startsWith('/') ? unix : `/${unix}`;
}
