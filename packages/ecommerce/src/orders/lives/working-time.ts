const DAY_SECONDS = 86_400;
/** Ten hours of work a day. */
const WORKING_SECONDS = 36_000;

/** Whole days as one entry per thousandth, of which each number of days has so many. */
export function perThousand(counts: readonly number[]): Uint8Array {
  return Uint8Array.from(counts.flatMap((count, days) => new Array<number>(count).fill(days)));
}

/** The working time whose day and time of day a uniform `u` gives. */
export function delayed(
  from: number,
  daysByThousandth: Uint8Array,
  u: number,
  next: Int32Array,
  opening: Float64Array,
): number {
  const thousandth = (u * 1_000) | 0;
  return workingTime(from, daysByThousandth[thousandth] as number, u * 1_000 - thousandth, next, opening);
}

/**
 * `days` after the day of `from`, or on the working day after that; in the hours of work and later than `from`. `next` and
 * `opening` are those of `WorkingDays`.
 */
export function workingTime(
  from: number,
  days: number,
  share: number,
  next: Int32Array,
  opening: Float64Array,
): number {
  // `| 0` keeps days integers.
  const day = next[((from / DAY_SECONDS) | 0) + days] as number;
  const time = (opening[day] as number) + WORKING_SECONDS * share;
  if (time >= from + 900) return time;
  return (opening[next[day + 1] as number] as number) + WORKING_SECONDS * share;
}
