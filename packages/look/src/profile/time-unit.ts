const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/** What a bar of a picture over time stands for: 15 minutes, 1 day. */
export interface TimeUnit {
  readonly count: number;
  readonly name: 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';
}

interface Step {
  readonly unit: TimeUnit;
  /** Where the unit of an instant begins, in ms. */
  readonly floor: (ms: number) => number;
  /** Where the next one begins. */
  readonly next: (ms: number) => number;
}

const STEPS: readonly Step[] = [
  fixed('minute', 1, MINUTE_MS),
  fixed('minute', 5, MINUTE_MS),
  fixed('minute', 15, MINUTE_MS),
  fixed('hour', 1, HOUR_MS),
  fixed('hour', 6, HOUR_MS),
  fixed('day', 1, DAY_MS),
  fixed('week', 1, 7 * DAY_MS, FIRST_MONDAY_MS),
  { unit: { count: 1, name: 'month' }, floor: (ms) => monthAt(ms, 0), next: (ms) => monthAt(ms, 1) },
  { unit: { count: 1, name: 'year' }, floor: (ms) => yearAt(ms, 0), next: (ms) => yearAt(ms, 1) },
];
const FIRST_STEP = { timestamp: 0, date: STEPS.findIndex(({ unit }) => unit.name === 'day') };

/** The finest unit of which a span of time has few enough, and the instants in ms at which its units begin and end. */
export function timeEdges(
  type: 'timestamp' | 'date',
  fromMs: number,
  toMs: number,
  most: number,
): { readonly unit?: TimeUnit; readonly edges: readonly number[] } {
  for (const { unit, floor, next } of STEPS.slice(FIRST_STEP[type])) {
    let edge = floor(fromMs);
    const edges = [edge];
    while (edge <= toMs && edges.length <= most + 1) edges.push((edge = next(edge)));
    if (edges.length <= most + 1) return { unit, edges };
  }
  // More than a lifetime, as dates far off in the data of others.
  const step = (toMs - fromMs) / most;
  return { edges: Array.from({ length: most + 1 }, (_, i) => fromMs + i * step) };
}

function fixed(name: TimeUnit['name'], count: number, unitMs: number, origin = 0): Step {
  const step = count * unitMs;
  return {
    unit: { count, name },
    floor: (ms) => Math.floor((ms - origin) / step) * step + origin,
    next: (ms) => ms + step,
  };
}

function monthAt(ms: number, later: number): number {
  const date = new Date(ms);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later);
}

function yearAt(ms: number, later: number): number {
  return Date.UTC(new Date(ms).getUTCFullYear() + later, 0);
}
