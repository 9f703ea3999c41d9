import { DatagenError } from '../support/errors.ts';
import { type Sentence, sentence } from '../support/sentence.ts';
import type { TablePlan } from './plan.ts';

/** What one data file of a table can hold. */
export interface FileLimit {
  readonly rowCount: number;
  /** A sentence that says why, and which option changes it. */
  readonly reason: Sentence;
}

/** The rows to aim at for files that stay within a limit: a file may get one and a half times the target. */
export function targetWithin(fileRowsTarget: number, limit: FileLimit | undefined): number {
  return limit === undefined
    ? fileRowsTarget
    : Math.max(1, Math.min(fileRowsTarget, Math.floor(limit.rowCount / 1.5)));
}

/** Refuses a plan with a block that is larger than a file can be: blocks are never split. */
export function refuseLargeFiles({ table, missing }: TablePlan, limit: FileLimit | undefined): void {
  if (limit === undefined) return;
  const large = missing.find(({ rowCount }) => rowCount > limit.rowCount);
  if (large === undefined) return;
  const { firstBlock, rowCount } = large;
  throw new DatagenError(
    'INVALID_OPTION',
    sentence`Block ${firstBlock} of \`${table.name}\` has ${rowCount} rows, and one file can hold ${limit.rowCount}: ${limit.reason}`,
    { details: { table: table.name, block: firstBlock } },
  );
}
