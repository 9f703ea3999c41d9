import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { TableDigest } from '../rows/table-digest.ts';

/** Digests by seed, table and column, as committed beside a generator's tests. */
export interface GoldenDigests {
  readonly version: number;
  readonly seeds: Readonly<Record<string, Readonly<Record<string, TableDigest>>>>;
}

/**
 * The committed digests; with `UPDATE_DIGESTS=1` in the environment, writes `actual` as the new ones first.
 * New digests are a change of the product: the generator's `version` must move with them.
 */
export function goldenDigests(fileUrl: URL, actual: () => GoldenDigests): GoldenDigests {
  const path = fileURLToPath(fileUrl);
  if (process.env['UPDATE_DIGESTS'] === '1')
    writeFileSync(path, `${JSON.stringify(actual(), undefined, 2)}\n`);
  return JSON.parse(readFileSync(path, 'utf8')) as GoldenDigests;
}
