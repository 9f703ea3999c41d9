import type { Block } from '../dataset/block.ts';
import { dayOf, type TimeRange } from '../support/time.ts';
import type { Coverage } from './coverage.ts';

/** UTC days counted from 1970-01-01, both ends included. */
type DayRange = readonly [firstDay: number, lastDay: number];

/** What a table holds of one dataset: all of it, for a table without time, or the days of the windows committed. */
export type CoveredDays = 'all' | readonly DayRange[];

/**
 * The coverage of a table whose metadata says it: per dataset the union of the windows that were committed. A commit
 * completes its whole window, so days say everything, whatever the partitioning, the size of files and the number of
 * entities, and whatever other engines do to the files later. Immutable; `days` is plain data to be committed.
 */
export class DayCoverage implements Coverage {
  /** By digest; the ranges of a dataset rise and do not touch. */
  readonly days: Readonly<Record<string, CoveredDays>>;

  constructor(days: Readonly<Record<string, CoveredDays>> = {}) {
    this.days = days;
  }

  get digests(): readonly string[] {
    return Object.keys(this.days);
  }

  covers(digest: string, _partitionPath: string, { time }: Block): boolean {
    if (time === undefined) return this.days[digest] === 'all';
    return this.coversWindow(digest, time);
  }

  /** Whether all days that a span of time touches are there; without a span, whether the whole table is. */
  coversWindow(digest: string, window: TimeRange | undefined): boolean {
    const days = this.days[digest];
    if (days === undefined || days === 'all' || window === undefined) return days === 'all';
    const [first, last] = daysOf(window);
    return days.some(([from, to]) => from <= first && last <= to);
  }

  /** With a window of a dataset added, or with all of it where no window is given. */
  with(digest: string, window: TimeRange | undefined): DayCoverage {
    const days = this.days[digest] ?? [];
    const added: CoveredDays = window === undefined || days === 'all' ? 'all' : union(days, daysOf(window));
    return new DayCoverage({ ...this.days, [digest]: added });
  }

  /** With a window of a dataset taken out. */
  without(digest: string, window: TimeRange): DayCoverage {
    const days = this.days[digest];
    if (days === undefined || days === 'all') return this;
    const [first, last] = daysOf(window);
    const left = days.flatMap(([from, to]): DayRange[] => [
      ...(from < first ? [[from, Math.min(to, first - 1)] as const] : []),
      ...(to > last ? [[Math.max(from, last + 1), to] as const] : []),
    ]);
    return new DayCoverage({ ...this.days, [digest]: left });
  }
}

function daysOf({ startMs, endMs }: TimeRange): DayRange {
  return [dayOf(startMs), dayOf(endMs - 1)];
}

function union(ranges: readonly DayRange[], added: DayRange): readonly DayRange[] {
  const merged: [number, number][] = [];
  for (const [first, last] of [...ranges, added].sort(([a], [b]) => a - b)) {
    const previous = merged.at(-1);
    if (previous !== undefined && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last);
    else merged.push([first, last]);
  }
  return merged;
}
