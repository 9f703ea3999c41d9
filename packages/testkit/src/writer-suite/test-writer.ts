import { runChecks, type TestRunner } from '../runner.ts';
import { catalogChecks } from './catalog-checks.ts';
import { commonChecks } from './checks.ts';
import { partitioningChecks } from './partitioning-checks.ts';
import type { WriterCheck, WriterSuite } from './suite.ts';

/** The checks that apply to a suite, each of which throws where the writer breaks it. */
export function writerChecksFor({ catalog }: WriterSuite): readonly WriterCheck[] {
  return [...commonChecks, ...partitioningChecks, ...(catalog === undefined ? [] : catalogChecks)];
}

/**
 * The contract every writer keeps: what was generated is what another reader finds, once, whatever the layout and
 * whoever else writes at the same time; repeating, extending and resuming add only what is missing; other data and
 * other partitionings are never touched without being asked. `runner` is needed where `describe` and `it` are no globals.
 */
export function testWriter(suite: WriterSuite, runner?: TestRunner): void {
  runChecks(`${suite.name} as a writer`, writerChecksFor(suite), suite, runner);
}
