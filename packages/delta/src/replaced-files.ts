import { type FileDays, isReplaced as isReplacedOf, type TableChange } from '@datagen/core/writer';
import { daysInName } from '@datagen/parquet/data-files';
import type { LiveFile } from './log/native-log.ts';

/**
 * Whether a live file goes with a change. Its days are those of its name, or of its statistics where another engine
 * rewrote it.
 */
export function isReplaced({ path, stats }: LiveFile, change: TableChange): boolean {
  const { timeColumn = '' } = change.table;
  return isReplacedOf(path, () => daysInName(path) ?? daysInStatistics(stats, timeColumn), change);
}

function daysInStatistics(stats: string | undefined, timeColumn: string): FileDays | undefined {
  if (stats === undefined) return undefined;
  const { minValues, maxValues } = JSON.parse(stats) as Readonly<
    Record<'minValues' | 'maxValues', Readonly<Record<string, unknown>> | undefined>
  >;
  const [first, last] = [minValues?.[timeColumn], maxValues?.[timeColumn]];
  return typeof first === 'string' && typeof last === 'string'
    ? [first.slice(0, 10), last.slice(0, 10)]
    : undefined;
}
