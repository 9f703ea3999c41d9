import { KeyedRandom } from '@datagen/core/random';
import { DAY_PLACES } from '../config.ts';
import { SATURDAY, type WorkCalendar, WORKDAY } from '../sites/work-calendar.ts';

/** The working time of a machine on a local day, in hours from its midnight; none where both are equal. */
export interface Shift {
  readonly start: number;
  readonly end: number;
}

const NONE: Shift = { start: 0, end: 0 };
/** Hours of one shift with its break, of two, and of three. */
const SHIFT_HOURS = [8.5, 16.5, 24];
/** The shares of machines that work one shift and up to two. */
const ONE_SHIFT = 0.35;
const TWO_SHIFTS = 0.8;
/** The share of machines that work on Saturday mornings. */
const SATURDAY_SHARE = 0.35;
const SATURDAY_HOURS = 6;
/** Breaks begin so many hours after the start, one in each shift, and last half an hour. */
const BREAK_AFTER = 4;
const BREAK_EVERY = 8;
const BREAK_HOURS = 0.5;

/** When machines are manned: each has shifts of its own, which begin some minutes early or late. */
export class Shifts {
  readonly #machines: KeyedRandom;
  readonly #days: KeyedRandom;

  constructor(seed: number) {
    this.#machines = new KeyedRandom(seed, 'machines', 'shifts');
    this.#days = new KeyedRandom(seed, 'machines', 'shifts', 'day');
  }

  /** The working time of the machine of a device on a local day since 1970. */
  on(device: number, localDay: number, calendar: WorkCalendar): Shift {
    const kind = calendar.kindOf(localDay);
    if (kind !== WORKDAY && (kind !== SATURDAY || this.#machines.uniform(device, 0) > SATURDAY_SHARE))
      return NONE;
    const u = this.#machines.uniform(device, 1);
    const hours = SHIFT_HOURS[u < ONE_SHIFT ? 0 : u < TWO_SHIFTS ? 1 : 2] as number;
    if (hours === 24 && kind === WORKDAY) return { start: 0, end: 24 };
    const late = 0.4 * (this.#days.uniform(device * DAY_PLACES + localDay) - 0.5);
    const start = 5.5 + (hours > 9 ? 0.75 : 2.5) * this.#machines.uniform(device, 2) + late;
    return { start, end: Math.min(24, start + (kind === SATURDAY ? SATURDAY_HOURS : hours)) };
  }

  /** How hard a machine is used on a local day since 1970, of 1: by the orders that there are. */
  useOn(device: number, localDay: number): number {
    return 0.75 + 0.25 * this.#days.uniform(device * DAY_PLACES + localDay, 1);
  }
}

/** Whether a machine is manned at a local hour of a day. */
export function isManned({ start, end }: Shift, hour: number): boolean {
  if (hour < start || hour >= end) return false;
  const sinceBreak = (hour - start) % BREAK_EVERY;
  return sinceBreak < BREAK_AFTER || sinceBreak >= BREAK_AFTER + BREAK_HOURS;
}
