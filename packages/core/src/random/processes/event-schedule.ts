import { DAY_MS, dayOf, type TimeRange } from '../../support/time.ts';
import type { KeyedRandom } from '../streams/keyed-random.ts';

/** More events on one day are not drawn; with 5 a day on average that happens once in 100,000 days. */
const MAX_PER_DAY = 15;
/** Ids of events and positions of days overlap: this draw and no draw of a day is the start of an event. */
const START_DRAW = 0x10000;

/** Something that happens to an entity for a while. */
export interface ScheduledEvent extends TimeRange {
  /** Unique among the events of a schedule, below 2^53 for entities below 2^32. */
  readonly id: number;
}

/**
 * Events of a Poisson process per entity, keyed by the UTC day they start on: any day can be read alone, with a look
 * back over the days an event may last. Days are from 1970-01-01 to 2149-06-06, the 65,535th day after it: later ones have
 * the events of other entities.
 */
export class EventSchedule {
  readonly #random: KeyedRandom;
  readonly #maxDays: number;
  readonly #durationMs: (id: number) => number;
  readonly #cumulative: Float64Array;

  /** `eventsPerDay` up to 5; `durationMs` of an event's id is at most `maxDays` days. */
  constructor(
    random: KeyedRandom,
    eventsPerDay: number,
    maxDays: number,
    durationMs: (id: number) => number,
  ) {
    this.#random = random;
    this.#maxDays = maxDays;
    this.#durationMs = durationMs;
    let term = Math.exp(-eventsPerDay);
    let sum = 0;
    this.#cumulative = Float64Array.from({ length: MAX_PER_DAY }, (_, k) => {
      if (k > 0) term *= eventsPerDay / k;
      return (sum += term);
    });
  }

  /** The number of events that start on a day. */
  countOn(entity: number, day: number): number {
    const u = this.#random.uniform(entity * 65_536 + day);
    let count = 0;
    while (count < MAX_PER_DAY && u >= (this.#cumulative[count] as number)) count++;
    return count;
  }

  /** The events that start on a day, in the order of time. */
  startedOn(entity: number, day: number): ScheduledEvent[] {
    const count = this.countOn(entity, day);
    const events: ScheduledEvent[] = [];
    for (let slot = 0; slot < count; slot++) {
      const id = (entity * 65_536 + day) * 16 + slot;
      const startMs = day * DAY_MS + Math.floor(this.#random.uniform(id, START_DRAW) * DAY_MS);
      events.push({ id, startMs, endMs: startMs + this.#durationMs(id) });
    }
    return count < 2 ? events : events.sort(byStart);
  }

  /** The events that are under way at some moment of a span, in the order of their start. */
  during(entity: number, { startMs, endMs }: TimeRange): ScheduledEvent[] {
    const events: ScheduledEvent[] = [];
    for (let day = dayOf(startMs) - this.#maxDays; day <= dayOf(endMs - 1); day++) {
      for (const event of this.startedOn(entity, day))
        if (event.startMs < endMs && event.endMs > startMs) events.push(event);
    }
    return events;
  }
}

function byStart(a: ScheduledEvent, b: ScheduledEvent): number {
  return a.startMs - b.startMs || a.id - b.id;
}
