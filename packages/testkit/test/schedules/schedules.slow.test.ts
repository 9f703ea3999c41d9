import { describe, expect, it } from '@jest/globals';
import { isDatagenError, type Storage } from '@datagen/core/writer';
import { LogTableWriter } from '../../src/log-table/log-table-writer.ts';
import { Model } from './model.ts';
import { MUTANTS } from './mutants.ts';
import { isKilled, type MakeWriter, runSchedule } from './schedule.ts';

const SCHEDULES = Number(process.env['DATAGEN_SCHEDULES'] ?? 10_000);
/** Schedules with one number in common are the same on every machine. */
const FIRST_SEED = Number(process.env['DATAGEN_FIRST_SEED'] ?? 1);

/** Runs a schedule and throws what is wrong with it. */
async function checkSchedule(seed: number, makeWriter: MakeWriter): Promise<void> {
  const model = new Model();
  const ended = await runSchedule(seed, makeWriter, (storage) => model.check(storage));
  for (const { command, outcome } of ended) {
    if (!(outcome instanceof Error)) model.checkSuccess(command, outcome.dataset.digest);
    else if (!isKilled(outcome) && !isRefusal(outcome)) throw outcome;
  }
}

/** Runs may end by a conflict with another dataset or with files that reach beyond a window, and by nothing else. */
function isRefusal(error: Error): boolean {
  return isDatagenError(error) && ['TABLE_CONFLICT', 'COMMIT_CONFLICT'].includes(error.code);
}

async function firstFailure(makeWriter: MakeWriter, count: number): Promise<string | undefined> {
  for (let seed = FIRST_SEED; seed < FIRST_SEED + count; seed++) {
    try {
      await checkSchedule(seed, makeWriter);
    } catch (thrown) {
      return `schedule ${String(seed)}: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`;
    }
  }
  return undefined;
}

describe('runs that share tables and are killed at any call', () => {
  it(`hold every block exactly once and lose nothing, in schedules ${String(FIRST_SEED)} to ${String(FIRST_SEED + SCHEDULES - 1)}`, async () => {
    expect(await firstFailure((storage: Storage) => new LogTableWriter(storage), SCHEDULES)).toBeUndefined();
  }, 600_000);

  it.each(MUTANTS)('are found out by these schedules with $lack', async ({ makeWriter, finding }) => {
    expect(await firstFailure(makeWriter, SCHEDULES)).toMatch(finding);
  });
});
