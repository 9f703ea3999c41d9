import { runChecks, type TestRunner } from '../runner.ts';
import { storageChecks, type StorageSuite } from './checks.ts';

/**
 * The contract that every storage keeps: whole files or none, creation that one writer wins, and any name. `runner` is
 * needed where `describe` and `it` are no globals.
 */
export function testStorage(suite: StorageSuite, runner?: TestRunner): void {
  runChecks(`${suite.name} as a storage`, storageChecks, suite, runner);
}
