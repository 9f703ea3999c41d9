import { type ColumnStatistics, type TableDefinition, typeNameOf } from '@datagen/core/writer';
import { decimalText, scaleOf } from '@datagen/parquet/data-files';

/** Dates of four digits: what readers parse. */
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const FIRST_MS = Date.UTC(0, 0, 1) - 0;

/**
 * The statistics of a file as JSON (protocol, "Per-file Statistics"), of the first `columnCount` columns that lie in it.
 * Bounds are given for all of them that have values, or for none: readers take the rows of a file for none where a filter
 * asks for a column without bounds beside others with them, and NaN, which Spark orders above all numbers, has none.
 */
export function statisticsOf(
  { schema }: TableDefinition,
  rowCount: number,
  columns: Readonly<Record<string, ColumnStatistics>>,
  columnCount = Infinity,
): string {
  const nullCounts: string[] = [];
  const minima: string[] = [];
  const maxima: string[] = [];
  let isBounded = true;
  for (const field of schema.fields.slice(0, columnCount)) {
    const statistics = columns[field.name];
    if (statistics === undefined) continue;
    const { nullCount, nanCount = 0, min, max } = statistics;
    const name = JSON.stringify(field.name);
    if (nullCount !== undefined) nullCounts.push(`${name}:${String(nullCount)}`);
    if (nullCount === rowCount) continue;
    const type = typeNameOf(field);
    const [low, high] = [boundOf(type, min, Math.floor), boundOf(type, max, Math.ceil)];
    if (nanCount > 0 || low === undefined || high === undefined) isBounded = false;
    minima.push(`${name}:${low ?? ''}`);
    maxima.push(`${name}:${high ?? ''}`);
  }
  const bounds = isBounded ? `,"minValues":{${minima.join()}},"maxValues":{${maxima.join()}}` : '';
  return `{"numRecords":${String(rowCount)}${bounds},"nullCount":{${nullCounts.join()}}}`;
}

/** A bound as JSON, numbers in all their digits; undefined where JSON or a reader has no way to say it. */
function boundOf(
  type: string,
  value: ColumnStatistics['min'],
  round: (ms: number) => number,
): string | undefined {
  if (value === undefined) return undefined;
  if (type.startsWith('decimal')) return decimalText(value as bigint, scaleOf(type));
  if (type === 'date') return dayText(Number(value) * 86_400_000)?.replace(/T.*"/, '"');
  if (type === 'timestamp') return dayText(millisOf(value as bigint, round));
  if (typeof value === 'number') {
    if (Object.is(value, -0)) return '-0.0';
    return Number.isFinite(value) ? String(value) : undefined;
  }
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** Statistics hold milliseconds: bounds of microseconds are rounded outwards. */
function millisOf(micros: bigint, round: (ms: number) => number): number {
  // The whole milliseconds first: the number of microseconds may be beyond the exact doubles.
  return Number(micros / 1000n) + round(Number(micros % 1000n) / 1000);
}

function dayText(ms: number): string | undefined {
  return ms < FIRST_MS || ms > LAST_MS ? undefined : JSON.stringify(new Date(ms).toISOString());
}
