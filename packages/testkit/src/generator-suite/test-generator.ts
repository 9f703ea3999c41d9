import { runChecks, type TestRunner } from '../runner.ts';
import { blockChecks } from './block-checks.ts';
import { declarationChecks } from './declaration-checks.ts';
import { repetitionChecks } from './repetition-checks.ts';
import { rowChecks } from './row-checks.ts';
import type { GeneratorCheck, GeneratorSuite } from './suite.ts';

/** All checks of `testGenerator`, each of which throws where a generator breaks it. */
export const generatorChecks: readonly GeneratorCheck[] = [
  ...declarationChecks,
  ...blockChecks,
  ...rowChecks,
  ...repetitionChecks,
];

/**
 * The contract every generator keeps: rows are a function of (name, version, options, seed, table, block), keys
 * hold, blocks have the rows, times and values they promise in the order they say, and the golden digests stand.
 * `runner` is needed where `describe` and `it` are no globals.
 */
export function testGenerator(suite: GeneratorSuite, runner?: TestRunner): void {
  runChecks(`${suite.plugin.name} as a generator`, generatorChecks, suite, runner);
}
