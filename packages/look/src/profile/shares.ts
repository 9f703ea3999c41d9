import type { ReadValue } from '@datagen/core';
import { valueText } from './value-text.ts';

const MOST_SHOWN = 8;
/** So few values are shown with their shares, however small the sample. */
export const FEW = 12;
/** Of more values the shares are shown where each comes this often on average. */
const LEAST_REPEATS = 20;

/** How often the values of a column come that has few of them. */
export interface Shares {
  readonly kind: 'shares';
  /** The most frequent first; shares are of the values that are not null. */
  readonly values: readonly { readonly text: string; readonly share: number }[];
  /** Those that are not shown: how many, and their share. */
  readonly others: { readonly count: number; readonly share: number };
}

/** Undefined for a column whose values hardly repeat. */
export function sharesOf(type: string, counts: ReadonlyMap<ReadValue, number>): Shares | undefined {
  let total = 0;
  for (const count of counts.values()) total += count;
  if (total === 0 || counts.size > Math.max(FEW, total / LEAST_REPEATS)) return undefined;
  // All of a few values differ: names, not kinds.
  if (counts.size === total && total > 2) return undefined;
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  const shown = sorted.slice(0, sorted.length === MOST_SHOWN + 1 ? MOST_SHOWN + 1 : MOST_SHOWN);
  const values = shown.map(([value, count]) => ({ text: valueText(type, value), share: count / total }));
  const share = values.reduce((rest, each) => rest - each.share, 1);
  const count = sorted.length - shown.length;
  return { kind: 'shares', values, others: { count, share: count === 0 ? 0 : Math.max(0, share) } };
}
