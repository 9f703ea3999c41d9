import { describe, it } from '@jest/globals';
import { storageChecks, type StorageSuite } from './checks.ts';

/** The contract that every storage keeps: whole files or none, creation that one writer wins, and any name. */
export function testStorage(suite: StorageSuite): void {
  describe(`${suite.name} as a storage`, () => {
    for (const { name, run } of storageChecks) it(name, () => run(suite));
  });
}
