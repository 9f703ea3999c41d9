import { option, sentence } from '../../support/sentence.ts';
import { dayOf, parseDay, type TimeRange } from '../../support/time.ts';
import { tableConflict } from '../table-conflicts.ts';
import type { FoundFile } from './table-folder.ts';

/**
 * Whether a file holds days of a window alone, by the keys of its blocks, which begin with their UTC day. Throws
 * `TABLE_CONFLICT` for a file that holds other days too: it could be replaced only with them.
 */
export function isInWindow(
  { path, range }: FoundFile,
  { startMs, endMs }: TimeRange,
  place: string,
): boolean {
  const first = dayOf(parseDay(range.firstBlock.slice(0, 10)));
  const last = dayOf(parseDay(range.lastBlock.slice(0, 10)));
  const from = dayOf(startMs);
  const to = dayOf(endMs - 1);
  if (last < from || first > to) return false;
  if (first >= from && last <= to) return true;
  throw tableConflict(
    sentence`Cannot replace only this window: ${place}/${path} holds days from ${range.firstBlock.slice(0, 10)} to ${range.lastBlock.slice(0, 10)}. Widen the window to whole files, or replace the table with ${option('mode', 'overwrite')}.`,
    { path },
  );
}
