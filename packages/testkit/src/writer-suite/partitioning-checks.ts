import assert from 'node:assert/strict';
import type { PartitionSpec } from '@datagen/core';
import { isDatagenError } from '@datagen/core/writer';
import { sampleGenerator } from '../sample-generator.ts';
import { days, expectRows, write, type WriterCheck, type WriterSuite } from './suite.ts';

type Partitioning = readonly string[];

/** Few rows and files: partitionings make files enough, and there are many runs. */
const generator = sampleGenerator({ nSites: 20, eventsPerDay: 10 });

/** Windows of which neither has all days of the other, so that a run of one does not bring the other back. */
const early = (partitionBy: Partitioning = []) => days('2026-01-05', '2026-01-08', partitionBy);
const late = (partitionBy: Partitioning = []) => days('2026-01-07', '2026-01-12', partitionBy);
const both = days('2026-01-05', '2026-01-12');

/** What a table must do that is asked for another partitioning than it was written in. */
export const partitioningChecks: readonly WriterCheck[] = [
  {
    name: 'refuses another partitioning or holds every row once in both, and takes it for an overwrite',
    run: async (suite) => {
      for (const [first, second] of changesBetween(suite.partitionings)) {
        const place = await suite.createPlace();
        await write(suite, place, { partitionSpec: early(first) }, generator);
        const isTaken = await takes(suite, place, late(second));
        // The table goes on in the partitioning that it has: whatever the run before did wrong is still there.
        await write(suite, place, { partitionSpec: late(isTaken ? second : first) }, generator);
        await expectRows(suite, place, [generator], both);
        await write(suite, place, { partitionSpec: late(second), mode: 'overwrite' }, generator);
        // Some formats remember what a table was partitioned by, and take that again.
        const isTakenAgain = await takes(suite, place, early(first));
        await expectRows(suite, place, [generator], isTakenAgain ? both : late());
      }
    },
  },
];

/**
 * From the first partitioning of a suite, which mostly is none, to another, from there to the last, and back: readers
 * that are programs of their own take long for more.
 */
function changesBetween(partitionings: readonly Partitioning[]): (readonly [Partitioning, Partitioning])[] {
  const [first, second] = partitionings;
  const last = partitionings.at(-1);
  if (first === undefined || second === undefined || last === undefined) return [];
  const back = [last, first] as const;
  return last === second ? [[first, second], back] : [[first, second], [second, last], back];
}

/** Whether a run adds to what is there; false where it is refused in words that say why. */
async function takes(suite: WriterSuite, place: string, partitionSpec: PartitionSpec): Promise<boolean> {
  try {
    await write(suite, place, { partitionSpec }, generator);
    return true;
  } catch (thrown) {
    if (!isDatagenError(thrown) || thrown.code !== 'TABLE_CONFLICT') throw thrown;
    assert.match(thrown.message, /partition/, 'says that the partitioning is another one');
    return false;
  }
}
