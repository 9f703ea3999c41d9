import { DatagenError } from '../support/errors.ts';
import { withoutPassword } from '../support/secrets.ts';
import { LocalStorage } from './local-storage.ts';
import { MemoryStorage } from './memory-storage.ts';
import { schemeOf } from './scheme.ts';
import type { Storage } from './storage.ts';

/** The storage at a path or URI: a local folder, `file:///…`, or `memory:name` inside this process. */
export function openStorage(uri: string): Storage {
  const scheme = schemeOf(uri);
  if (scheme === undefined || scheme === 'file') return new LocalStorage(uri);
  if (scheme === 'memory') return new MemoryStorage(uri);
  throw new DatagenError(
    'INVALID_OPTION',
    `Expected the output to be a local path, file:///… or memory:name, got "${withoutPassword(uri)}".`,
  );
}
