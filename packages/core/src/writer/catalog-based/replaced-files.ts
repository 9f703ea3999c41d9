import { option, sentence } from '../../support/sentence.ts';
import { tableConflict } from '../table-conflicts.ts';
import type { TableChange } from './table-state.ts';

/** The first and the last UTC day of what a file holds. */
export type FileDays = readonly [first: string, last: string];

/**
 * Whether a live file goes with a change; `days` is asked for where that decides it. Throws `TABLE_CONFLICT` for a file
 * that holds more than the window, or does not say what it holds.
 */
export function isReplaced(
  path: string,
  days: () => FileDays | undefined,
  { table, replaces, spec: { startDate, endDate } }: TableChange,
): boolean {
  if (replaces !== 'window') return replaces === 'everything';
  if (table.timeColumn === undefined) return false;
  const found = days();
  if (found === undefined) throw cannotReplace(`${path} does not say which days it holds`, path);
  const [first, last] = found;
  if (last < startDate || first > endDate) return false;
  if (first >= startDate && last <= endDate) return true;
  throw cannotReplace(`${path} holds days from ${first} to ${last}`, path);
}

function cannotReplace(problem: string, path: string): Error {
  return tableConflict(
    sentence`Cannot replace only this window: ${problem}. Widen the window to whole files, or replace the table with ${option('mode', 'overwrite')}.`,
    { path },
  );
}
