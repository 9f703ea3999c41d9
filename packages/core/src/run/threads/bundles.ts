import type { FileJob } from '../file-job.ts';

/**
 * Groups files of all tables that lie in the same span of time, in the order of time: one thread makes them one after
 * the other, because tables of one domain share their days (the orders of a day and their items). A file without
 * time is a bundle of its own.
 */
export function bundleByTime<J extends FileJob>(jobs: readonly J[]): J[][] {
  const bundles = jobs.filter(({ file }) => file.time === undefined).map((job) => [job]);
  const spans = jobs.flatMap((job) => {
    const { time } = job.file;
    return time === undefined ? [] : [{ job, ...time }];
  });
  // The longest file of those that start together sets the span of a bundle.
  spans.sort((a, b) => a.startMs - b.startMs || b.endMs - a.endMs);
  let bundleEndMs = Number.NEGATIVE_INFINITY;
  for (const { job, startMs, endMs } of spans) {
    if (startMs >= bundleEndMs) {
      bundles.push([job]);
      bundleEndMs = endMs;
    } else {
      bundles.at(-1)?.push(job);
    }
  }
  return bundles;
}

/**
 * Joins neighbours into groups, each of at most one `share`th of the rows that are left: what a generator has cached
 * for one span of time serves the next, so a thread should have long stretches, and short ones at last, for all
 * threads to end together.
 */
export function joinNeighbours<J extends FileJob>(bundles: readonly J[][], share: number): J[][] {
  let left = bundles.reduce((sum, bundle) => sum + rowsOf(bundle), 0);
  const groups: J[][] = [];
  let room = 0;
  for (const bundle of bundles) {
    const added = rowsOf(bundle);
    if (added / 2 > room) {
      groups.push([]);
      room = left / share;
    }
    for (const job of bundle) groups.at(-1)?.push(job);
    room -= added;
    left -= added;
  }
  return groups;
}

export function rowsOf(bundle: readonly FileJob[]): number {
  return bundle.reduce((sum, { file }) => sum + file.rowCount, 0);
}
