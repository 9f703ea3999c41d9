import type { TableDefinition } from '../../dataset/table.ts';
import type { BlockRange } from '../../plan/file-coverage.ts';
import { option, sentence } from '../../support/sentence.ts';
import { dayOf, parseDay, type TimeRange } from '../../support/time.ts';
import { tableConflict } from '../table-conflicts.ts';
import type { OpenTableOptions } from '../table-writer.ts';
import { isEmptyFile } from './empty-table.ts';
import type { FoundFile, TableFolder } from './table-folder.ts';

/**
 * The files of a dataset that a run in mode `overwrite-window` replaces: those of the days of its window. Files of other
 * datasets are not among them, since the mode refuses them. No block of a day is both in such a file and in one that
 * stays. Throws `TABLE_CONFLICT` for a file that holds other days too: it could be replaced only with them.
 */
export function filesToReplace(
  { ours }: TableFolder,
  { timeColumn }: TableDefinition,
  { mode, spec, dataset }: OpenTableOptions,
  place: string,
): ReadonlySet<FoundFile> {
  if (mode !== 'overwrite-window' || timeColumn === undefined) return new Set();
  return new Set(
    ours.filter(
      (file) =>
        file.range.digest === dataset.digest &&
        !isEmptyFile(file.range) &&
        isInWindow(file, spec.window, place),
    ),
  );
}

/** The first and the last UTC day of a file of a table with time: its blocks' keys begin with their day. */
export function daysOf({ firstBlock, lastBlock }: BlockRange): readonly [first: string, last: string] {
  return [firstBlock.slice(0, 10), lastBlock.slice(0, 10)];
}

/** Whether a file holds days of a window alone. Throws `TABLE_CONFLICT` for one that holds other days too. */
function isInWindow({ path, range }: FoundFile, { startMs, endMs }: TimeRange, place: string): boolean {
  const [firstDay, lastDay] = daysOf(range);
  const first = dayOf(parseDay(firstDay));
  const last = dayOf(parseDay(lastDay));
  const from = dayOf(startMs);
  const to = dayOf(endMs - 1);
  if (last < from || first > to) return false;
  if (first >= from && last <= to) return true;
  throw tableConflict(
    sentence`Cannot replace only this window: ${place}/${path} holds days from ${firstDay} to ${lastDay}. Widen the window to whole files, or replace the table with ${option('mode', 'overwrite')}.`,
    { path },
  );
}
