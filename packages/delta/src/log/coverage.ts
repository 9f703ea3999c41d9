import { type CoveredDays, DAY_MS, type DatasetIdentity, DayCoverage } from '@datagen/core/writer';

/**
 * What a table holds, said in application transactions (`txn` actions), which no other writer conflicts with and
 * checkpoints keep: `datagen:<digest>:<generation>:<yyyy-mm>` has a bit for each day of that month that is there, the
 * lowest for the first. A table without time has one, `datagen:<digest>:<generation>`. Transactions of earlier
 * generations are void. `datagen:<digest>:<generation>:dataset:<JSON>` says what a dataset is that was added to a table
 * of another one.
 */
const APPLICATION = 'datagen';
const DATASET = 'dataset';
const ALL = 1;

export interface TableCoverage {
  readonly coverage: DayCoverage;
  /** Datasets that were added to a table of another one. */
  readonly datasets: readonly DatasetIdentity[];
}

/** Reads the transactions of one generation. */
export function coverageIn(
  transactions: Readonly<Record<string, number>>,
  generation: number,
): TableCoverage {
  const days = new Map<string, number[]>();
  const whole = new Set<string>();
  const datasets: DatasetIdentity[] = [];
  for (const [id, version] of Object.entries(transactions)) {
    const [application, digest = '', since, kind, ...rest] = id.split(':');
    if (application !== APPLICATION || since !== String(generation)) continue;
    if (kind === undefined) whole.add(digest);
    else if (kind === DATASET) datasets.push(JSON.parse(rest.join(':')) as DatasetIdentity);
    else days.set(digest, [...(days.get(digest) ?? []), ...daysOf(kind, version)]);
  }
  const covered: Record<string, CoveredDays> = {};
  for (const [digest, found] of days) covered[digest] = rangesOf(found);
  for (const digest of whole) covered[digest] = 'all';
  return { coverage: new DayCoverage(covered), datasets };
}

/**
 * The transactions that say a coverage, and what the datasets in it are that were added to a table of another one; those
 * that a table has already are left out.
 */
export function transactionsFor(
  coverage: DayCoverage,
  added: readonly DatasetIdentity[],
  generation: number,
  present: Readonly<Record<string, number>>,
): Record<string, number> {
  const wanted: Record<string, number> = {};
  for (const [digest, days] of Object.entries(coverage.days)) {
    const id = idOf(digest, generation);
    if (days === 'all') {
      wanted[id] = ALL;
      continue;
    }
    for (const [first, last] of days) {
      for (let day = first; day <= last; day++) {
        const [month, bit] = placeOf(day);
        const key = `${id}:${month}`;
        wanted[key] = (wanted[key] ?? 0) + bit;
      }
    }
  }
  for (const dataset of added)
    wanted[`${idOf(dataset.digest, generation)}:${DATASET}:${JSON.stringify(dataset)}`] = ALL;
  return Object.fromEntries(Object.entries(wanted).filter(([id, version]) => present[id] !== version));
}

function idOf(digest: string, generation: number): string {
  return `${APPLICATION}:${digest}:${String(generation)}`;
}

/** The month that a day lies in, and the day's bit. */
function placeOf(day: number): readonly [month: string, bit: number] {
  const date = new Date(day * DAY_MS).toISOString();
  return [date.slice(0, 7), 2 ** (Number(date.slice(8, 10)) - 1)];
}

function daysOf(month: string, version: number): readonly number[] {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const first = Date.UTC(year, number - 1) / DAY_MS;
  const days: number[] = [];
  for (let i = 0; i < 31; i++) if (Math.floor(version / 2 ** i) % 2 === 1) days.push(first + i);
  return days;
}

function rangesOf(days: readonly number[]): readonly (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (const day of [...days].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && day <= last[1] + 1) last[1] = day;
    else ranges.push([day, day]);
  }
  return ranges;
}
