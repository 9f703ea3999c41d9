import type { ValueSpan } from '@datagen/core';
import { timeEdges, type TimeUnit } from './time-unit.ts';

export const MOST_BARS = 40;
const MOST_TIME_BARS = 100;
const MICROS_PER_MS = 1_000;
const DAY_MS = 86_400_000;
/** A picture of most values says more than one that a few far ones squeeze: those are left out of it. */
const TAIL = 0.02;
const LONG_TAIL = 2.5;
/** Spans of up to this part of the whole, in the mean, draw a picture that is smoothed and not wrong. */
const WIDEST_SPAN = 1 / 8;

/** How many rows of a table have a value between one edge and the next. */
export interface Histogram {
  readonly kind: 'histogram';
  /** Over time the edges are instants. */
  readonly isTime: boolean;
  /** Ascending; one more than counts. In ms since 1970 over time, else values of the column. */
  readonly edges: readonly number[];
  /** Estimated from the sample where that is not the whole table. */
  readonly counts: readonly number[];
  /** Over time: what a bar stands for. */
  readonly unit?: TimeUnit;
  /** Rows with values beyond the first and the last edge, which are in no bar. */
  readonly below: number;
  readonly above: number;
  /** Whether the counts are of all rows, and spread evenly within pages or files. */
  readonly isOfAll: boolean;
}

/** How the values of a number-like column lie; each stands for so many rows. Undefined without a value. */
export function histogramOf(
  type: string,
  values: readonly number[],
  rowsPerValue: number,
  spans: readonly ValueSpan[] | undefined,
): Histogram | undefined {
  if (values.length === 0) return undefined;
  const clustered = spans !== undefined && isClustered(spans) ? spans : undefined;
  const sorted = Float64Array.from(values).sort();
  const low = clustered ? leastOf(clustered) : (sorted[0] as number);
  const high = clustered ? greatestOf(clustered) : (sorted.at(-1) as number);
  const layout = layoutOf(type, low, high, clustered ? undefined : sorted);
  const { edges, scale } = layout;
  const counts = new Array<number>(edges.length - 1).fill(0);
  const [start, end] = [edges[0] as number, edges.at(-1) as number];
  const beyond = { below: 0, above: 0 };
  if (clustered) for (const span of clustered) addSpan(edges, counts, span, scale);
  else {
    for (const value of values) {
      const at = value * scale;
      if (at < start) beyond.below += rowsPerValue;
      else if (at > end) beyond.above += rowsPerValue;
      else addAt(counts, placeOf(edges, at), rowsPerValue);
    }
  }
  return {
    kind: 'histogram',
    isTime: isTime(type),
    edges,
    counts,
    ...(layout.unit && { unit: layout.unit }),
    ...beyond,
    isOfAll: clustered !== undefined,
  };
}

/**
 * Whether spans tell more than a sample of stretches does: where rows lie in the order of a column, or nearly so, each
 * span is a small part of the whole, and stretches are but a few places of it.
 */
function isClustered(spans: readonly ValueSpan[]): boolean {
  const range = greatestOf(spans) - leastOf(spans);
  let rows = 0;
  let widths = 0;
  for (const { min, max, count } of spans) {
    rows += count;
    widths += count * (max - min);
  }
  return range > 0 && widths <= rows * range * WIDEST_SPAN;
}

interface Layout {
  readonly edges: readonly number[];
  /** From a value to the unit of the edges. */
  readonly scale: number;
  readonly unit?: TimeUnit;
}

function layoutOf(type: string, low: number, high: number, sorted: Float64Array | undefined): Layout {
  if (isTime(type)) {
    const scale = type === 'date' ? DAY_MS : 1 / MICROS_PER_MS;
    return { scale, ...timeEdges(type, low * scale, high * scale, MOST_TIME_BARS) };
  }
  const [from, to] = sorted === undefined ? [low, high] : withoutTails(sorted);
  if (/^u?int/.test(type) && to - from < MOST_BARS) {
    // A bar for each number.
    const edges = Array.from({ length: to - from + 2 }, (_, i) => from + i - 0.5);
    return { edges, scale: 1 };
  }
  const step = (to - from) / MOST_BARS || 1;
  return { edges: Array.from({ length: MOST_BARS + 1 }, (_, i) => from + i * step), scale: 1 };
}

function isTime(type: string): type is 'timestamp' | 'date' {
  return type === 'timestamp' || type === 'date';
}

function withoutTails(sorted: Float64Array): readonly [number, number] {
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] as number;
  const [first, last] = [at(0), at(1)];
  const [low, high] = [at(TAIL), at(1 - TAIL)];
  const width = high - low;
  if (width === 0 || last - first <= LONG_TAIL * width) return [first, last];
  return [low - first > width ? low : first, last - high > width ? high : last];
}

/** The bar of a value between the edges. */
function placeOf(edges: readonly number[], value: number): number {
  let [low, high] = [0, edges.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (value < (edges[middle] as number)) high = middle;
    else low = middle;
  }
  return low;
}

/** Spreads the rows of a span evenly over its bars. */
function addSpan(
  edges: readonly number[],
  counts: number[],
  { min, max, count }: ValueSpan,
  scale: number,
): void {
  const [from, to] = [min * scale, max * scale];
  const [first, last] = [placeOf(edges, from), placeOf(edges, to)];
  if (first === last || to === from) {
    addAt(counts, first, count);
    return;
  }
  for (let bar = first; bar <= last; bar++) {
    const start = Math.max(from, edges[bar] as number);
    const end = bar === last ? to : Math.min(to, edges[bar + 1] as number);
    addAt(counts, bar, (count * (end - start)) / (to - from));
  }
}

function addAt(counts: number[], bar: number, count: number): void {
  counts[bar] = (counts[bar] ?? 0) + count;
}

function leastOf(spans: readonly ValueSpan[]): number {
  return spans.reduce((least, { min }) => Math.min(least, min), Infinity);
}

function greatestOf(spans: readonly ValueSpan[]): number {
  return spans.reduce((greatest, { max }) => Math.max(greatest, max), -Infinity);
}
